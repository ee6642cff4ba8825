"""Wake the workers. The database is the truth: a lost wake-up costs at most one beat."""

import logging

from celery import current_app
from kombu.exceptions import OperationalError

logger = logging.getLogger(__name__)


def wake_senders() -> None:
    """Tell senders that there is mail; a broker that is down is no error."""
    _hint("reminders.tasks.send_mails")


def wake_notifiers() -> None:
    """Tell the senders of notifications that there is one."""
    _hint("reminders.tasks.send_notifications")


def wake_sweepers() -> None:
    """Tell sweepers that there is more."""
    _hint("reminders.tasks.sweep")


def _hint(task: str) -> None:
    try:
        # After a minute it is pointless: beat has sent the same since.
        current_app.send_task(task, retry=False, expires=60)
    except (OperationalError, OSError) as error:
        logger.warning("The broker cannot be reached (%s); beat will look anyway", error)
