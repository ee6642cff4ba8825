"""Hints to the workers. The tables are the truth: a lost hint costs at most one beat."""

import logging

from celery import current_app
from kombu.exceptions import OperationalError

logger = logging.getLogger(__name__)


def wake_senders() -> None:
    """Say "there is mail" to whoever sends; a broker that is away fails nothing."""
    _hint("reminders.tasks.send_mails")


def wake_sweepers() -> None:
    """Say "there is more" to whoever sweeps."""
    _hint("reminders.tasks.sweep")


def _hint(task: str) -> None:
    try:
        # Unread for a minute it is pointless: beat has said the same since.
        current_app.send_task(task, retry=False, expires=60)
    except (OperationalError, OSError) as error:
        logger.warning("The broker cannot be reached (%s); beat will look anyway", error)
