"""Celery's way in: each task says "look now", and the tables say what there is to do."""

import logging

from celery import shared_task
from django.utils import timezone

from interviews.reminders.hints import hint_senders
from interviews.reminders.sender import delivery, send_next
from interviews.reminders.sweep import sweep as sweep_all

logger = logging.getLogger(__name__)


@shared_task
def sweep() -> None:
    swept = sweep_all(now=timezone.now())
    if swept.reviewed:
        logger.info("Looked at %d interviews, %d reminders", swept.reviewed, swept.reminded)
    hint_senders()


@shared_task
def send_mails() -> None:
    connection = delivery()
    try:
        while send_next(now=timezone.now(), connection=connection):
            pass
    finally:
        connection.close()
