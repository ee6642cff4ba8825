"""Erasing what is kept long enough."""

from celery import shared_task
from django.utils import timezone

from personal_data import retention


@shared_task
def apply_retention() -> None:
    """Erase what is to be forgotten: whoever has left, and what was kept long enough."""
    retention.apply_retention(now=timezone.now())
