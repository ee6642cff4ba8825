"""The health of the reminders, for operators: what is late, and what is wrong.

Lateness counts from the later of a row's due time and the time since when sweeps or senders have
run: after a pause or a restore, nothing is late at first. A row's `review_at` is never earlier than
its last change.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from django.db import models
from django.db.models.functions import Coalesce, Greatest

from accounts.models import DeletionRequest
from interviews.models import (
    MESSAGES,
    ChannelKind,
    Coach,
    Coaching,
    DeliveryState,
    Interview,
    Mail,
    NotificationChannel,
    PushDevice,
    RefusedAddress,
    Reminder,
    SenderState,
    Statistics,
    SweepState,
)
from interviews.models.mail.mail import BY_EMAIL
from reminders.mail_reminders import tellable
from reminders.sending_clock import gap

LATE = timedelta(minutes=5)
A_DAY = timedelta(days=1)
NOT_LATE = timedelta(0)


@dataclass(frozen=True, slots=True)
class Health:
    """The state at one moment; ages in seconds, None without rows or runs."""

    is_swept: bool
    sweep_age: float | None
    due_age: float
    mail_age: float
    is_sending: bool
    is_refused: bool
    is_push_refused: bool
    are_deletions_done: bool
    is_quarantined: bool

    @property
    def are_rows_in_time(self) -> bool:
        return self.due_age <= LATE.total_seconds()

    @property
    def are_mails_in_time(self) -> bool:
        """Without mails to send, no sender needs to run."""
        return self.mail_age <= LATE.total_seconds() and (self.is_sending or not self.mail_age)

    @property
    def is_well(self) -> bool:
        is_in_time = self.are_rows_in_time and self.are_mails_in_time
        is_accepted = not (self.is_refused or self.is_push_refused)
        is_done = self.are_deletions_done and is_accepted
        return self.is_swept and is_in_time and is_done and not self.is_quarantined


def health(*, now: datetime) -> Health:
    """A few queries, each for one row by an index."""
    swept = SweepState.objects.filter(pk=1).first() or SweepState()
    sent = SenderState.objects.filter(pk=1).first() or SenderState()
    aside = count_quarantined(now=now)
    counted = Mail.objects.refused_by_server().values_list("kind").order_by("kind")
    refused = dict(counted.annotate(models.Count("user", distinct=True)))
    # One candidate may name a server that refuses everything; two are the instance's key.
    others = sum(users for kind, users in refused.items() if kind not in BY_EMAIL)
    return Health(
        is_swept=swept.swept_at is not None and now - swept.swept_at <= gap(),
        sweep_age=None if swept.swept_at is None else (now - swept.swept_at).total_seconds(),
        due_age=_late(_oldest_due(now), swept.started_at, now=now).total_seconds(),
        mail_age=_late(_oldest_mail(now), sent.started_at, now=now).total_seconds(),
        is_sending=sent.seen_at is not None and now - sent.seen_at <= gap(),
        is_refused=any(kind in BY_EMAIL for kind in refused),
        is_push_refused=others > 1,
        are_deletions_done=not aside[Quarantined.DELETIONS],
        is_quarantined=any(aside[each] for each in Quarantined if each != Quarantined.DELETIONS),
    )


class Quarantined(StrEnum):
    """Rows that failed by themselves, while others of their batch went on."""

    ROWS = "rows"
    REMINDERS = "reminders"
    MAILS = "mails"
    MORNINGS = "mornings"
    STATISTICS = "learned"
    DELETIONS = "departures"
    COACHINGS = "coachings"


def count_quarantined(*, now: datetime) -> Counter[Quarantined]:
    """Count them in one query by partial indexes. Rows that are retried each hour count after a
    day, a reminder while its step stands, and a mail for a day, as codes expire sooner."""
    aside = DeliveryState.QUARANTINED
    kinds: dict[Quarantined, models.QuerySet[Any]] = {
        Quarantined.ROWS: Interview.objects.quarantined(),
        Quarantined.REMINDERS: Reminder.objects.filter(state=aside, settled_at=None),
        Quarantined.MAILS: Mail.objects.filter(state=aside, created_at__gt=now - A_DAY),
        Quarantined.MORNINGS: Coach.objects.quarantined(),
        Quarantined.STATISTICS: Statistics.objects.quarantined(),
        Quarantined.DELETIONS: DeletionRequest.objects.due(now - A_DAY),
        Quarantined.COACHINGS: Coaching.objects.lapsed(now - A_DAY),
    }
    first, *others = [
        rows.order_by().values_list(models.Value(kind.value)).annotate(models.Count("pk"))
        for kind, rows in kinds.items()
    ]
    return Counter({Quarantined(kind): number for kind, number in first.union(*others)})


def _late(moment: datetime | None, since: datetime | None, *, now: datetime) -> timedelta:
    """If nothing ever ran, count from the row's own due time."""
    if moment is None:
        return NOT_LATE
    return max(now - (moment if since is None else max(moment, since)), NOT_LATE)


def _oldest_due(now: datetime) -> datetime | None:
    return Interview.objects.to_review(now).values_list("review_at", flat=True).first()


def _oldest_mail(now: datetime) -> datetime | None:
    """When the longest waiting mail, or reminder in no mail yet, could have been sent."""
    others: list[str] = [ChannelKind.PUSH, *MESSAGES]
    waiting = [
        Mail.objects.claimable(kinds, now).values_list("try_at", flat=True).first()
        for kinds in [*([str(kind)] for kind in BY_EMAIL), others]
    ]
    # A sender that never comes back leases its mails again and again; this one's first attempt has
    # not ended yet.
    untried = Mail.objects.filter(state=DeliveryState.LEASED, failures=0).order_by("created_at")
    waiting.append(untried.values_list("created_at", flat=True).first())
    for channels in ([ChannelKind.EMAIL], others):
        untold = tellable(Reminder.objects.unmailed(), channels, now=now).order_by("due_at")
        since = Greatest("created_at", Coalesce("tell_at", "created_at"))
        waiting.append(untold.values_list(since, flat=True).first())
    return min((moment for moment in waiting if moment is not None), default=None)


@dataclass(frozen=True, slots=True)
class StateCount:
    """How many rows are in which state, counted by partial indexes."""

    due: int
    mails_waiting: int
    reminders_unmailed: int
    mails_refused: int
    addresses_refused: int
    push_devices: int
    channels_failed: int
    aside: Counter[Quarantined]
    sent: int
    failed: int
    retried: int
    sweep_seconds: float


def count(*, now: datetime) -> StateCount:
    swept = SweepState.objects.filter(pk=1).first() or SweepState()
    sent = SenderState.objects.filter(pk=1).first() or SenderState()
    return StateCount(
        due=Interview.objects.filter(review_at__lte=now).count(),
        mails_waiting=Mail.objects.to_try(now).count(),
        reminders_unmailed=Reminder.objects.unmailed().count(),
        mails_refused=Mail.objects.refused_by_server().count(),
        addresses_refused=RefusedAddress.objects.count(),
        push_devices=PushDevice.objects.count(),
        channels_failed=NotificationChannel.objects.filter(failed_at__isnull=False).count(),
        aside=count_quarantined(now=now),
        sent=sent.sent,
        failed=sent.failed,
        retried=sent.retried,
        sweep_seconds=swept.seconds or 0.0,
    )
