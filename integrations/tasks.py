"""The tasks that save imported rows, and read forwarded mails."""

import logging
from time import monotonic

from celery import shared_task
from django.utils import timezone
from kombu.exceptions import OperationalError

from integrations.forwarding.reader import read_batch
from integrations.position_import_runs import claim_next

logger = logging.getLogger(__name__)

# It shares its queue with the sweep: a task that is busy for longer ends, and is queued again.
IMPORT_SECONDS = READ_SECONDS = 30.0


@shared_task
def import_positions() -> None:
    """Save the rows of imports that wait, or whose worker has died."""
    until = monotonic() + IMPORT_SECONDS
    while run := claim_next(now=timezone.now()):
        while run.step(now=timezone.now()):
            if monotonic() > until:
                run.release()
                wake_importers()
                return


def wake_importers() -> None:
    """Tell workers that there is an import; if the broker is down, beat looks anyway."""
    try:
        import_positions.apply_async(retry=False, expires=60)
    except (OperationalError, OSError) as error:
        logger.warning("The broker cannot be reached (%s); beat will look anyway", error)


@shared_task
def read_mails() -> None:
    """Read the forwarded mails that wait, or whose reader has died."""
    until = monotonic() + READ_SECONDS
    while read_batch(clock=timezone.now):
        if monotonic() > until:
            wake_readers()
            return


def wake_readers() -> None:
    """Tell workers that there is forwarded mail; if the broker is down, beat looks anyway."""
    try:
        read_mails.apply_async(retry=False, expires=60)
    except (OperationalError, OSError) as error:
        logger.warning("The broker cannot be reached (%s); beat will look anyway", error)
