"""One scale of days for the rows of a list, so that their waits can be compared.

Positions are shares of the width, linear in local days; what lies outside is drawn at the edge.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from interviews.text import dates
from interviews.wait_line.layout import NOON, Span, percent
from interviews.wait_line.waited import DotKind, Waited, sentence

DAY = timedelta(days=1)
WEEK = timedelta(weeks=1)
DAYS_AT_MOST = 120
# A tick nearer to today than this share of the width would collide with its label.
ROOM_OF_TODAY = 7.0
# The same on a phone, where labels stand at the right of their ticks.
LEFT_ROOM, RIGHT_ROOM = -24.0, 11.0
# Marks of one day are moved apart; no more than these are told apart.
MARKS_OF_A_DAY = 4


class Reach(StrEnum):
    """How much the axis shows; links contain the values."""

    TWO_WEEKS = "2w"
    SIX_WEEKS = "6w"
    ALL = "all"


_AROUND_TODAY = {Reach.TWO_WEEKS: (7, 7), Reach.SIX_WEEKS: (28, 14), Reach.ALL: (28, 14)}


@dataclass(frozen=True, slots=True)
class Tick:
    """A Monday; `is_spare` ones are left out where the axis is narrow."""

    x: str
    text: str
    is_spare: bool


@dataclass(frozen=True, slots=True)
class Axis:
    """From the beginning of `first` to the end of `last`; `now` is local to the candidate."""

    first: date
    last: date
    now: datetime

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    def share(self, moment: datetime) -> float:
        passed = moment.replace(tzinfo=None) - datetime.combine(self.first, time())
        return min(max(100 * (passed / DAY) / self.days, 0.0), 100.0)

    @property
    def today(self) -> str:
        return percent(self.share(self.now))

    @property
    def today_label(self) -> str:
        return dates.day_of_line(self.now.date(), False, get_language())

    @property
    def ticks(self) -> list[Tick]:
        mondays = (self.first + n * WEEK for n in range(self.days // 7 + 1))
        shares = ((day, self.share(datetime.combine(day, time()))) for day in mondays)
        return [
            Tick(
                percent(share) if share else "0",
                ""
                if abs(share - self.share(self.now)) < ROOM_OF_TODAY or share > 100 - ROOM_OF_TODAY
                else dates.day_of_line(day, True, get_language()),
                bool(number % 2) or LEFT_ROOM < share - self.share(self.now) < RIGHT_ROOM,
            )
            for number, (day, share) in enumerate(shares)
        ]

    def rests(self, is_working: Callable[[date], bool]) -> list[Span]:
        """Weekends and holidays; consecutive days are one span."""
        days = [self.first + n * DAY for n in range(self.days)]
        width = 100 / self.days
        spans: list[Span] = []
        start: int | None = None
        for number, is_off in enumerate([*(not is_working(day) for day in days), False]):
            if is_off and start is None:
                start = number
            elif not is_off and start is not None:
                spans.append(Span(percent(start * width), percent((number - start) * width)))
                start = None
        return spans


def axis_for(reach: Reach, *, now: datetime, oldest: date | None = None) -> Axis:
    """It begins on a Monday; `oldest` is the first day of the oldest wait, for `Reach.ALL`."""
    before, after = _AROUND_TODAY[reach]
    today = now.date()
    first = today - timedelta(days=before)
    if reach == Reach.ALL and oldest is not None:
        first = min(first, max(oldest, today - timedelta(days=DAYS_AT_MOST)))
    return Axis(first - timedelta(days=first.weekday()), today + timedelta(days=after), now)


class MarkKind(StrEnum):
    """Each has its own shape: templates/parts/axis_symbols.html."""

    INTERVIEW = "interview"
    COMING = "coming"
    FLAG = "flag"
    CALL = "call"
    LETTER = "letter"
    THEIRS = "theirs"
    GOOD = "good"
    NO = "no"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of the line; `kind` is a class of static/css/timeline.css: "w" until an answer was
    expected, "l" since, "d" ahead."""

    x1: str
    x2: str
    kind: str


@dataclass(frozen=True, slots=True)
class Mark:
    """`beside` counts the marks of the same day before it."""

    x: str
    kind: MarkKind
    title: str
    beside: int


@dataclass(frozen=True, slots=True)
class AxisRow:
    sentence: str
    segments: tuple[Segment, ...]
    marks: tuple[Mark, ...]
    window: Span | None
    is_older: bool  # it began before the axis


