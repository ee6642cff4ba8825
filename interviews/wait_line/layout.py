"""The timeline: one wait as a horizontal line, and as a sentence for screen readers.

Positions are shares of the width, so that the drawing fits any width: only the line stretches,
never its marks or labels. Labels that do not fit a phone are marked.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import zip_longest

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from interviews.text import dates
from interviews.wait_line.waited import Waited, sentence

NOON = time(12)
DAYS_AT_LEAST = 6.0
# Beyond the last mark the line continues a little, because the wait's end is unknown.
ROOM_AHEAD = 0.08
MARGIN = 2.5  # percent on either side, so that the first dot is complete
# The narrowest card (on a screen of 320 px), and the width from which all labels are tried.
NARROW, WIDE = 250, 560
LETTER_WIDTH = 7.2  # of a label's letter, in px
GAP = 8
# For longer waits, a weekday and a day of the month are ambiguous.
DAYS_OF_A_MONTH = 27


@dataclass(frozen=True, slots=True)
class Span:
    """A part of the line, in percent."""

    x: str
    width: str


@dataclass(frozen=True, slots=True)
class LineDot:
    x: str
    kind: str


@dataclass(frozen=True, slots=True)
class Label:
    """A label below the line; `anchor` is "middle", or the edge that it is aligned to; `is_roomy`
    if only a wide line has room for it."""

    text: str
    x: str
    anchor: str
    is_roomy: bool

    @property
    def style(self) -> str:
        """The classes of static/css/wait-line.css."""
        leans = "" if self.anchor == "middle" else f"at-{self.anchor}"
        return " ".join(filter(None, (leans, "roomy" if self.is_roomy else "")))


@dataclass(frozen=True, slots=True)
class WaitLine:
    sentence: str
    start: str
    end: str
    reached: str  # how far the wait has come: today, or its end
    flag: str  # empty without a promised day
    late: str  # from where an answer is late; empty if it is not
    window: Span | None
    now: str  # empty once the wait has ended
    dots: tuple[LineDot, ...]
    rests: tuple[Span, ...]
    labels: tuple[Label, ...]


class _Scale:
    """From times to shares of the width."""

    def __init__(self, waited: Waited, now: datetime) -> None:
        self._began = waited.began.replace(tzinfo=None)
        last = max(self.days(moment) for moment in _moments(waited, now))
        if waited.known_at is not None:
            self.span = max(last, 1.0)
        else:
            self.span = max(last * (1 + ROOM_AHEAD), DAYS_AT_LEAST)

    def days(self, moment: datetime) -> float:
        """Local days since the beginning, at least 0."""
        passed = moment.replace(tzinfo=None) - self._began
        return max(passed / timedelta(days=1), 0.0)

    def share(self, moment: datetime) -> float:
        return MARGIN + min(self.days(moment) / self.span, 1.0) * (100 - 2 * MARGIN)

    def span_of(self, first: datetime, last: datetime) -> Span:
        left, right = self.share(first), self.share(last)
        return Span(percent(left), percent(right - left))


def draw(waited: Waited, *, now: datetime) -> WaitLine:
    """`now` is local to the candidate."""
    scale = _Scale(waited, now)
    # An offer that is to be answered goes on until its day.
    is_over = waited.known_at is not None and waited.answer_by_on is None
    until = waited.known_at if is_over and waited.known_at else now
    flag_on = waited.answer_by_on or waited.promised_on
    dots = [LineDot(percent(scale.share(each.at)), each.kind) for each in waited.touches]
    if waited.known_at is not None and not is_over:
        dots.append(LineDot(percent(scale.share(waited.known_at)), "theirs"))
    return WaitLine(
        sentence=sentence(waited, now=now),
        start=percent(MARGIN),
        end=percent(100 - MARGIN),
        reached=percent(scale.share(until)),
        flag=percent(scale.share(_noon(flag_on))) if flag_on else "",
        late=_late(waited, scale, now),
        window=_window(waited, scale),
        now="" if is_over else percent(scale.share(now)),
        dots=tuple(dots),
        rests=tuple(_rests(waited.rests, scale)),
        labels=tuple(_labels(waited, scale, now)),
    )


def _late(waited: Waited, scale: _Scale, now: datetime) -> str:
    expected = waited.promised_on or waited.closes_on
    if expected is not None and waited.late_since is not None:
        expected = max(expected, waited.late_since)
    if waited.known_at is not None or expected is None or expected >= now.date():
        return ""
    return percent(scale.share(_noon(expected)))


def _moments(waited: Waited, now: datetime) -> Iterator[datetime]:
    yield waited.began
    if waited.promised_on is not None:
        yield _noon(waited.promised_on)
    if waited.known_at is not None:
        yield waited.known_at
        if waited.answer_by_on is not None:
            yield now
            yield _noon(waited.answer_by_on)
        return
    yield now
    if waited.closes_on is not None:
        yield _noon(waited.closes_on)
    yield from (each.at for each in waited.touches)


def _window(waited: Waited, scale: _Scale) -> Span | None:
    if waited.opens_on is None or waited.closes_on is None:
        return None
    return scale.span_of(_midnight(waited.opens_on), _noon(waited.closes_on))


def _rests(days: Sequence[date], scale: _Scale) -> Iterator[Span]:
    """Consecutive days off are merged."""
    first: date | None = None
    for day, following in zip_longest(days, days[1:]):
        first = first or day
        if following != day + timedelta(days=1):
            yield scale.span_of(_midnight(first), _midnight(day + timedelta(days=1)))
            first = None


def last_day(waited: Waited, *, now: datetime) -> date:
    """The last day on the line, for looking up its days off."""
    return (waited.began + timedelta(days=_Scale(waited, now).span)).date()


# --- words below the line ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    share: float

    def place(self, width: int) -> tuple[float, float]:
        """Its left and right end, in px, on a line of this width."""
        long = len(self.text) * LETTER_WIDTH
        if self.anchor == "start":
            return 0, long
        if self.anchor == "end":
            return width - long, width
        centre = self.share * width / 100
        return centre - long / 2, centre + long / 2

    @property
    def anchor(self) -> str:
        """At either edge a label is aligned inwards, judged by the narrowest width."""
        half = len(self.text) * LETTER_WIDTH / 2 / NARROW * 100
        if self.share < half:
            return "start"
        return "end" if self.share > 100 - half else "middle"

    @property
    def x(self) -> str:
        return {"start": "0", "end": "100%"}.get(self.anchor, percent(self.share))


def _labels(waited: Waited, scale: _Scale, now: datetime) -> Iterator[Label]:
    """In the order of their importance: a label that would touch an earlier one is dropped."""
    narrow: list[_Word] = []
    wide: list[_Word] = []
    for word in _words(waited, scale, now):
        if not _fits(word, wide, WIDE):
            continue
        wide.append(word)
        is_roomy = not _fits(word, narrow, NARROW)
        if not is_roomy:
            narrow.append(word)
        yield Label(word.text, word.x, word.anchor, is_roomy)


def _fits(word: _Word, others: Sequence[_Word], width: int) -> bool:
    left, right = word.place(width)
    places = [other.place(width) for other in others]
    return all(right + GAP <= begins or ends + GAP <= left for begins, ends in places)


def _words(waited: Waited, scale: _Scale, now: datetime) -> Iterator[_Word]:
    is_long = scale.span > DAYS_OF_A_MONTH
    if waited.answer_by_on is not None:
        said = _("Answer by %(day)s") % {"day": _short(waited.answer_by_on, is_long)}
        yield _Word(said, scale.share(_noon(waited.answer_by_on)))
    if waited.known_at is not None:
        said = _short(waited.known_at.date(), is_long)
        if waited.outcome:
            said = _("%(day)s: %(outcome)s") % {"day": said, "outcome": waited.outcome}
        yield _Word(said, scale.share(waited.known_at))
    if waited.promised_on is not None:
        said = _short(waited.promised_on, is_long)
        yield _Word(said, scale.share(_noon(waited.promised_on)))
    elif waited.opens_on is not None and waited.closes_on is not None:
        middle = (
            scale.share(_midnight(waited.opens_on)) + scale.share(_noon(waited.closes_on))
        ) / 2
        yield _Word(_("4–5 days"), middle)
    yield _Word(_short(waited.began.date(), is_long), MARGIN)
    if waited.known_at is None or waited.answer_by_on is not None:
        yield _Word(_("today"), scale.share(now))


def _short(day: date, is_long: bool) -> str:
    return dates.day_of_line(day, is_long, get_language())


def _noon(day: date) -> datetime:
    return datetime.combine(day, NOON)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time())


def percent(share: float) -> str:
    return f"{share:.1f}%".replace(".0%", "%")
