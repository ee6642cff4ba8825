"""The facts of one wait as values, and as the sentence that the timeline shows."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Literal

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from interviews.text import dates

TOUCHES_TOLD = 3


Outcome = Literal["good", "no", "ended"]


class DotKind(StrEnum):
    CALL = "call"
    LETTER = "letter"
    THEIRS = "theirs"


@dataclass(frozen=True, slots=True)
class ContactDot:
    """A call or a letter; `at` is local to the candidate."""

    at: datetime
    kind: DotKind


@dataclass(frozen=True, slots=True)
class Waited:
    """The facts of one wait. Times and dates are local to the candidate.

    `promised_on` is the named day; a window has `opens_on` and `closes_on` instead. `known_at`,
    `outcome` and `mark` are set once it has ended, `answer_by_on` for an offer that is open.
    `rests` are weekends and holidays. The reader is the candidate, or a coach, to whom "you" would
    be somebody else.
    """

    began: datetime
    promised_on: date | None = None
    is_own_promise: bool = False
    opens_on: date | None = None
    closes_on: date | None = None
    touches: tuple[ContactDot, ...] = ()
    known_at: datetime | None = None
    outcome: str = ""
    mark: Outcome = "ended"
    answer_by_on: date | None = None
    rests: tuple[date, ...] = ()
    is_for_coach: bool = False
    late_since: date | None = None  # of a step that is overdue; None: from the day expected


def sentence(waited: Waited, *, now: datetime) -> str:
    """What the line shows, for screen readers, one sentence for each fact."""
    parts = [_("Interview on %(day)s.") % {"day": _day(waited.began.date(), now)}]
    parts += _expected(waited, now)
    parts += _touched(waited, now)
    if waited.known_at is None:
        parts.append(_("Today is %(day)s.") % {"day": _day(now.date(), now)})
    else:
        values = {"day": _day(waited.known_at.date(), now), "outcome": waited.outcome}
        parts.append(_("Ended on %(day)s: %(outcome)s.") % values)
    return " ".join(parts)


def _expected(waited: Waited, now: datetime) -> Iterator[str]:
    if waited.promised_on is not None:
        said = _("They promised an answer by %(day)s.")
        if waited.is_own_promise and waited.is_for_coach:
            said = _("The candidate agreed to get in touch on %(day)s.")
        elif waited.is_own_promise:
            said = _("You agreed to get in touch on %(day)s.")
        yield said % {"day": _day(waited.promised_on, now)}
    elif waited.opens_on is not None and waited.closes_on is not None:
        days = {"first": _day(waited.opens_on, now), "last": _day(waited.closes_on, now)}
        yield _("Four to five days are up between %(first)s and %(last)s.") % days


# What the candidate reads, and what a coach reads.
_TOUCHED = {
    DotKind.CALL: (
        gettext_lazy("You called on %(days)s."),
        gettext_lazy("The candidate called on %(days)s."),
    ),
    DotKind.LETTER: (
        gettext_lazy("You wrote on %(days)s."),
        gettext_lazy("The candidate wrote on %(days)s."),
    ),
    DotKind.THEIRS: (
        gettext_lazy("They got in touch on %(days)s."),
        gettext_lazy("They got in touch on %(days)s."),
    ),
}


def _touched(waited: Waited, now: datetime) -> Iterator[str]:
    for kind, readers in _TOUCHED.items():
        words = str(readers[waited.is_for_coach])
        days = list(dict.fromkeys(each.at.date() for each in waited.touches if each.kind == kind))
        if days:
            told = [_day(day, now) for day in days[-TOUCHES_TOLD:]]
            yield words % {"days": get_text_list(told, _("and"))}


def _day(day: date, now: datetime) -> str:
    return dates.day(day, now=now)
