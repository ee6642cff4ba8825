"""The coaches' morning mails."""

from celery import shared_task
from django.utils import timezone

from coaching.digest import write_digests


@shared_task
def send_digests() -> None:
    """Send the mails of coaches whose morning has come."""
    write_digests(now=timezone.now())
