"""Let the next channel tell a step that was told and neither opened nor settled for an hour, or
whose channel can be used no more."""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from interviews.models import Candidate, ChannelKind, Mail, NotificationChannel, Reminder
from interviews.services import locks
from interviews.services.reminders import FOLLOW_AFTER, current, match_channels, pass_on
from reminders.event_log import log_event

BATCH = 100


def release_stuck() -> int:
    """Let another channel tell what waits for one that was lost when it was written, or revived.
    Return how many reminders that concerns. One query if there is none."""
    usable = NotificationChannel.objects.usable().filter(
        candidate=OuterRef("candidate"), kind=OuterRef("channel")
    )
    waiting = Reminder.objects.unmailed().exclude(channel=ChannelKind.EMAIL)
    stuck = waiting.filter(~Exists(usable)).values("candidate")
    candidates = Candidate.objects.filter(pk__in=stuck).order_by("pk")[:BATCH]
    count = 0
    for candidate in candidates:
        with transaction.atomic():
            count += match_channels(candidate)
    return count


@transaction.atomic
def follow_unopened(*, now: datetime) -> int:
    """Return how many are passed on. One query if there is none."""
    due = Reminder.objects.to_follow().filter(sent_at__lte=now - FOLLOW_AFTER)
    keys = list(due.order_by("sent_at").values_list("pk", flat=True)[:BATCH])
    if not keys:
        return 0
    # Read again once locked: the candidate may have opened it, or another process come first.
    rows = Reminder.objects.to_follow().filter(pk__in=keys)
    locks.lock_reminders(rows)
    # A sender of the former release may have mailed what was another channel's.
    is_mailed = Q(mail__kind=Mail.Kind.REMINDER) & ~Q(channel=ChannelKind.EMAIL)
    is_wanted = Q(candidate__reminders_paused_at=None) & ~is_mailed
    passed = pass_on(current(rows).filter(is_wanted), now=now)
    # What no longer stands is told by nobody.
    rows.filter(sent_at__lte=now - FOLLOW_AFTER).update(next_channel="")
    log_event("followed", [each.pk for each in passed])
    return len(passed)
