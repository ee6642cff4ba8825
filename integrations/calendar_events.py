"""The events of a candidate's calendar: interviews, and the answers that are awaited.

Every text depends only on the facts, never on the time of the request, because calendar programs
see each change as an update. A step's sentence is therefore the one that is true when the step is
due.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from django.db.models import Prefetch, Q
from django.utils.translation import gettext as _

from accounts.absolute_url import absolute_url
from integrations.feed_address import EventState
from interviews import queries, text
from interviews.current_step import CurrentStep
from interviews.models import Candidate, Interview, Participation, Result
from interviews.next_step import refresh_stale
from interviews.rules import Reason
from interviews.text.from_interview import why_of
from interviews.wait_line.from_interview import PromisedDay, waits_on

KEPT_FOR = timedelta(days=60)
BRIEF = timedelta(minutes=15)
DAY = timedelta(days=1)
ALARM_BEFORE = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """`starts` and `ends` (exclusive) are both dates, or both datetimes in the candidate's zone."""

    uid: str
    starts: date
    ends: date
    title: str
    text: str = ""
    place: str = ""
    url: str = ""
    # Minutes from the alarm to the start; None without an alarm.
    alarm: timedelta | None = None
    is_busy: bool = False

    @property
    def is_all_day(self) -> bool:
        return not isinstance(self.starts, datetime)

    @property
    def state(self) -> EventState:
        when = (self.starts.isoformat(), self.ends.isoformat(), str(_zone(self.starts)))
        said = (self.title, self.text, self.place, self.url, str(self.alarm), self.is_busy)
        print_of = hashlib.sha256(repr((when, said)).encode("utf-8", "replace")).hexdigest()
        return EventState(print_of, _instant(self.starts), _instant(self.ends), self.is_all_day)


def _zone(value: date) -> tzinfo | None:
    return value.tzinfo if isinstance(value, datetime) else None


def _instant(value: date) -> datetime:
    if isinstance(value, datetime):
        return value.astimezone(UTC)
    return datetime.combine(value, time(), UTC)


def entries_of(
    candidate: Candidate,
    *,
    now: datetime,
    since: datetime | None = None,
    only: Interview | None = None,
) -> dict[str, CalendarEntry]:
    """Return the entries by key: only those that end after `since`, or began in the last 60 days;
    `only` for those of one interview.
    The number of queries is constant."""
    since = since or now - KEPT_FOR
    rows = list(_interviews(candidate, since, only))
    refresh_stale(rows, now=now)
    found = (entry for row in rows for entry in _entries(CurrentStep.of(row, now=now)))
    return {entry.uid: entry for entry in found if _instant(entry.ends) >= since}


def _interviews(
    candidate: Candidate, since: datetime, only: Interview | None
) -> Iterator[Interview]:
    people = Participation.objects.select_related("interlocutor")
    rows = queries.interviews_of(candidate).not_cancelled()
    is_recent = Q(starts_at__gte=since - DAY) | Q(step_due_at__gte=since - DAY)
    is_open = Q(result__isnull=True) | Q(result__offer_answer_by_on__gte=since.date() - DAY)
    rows = rows.filter(is_recent | is_open).order_by("pk")
    rows = rows if only is None else rows.filter(pk=only.pk)
    yield from rows.prefetch_related(Prefetch("participations", queryset=people))


def _entries(current: CurrentStep) -> Iterator[CalendarEntry]:
    row, result = current.interview, current.result
    yield _interview(row)
    if result is None:
        yield from _wait(row, current.reason)
    elif result.offer_answer_by_on is not None and result.offer_answer == Result.Answer.OPEN:
        yield _whole_days(row, "offer", result.offer_answer_by_on, _("Answer the offer"))
    if current.due is not None:
        yield _step(replace(current, now=current.due), current.due)


def _interview(row: Interview) -> CalendarEntry:
    stage = str(row.get_stage_display())
    stage = stage[:1].upper() + stage[1:]
    title = _("%(stage)s: %(position)s, %(company)s") % {
        "stage": stage,
        "position": row.vacancy.title,
        "company": row.vacancy.company.name,
    }
    people = [
        _("%(name)s, %(role)s") % {"name": each.interlocutor.name, "role": each.get_role_display()}
        if each.role
        else each.interlocutor.name
        for each in row.participations.all()
    ]
    starts = row.starts_at.astimezone(row.candidate.zone)
    return CalendarEntry(
        uid=_uid(row, "interview"),
        starts=starts,
        ends=_later(starts, timedelta(minutes=row.minutes)),
        title=_("Interview") if _is_discreet(row) else title,
        text="\n".join(filter(None, [*people, row.link, _page(row)])),
        place=row.place or row.link,
        url=row.link or _page(row),
        alarm=ALARM_BEFORE,
        is_busy=True,
    )


def _wait(row: Interview, reason: Reason) -> Iterator[CalendarEntry]:
    """Return the promise or the window that is awaited, or None once it is kept or settled."""
    runs_on = waits_on(reason, row.candidate)
    if isinstance(runs_on, PromisedDay):
        yield _promise(row, runs_on)
    elif runs_on is not None:
        head = _("Waiting for news (4–5 days)")
        yield _whole_days(row, "window", runs_on.opens_on, head, last=runs_on.closes_on)


def _promise(row: Interview, promise: PromisedDay) -> CalendarEntry:
    head = _("Follow up as agreed") if promise.is_own else _("Answer promised")
    if promise.time is None:
        return _whole_days(row, "promise", promise.day, head)
    starts = datetime.combine(promise.day, promise.time, row.candidate.zone)
    return CalendarEntry(
        uid=_uid(row, "promise"),
        starts=starts,
        ends=_later(starts, BRIEF),
        title=_titled(row, head),
        text=_page(row),
        url=_page(row),
    )


def _step(current: CurrentStep, due: datetime) -> CalendarEntry:
    row, step = current.interview, current.step
    head = text.action(step, person=current.person)
    return CalendarEntry(
        uid=_uid(row, "step"),
        starts=due,
        ends=_later(due, BRIEF),
        title=text.step_label(step.step) if _is_discreet(row) else _titled(row, head),
        text="\n".join([why_of(current), _page(row)]),
        url=_page(row),
        alarm=timedelta(),
    )


def _whole_days(
    row: Interview, kind: str, first: date, head: str, *, last: date | None = None
) -> CalendarEntry:
    return CalendarEntry(
        uid=_uid(row, kind),
        starts=first,
        ends=max(first, last or first) + DAY,
        title=_titled(row, head),
        text=_page(row),
        url=_page(row),
    )


def _titled(row: Interview, head: str) -> str:
    """Add the company, unless other people can see the calendar."""
    if _is_discreet(row):
        return head
    return _("%(what)s: %(company)s") % {"what": head, "company": row.vacancy.company.name}


def _later(starts: datetime, length: timedelta) -> datetime:
    """Add real time, whatever the clocks do meanwhile."""
    return (starts.astimezone(UTC) + length).astimezone(starts.tzinfo)


def _uid(row: Interview, kind: str) -> str:
    """Build the UID from the row's key, not from the host name, which may change."""
    return f"{kind}-{row.pk}@hearback"


def _is_discreet(row: Interview) -> bool:
    return row.candidate.has_discreet_subjects


def _page(row: Interview) -> str:
    return absolute_url("dashboard:interview-detail", row.pk)
