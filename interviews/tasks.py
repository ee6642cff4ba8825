"""Celery's way in: each task says "look now", and the tables say what there is to do."""

import logging
from time import monotonic
from typing import TYPE_CHECKING

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from interviews.coaching.digest import write_digests
from interviews.learned.refresh import reckon_due
from interviews.learned.shared import reckon_shared
from interviews.reminders.delivery import Delivery
from interviews.reminders.hints import hint_senders, hint_sweepers
from interviews.reminders.sender import send_batch
from interviews.reminders.sweep import sweep as sweep_some
from interviews.services import housekeeping

if TYPE_CHECKING:
    from interviews.reminders.api_delivery import ApiDelivery

logger = logging.getLogger(__name__)

# Whoever is busy for longer makes room for whatever else waits in its queue, and is asked again.
SLICE_SECONDS = 30.0
# It shares its queue with the sweep, which must not wait for what nobody waits for.
LEARN_SECONDS = 10.0


@shared_task
def sweep() -> None:
    """Each round reads the clock anew, so that hours of work do not end with an old one."""
    hint_senders()  # mails whose next try has come, and what a sender left behind
    until = monotonic() + SLICE_SECONDS
    while (swept := sweep_some(now=timezone.now(), on_batch=hint_senders)).is_cut_short:
        logger.info("Looked at %d interviews, %d reminders", swept.reviewed, swept.reminded)
        if monotonic() > until:
            hint_sweepers()
            break


def way_out() -> "Delivery | ApiDelivery":
    if not settings.MAIL_API:
        return Delivery()
    from interviews.reminders.api_delivery import ApiDelivery  # and what speaks HTTP

    return ApiDelivery()


@shared_task
def send_mails() -> None:
    until = monotonic() + SLICE_SECONDS
    with way_out() as delivery:
        while send_batch(now=timezone.now(), delivery=delivery):
            if monotonic() > until:
                hint_senders()
                break


@shared_task
def write_mornings() -> None:
    """The mails of coaches whose morning has come."""
    write_digests(now=timezone.now())


@shared_task
def learn() -> None:
    """Whose figures are due, and once a week what all who share have taught together."""
    until = monotonic() + LEARN_SECONDS
    reckon_shared(now=timezone.now())
    while reckon_due(now=timezone.now()) and monotonic() < until:
        pass


@shared_task
def keep_house() -> None:
    """Erase what is to be forgotten: whoever has left, and what was kept long enough."""
    housekeeping.keep_house(now=timezone.now())
