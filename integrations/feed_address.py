"""The secret address of a candidate's calendar, and the sequence numbers of its events."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import token_urlsafe

from django.db import transaction

from accounts import audit_log
from accounts.audit_log import Kind
from accounts.models import AuditEntry, User
from interviews.models import CalendarEvent, CalendarFeed, Candidate
from interviews.services import locks

TOKEN_BYTES = 32
# Long enough for programs that look once a day or were away for a holiday.
CANCELLED_FOR = timedelta(days=21)
TOLD = ("fingerprint", "sequence", "changed_at", "starts_at", "ends_at", "is_all_day", "gone_at")


@dataclass(frozen=True, slots=True)
class EventState:
    """An event's present state."""

    fingerprint: str
    starts_at: datetime
    ends_at: datetime
    is_all_day: bool


States = Mapping[str, EventState]


@transaction.atomic
def create_feed(*, candidate: Candidate, now: datetime) -> CalendarFeed:
    """Create the calendar's address; an existing one stays."""
    locks.lock_candidate(candidate.pk)
    feed = CalendarFeed.objects.filter(candidate=candidate).first()
    if feed is not None:
        return feed
    return CalendarFeed.objects.create(
        candidate=candidate, token=token_urlsafe(TOKEN_BYTES), created_at=now
    )


@transaction.atomic
def renew_feed(*, candidate: Candidate, now: datetime) -> bool:
    """Replace the address, and return whether there was one. The old one is not found any more."""
    feeds = CalendarFeed.objects.filter(candidate=candidate)
    return bool(feeds.update(token=token_urlsafe(TOKEN_BYTES), created_at=now))


def note_made(*, candidate: Candidate, actor: User | None, now: datetime) -> None:
    """Log the creation, without an actor if a link in a mail did it."""
    audit_log.log_action(Kind.CALENDAR_MADE, subject=candidate.user, actor=actor, now=now)


@transaction.atomic
def note_shown(*, feed: CalendarFeed, now: datetime) -> bool:
    """Log that the address was shown, since whoever saw it can read the calendar. Return False if
    that was logged within the hour for this address."""
    owner = feed.candidate.user
    noted = AuditEntry.objects.about(owner).filter(
        kind__in=[Kind.CALENDAR_MADE, Kind.CALENDAR_SHOWN],
        actor_id=owner.pk,
        at__gt=now - audit_log.SAME_LOOK,
        at__gte=feed.created_at,
    )
    if noted.exists():
        return False
    audit_log.log_action(Kind.CALENDAR_SHOWN, subject=owner, actor=owner, now=now)
    return True


@transaction.atomic
def delete_feed(*, candidate: Candidate) -> None:
    """Delete the address and the stored events."""
    CalendarFeed.objects.filter(candidate=candidate).delete()


def told(feed: CalendarFeed) -> dict[str, CalendarEvent]:
    return {row.uid: row for row in CalendarEvent.objects.filter(feed=feed)}


def is_settled(rows: Mapping[str, CalendarEvent], states: States, *, now: datetime) -> bool:
    """Return whether all events are stored as they are and none is to be removed."""
    for uid, state in states.items():
        row = rows.get(uid)
        if row is None or row.gone_at is not None or row.fingerprint != state.fingerprint:
            return False
    return all(uid in states or _is_being_cancelled(row, now) for uid, row in rows.items())


def _is_being_cancelled(row: CalendarEvent, now: datetime) -> bool:
    return row.gone_at is not None and row.gone_at > now - CANCELLED_FOR


@transaction.atomic
def settle_events(
    *, feed: CalendarFeed, states: Callable[[], States], since: datetime, now: datetime
) -> dict[str, CalendarEvent]:
    """Number the changed events, cancel the missing ones, and remove those that were cancelled long
    ago or ended before `since`. Return the rows.

    `states` is called under the feed's lock: of two programs that fetch at once, the second reads
    facts that are no older than the first's, and finds its numbers. Raise CalendarFeed.DoesNotExist
    if the feed was deleted meanwhile.
    """
    CalendarFeed.objects.select_for_update(no_key=True).get(pk=feed.pk)
    current, rows = states(), told(feed)
    new = [
        _fill(CalendarEvent(feed=feed, uid=uid), state, now)
        for uid, state in current.items()
        if uid not in rows
    ]
    changed = [
        _raise(_fill(row, current[uid], now))
        for uid, row in rows.items()
        if uid in current
        and (row.gone_at is not None or row.fingerprint != current[uid].fingerprint)
    ]
    for uid, row in rows.items():
        if uid not in current and row.gone_at is None:
            row.gone_at = row.changed_at = now
            changed.append(_raise(row))
    gone = [row for uid, row in rows.items() if uid not in current]
    over = {row.pk for row in gone if row.ends_at < since or not _is_being_cancelled(row, now)}
    CalendarEvent.objects.bulk_create(new)
    CalendarEvent.objects.bulk_update(changed, TOLD, batch_size=100)
    CalendarEvent.objects.filter(pk__in=over).delete()
    return {row.uid: row for row in [*rows.values(), *new] if row.pk not in over}


def unnumbered(states: States, *, now: datetime) -> dict[str, CalendarEvent]:
    """Return unsaved rows of events for a file that is made once."""
    return {uid: _fill(CalendarEvent(uid=uid), state, now) for uid, state in states.items()}


def _fill(row: CalendarEvent, state: EventState, now: datetime) -> CalendarEvent:
    row.fingerprint, row.changed_at, row.gone_at = state.fingerprint, now, None
    row.starts_at, row.ends_at = state.starts_at, state.ends_at
    row.is_all_day = state.is_all_day
    return row


def _raise(row: CalendarEvent) -> CalendarEvent:
    row.sequence += 1
    return row
