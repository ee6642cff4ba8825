"""The task that erases data after their retention time."""

from celery import shared_task
from django.utils import timezone

from personal_data import retention


@shared_task
def apply_retention() -> None:
    """Erase accounts that are due, and data kept long enough."""
    retention.apply_retention(now=timezone.now())
