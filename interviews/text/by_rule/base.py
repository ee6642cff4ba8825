"""The values for a rule's sentences, and the places in which a rule has one."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.functional import Promise

from interviews.rules import NextStep, Reason
from interviews.text import dates


@dataclass(frozen=True, slots=True)
class Context:
    """The subject of a sentence. `name` is the person's or the company's; `now` is local to the
    candidate, whose name a coach's sentence needs."""

    step: NextStep[Any]
    name: str | None
    now: datetime
    candidate: str = ""

    @property
    def reason(self) -> Reason:
        return self.step.reason

    @property
    def speaker(self) -> str | None:
        """Who said or did it, if that is known to be this person."""
        return self.name if self.reason.is_by_person else None

    def day(self, value: date | None) -> str:
        return "" if value is None else dates.day(value, now=self.now)

    def moment(self, value: datetime | None) -> str:
        return "" if value is None else dates.moment(value, now=self.now)

    def date_of(self, value: datetime | None) -> date | None:
        return None if value is None else value.astimezone(self.now.tzinfo).date()

    def with_age(self, value: date | None) -> str:
        """For example: Friday 20 November, 3 days ago"""
        return "" if value is None else dates.day_with_age(value, now=self.now)


@dataclass(frozen=True, slots=True)
class Fact:
    """What a step is based on: a capitalised clause, and the day it is about. A whole sentence
    says all that the candidate reads."""

    text: str
    day: date | None = None
    is_sentence: bool = False


def fact(
    named: Promise, unnamed: Promise, name: str | None, day: date | None = None, /, **values: str
) -> Fact:
    """Without a name the clause names nobody."""
    if name is None:
        return Fact(str(unnamed) % values, day)
    return Fact(str(named) % (values | {"name": name}), day)


Clause = Promise | str | Callable[[Context], str]


def said(clause: Clause, context: Context) -> str:
    return clause(context) if callable(clause) else str(clause)


@dataclass(frozen=True, slots=True)
class RuleText:
    """All sentences of one rule.

    `fact` and, once the step is due, `due` are the halves of the candidate's sentence; until then
    it ends with `waiting`. The coach reads `coach` and, once the step is due, `coach_due`.
    """

    label: Promise
    fact: Callable[[Context], Fact]
    coach: Callable[[Context], str]
    due: Clause
    waiting: Promise | None = None
    coach_due: Promise | str = ""
    can_be_tried_again: bool = False
