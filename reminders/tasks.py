"""Sweeping and sending. A task says "look now"; the database says what there is to do."""

import logging
from time import monotonic
from typing import TYPE_CHECKING

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from reminders.following import follow_unopened, release_stuck
from reminders.mail_proposals import tell_of_proposals
from reminders.sender import send_batch
from reminders.smtp import Delivery
from reminders.sweep import sweep as sweep_some
from reminders.wakeups import wake_notifiers, wake_senders, wake_sweepers

if TYPE_CHECKING:
    from reminders.mail_provider import ApiDelivery

logger = logging.getLogger(__name__)

# A task that is busy for longer ends to make room in its queue, and is queued again.
SLICE_SECONDS = 30.0


@shared_task
def sweep() -> None:
    """Read the clock in each round, so that hours of work do not use an old one."""
    wake_senders()  # for due retries, and mails of senders that died
    until = monotonic() + SLICE_SECONDS
    while (swept := sweep_some(now=timezone.now(), on_batch=_wake_all)).is_cut_short:
        logger.info("Looked at %d interviews, %d reminders", swept.reviewed, swept.reminded)
        if monotonic() > until:
            wake_sweepers()
            break
    # Last: whatever goes wrong there, what is due was written before.
    if release_stuck() + follow_unopened(now=timezone.now()):
        _wake_all()


def _wake_all() -> None:
    wake_senders()
    wake_notifiers()


def way_out() -> "Delivery | ApiDelivery":
    if not settings.MAIL_API:
        return Delivery()
    from reminders.mail_provider import ApiDelivery  # which imports an HTTP client

    return ApiDelivery()


@shared_task
def send_mails() -> None:
    until = monotonic() + SLICE_SECONDS
    with way_out() as delivery:
        while send_batch(now=timezone.now(), delivery=delivery):
            if monotonic() > until:
                wake_senders()
                break


@shared_task
def send_notifications() -> None:
    from reminders.messages import MessageDelivery  # which imports an HTTP client, as the next
    from reminders.push import PushDelivery

    until = monotonic() + SLICE_SECONDS
    with PushDelivery() as push, MessageDelivery() as messages:
        # In turn, so that none of them waits for all of the other's.
        while sum(send_batch(now=timezone.now(), delivery=each) for each in (push, messages)):
            if monotonic() > until:
                wake_notifiers()
                break


@shared_task
def tell_of_mails() -> None:
    """Tell candidates of forwarded mails that wait for their answer."""
    tell_of_proposals(now=timezone.now())
