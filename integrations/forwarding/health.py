"""How taking and reading forwarded mails stands, for operators."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Min

from interviews.models import InboundMail, InboundState, SweepState

LATE = timedelta(minutes=5)


def oldest_age(*, now: datetime) -> timedelta:
    """How long the oldest mail waits to be read, counted from the first sweep after a pause: the
    same clock starts the readers."""
    unread = InboundMail.objects.filter(read_at=None)
    oldest: datetime | None = unread.aggregate(at=Min("received_at"))["at"]
    if oldest is None:
        return timedelta(0)
    started = SweepState.objects.filter(pk=1).values_list("started_at", flat=True).first()
    return max(now - max(oldest, started or oldest), timedelta(0))


def note_listening(*, now: datetime) -> None:
    InboundState.objects.update_or_create(pk=1, defaults={"listened_at": now})


def is_listening(*, now: datetime) -> bool:
    """Whether the server that took mails takes them still. Where none ever did, none is missed."""
    heard: datetime | None
    heard = InboundState.objects.filter(pk=1).values_list("listened_at", flat=True).first()
    return heard is None or now - heard <= LATE


@dataclass(frozen=True, slots=True)
class Counts:
    waiting: int
    read: int
    proposed: int
    unreadable: int


def count() -> Counts:
    state = InboundState.objects.filter(pk=1).first() or InboundState()
    waiting = InboundMail.objects.filter(read_at=None).count()
    return Counts(waiting, state.read, state.proposed, state.unreadable)