def row_of(waited: Waited, axis: Axis, *, due: datetime | None = None) -> AxisRow:
    """`due` is the moment until which a waiting step is quiet."""
    return AxisRow(
        sentence=sentence(waited, now=axis.now),
        segments=tuple(_segments(waited, axis, due)),
        marks=tuple(_apart(_marks(waited, axis), axis)),
        window=_window(waited, axis),
        is_older=waited.began.date() < axis.first,
    )


def _expected_at(waited: Waited) -> datetime | None:
    """When the answer was, or is, expected."""
    day = waited.promised_on or waited.closes_on
    return datetime.combine(day, NOON) if day else None


def _segments(waited: Waited, axis: Axis, due: datetime | None) -> Iterator[Segment]:
    now, began = axis.now.replace(tzinfo=None), waited.began.replace(tzinfo=None)
    if began > now:
        return

    def segment(kind: str, first: datetime, last: datetime) -> Iterator[Segment]:
        left, right = axis.share(first), axis.share(last)
        if right > left:
            yield Segment(percent(left), percent(right), kind)

    if waited.known_at is not None:
        known = waited.known_at.replace(tzinfo=None)
        yield from segment("w", began, known)
        if waited.answer_by_on is not None:
            yield from segment("w", known, now)
            yield from segment("d", now, datetime.combine(waited.answer_by_on, NOON))
        return
    expected = _expected_at(waited) or now
    late = expected
    if waited.late_since is not None:
        late = max(expected, datetime.combine(waited.late_since, NOON))
    yield from segment("w", began, min(late, now))
    yield from segment("l", max(late, began), now)
    ahead = max(expected, due.replace(tzinfo=None) if due else now)
    yield from segment("d", now, ahead)


def _window(waited: Waited, axis: Axis) -> Span | None:
    if waited.opens_on is None or waited.closes_on is None or waited.known_at is not None:
        return None
    left = axis.share(datetime.combine(waited.opens_on, time()))
    right = axis.share(datetime.combine(waited.closes_on, NOON))
    return Span(percent(left), percent(right - left)) if right > left else None


# What the candidate reads, and what a coach reads.
_TOUCHES = {
    DotKind.CALL: (
        MarkKind.CALL,
        gettext_lazy("You called on %(day)s"),
        gettext_lazy("The candidate called on %(day)s"),
    ),
    DotKind.LETTER: (
        MarkKind.LETTER,
        gettext_lazy("You wrote on %(day)s"),
        gettext_lazy("The candidate wrote on %(day)s"),
    ),
    DotKind.THEIRS: (
        MarkKind.THEIRS,
        gettext_lazy("They got in touch on %(day)s"),
        gettext_lazy("They got in touch on %(day)s"),
    ),
}


def _marks(waited: Waited, axis: Axis) -> Iterator[tuple[date, MarkKind, str]]:
    yield from _flags(waited)
    is_ahead = waited.began > axis.now
    said = _("Interview on %(day)s")
    yield waited.began.date(), MarkKind.COMING if is_ahead else MarkKind.INTERVIEW, said
    for touch in waited.touches:
        kind, *readers = _TOUCHES[touch.kind]
        yield touch.at.date(), kind, str(readers[waited.is_for_coach])
    if waited.known_at is not None:
        said = "%(day)s: " + waited.outcome.replace("%", "%%")
        yield waited.known_at.date(), MarkKind(waited.mark), said


def _flags(waited: Waited) -> Iterator[tuple[date, MarkKind, str]]:
    is_for_coach = waited.is_for_coach
    if waited.promised_on is not None and waited.known_at is None:
        said = _("Promised for %(day)s")
        if waited.is_own_promise and is_for_coach:
            said = _("The candidate agreed to get in touch on %(day)s")
        elif waited.is_own_promise:
            said = _("You agreed to get in touch on %(day)s")
        yield waited.promised_on, MarkKind.FLAG, said
    if waited.answer_by_on is not None:
        own = _("Your answer is due on %(day)s")
        said = _("The candidate’s answer is due on %(day)s") if is_for_coach else own
        yield waited.answer_by_on, MarkKind.FLAG, said


def _apart(marks: Iterator[tuple[date, MarkKind, str]], axis: Axis) -> Iterator[Mark]:
    seen: dict[date, int] = {}
    for day, kind, said in marks:
        if not axis.first <= day <= axis.last:
            continue
        beside = seen.get(day, 0)
        seen[day] = beside + 1
        if beside >= MARKS_OF_A_DAY:
            continue
        x = percent(axis.share(datetime.combine(day, NOON)))
        yield Mark(x, kind, said % {"day": dates.day(day, now=axis.now)}, beside)
