"""The data of the model: spells of silence, and how each ended."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

# Longer silences teach nothing more, and old rows may hold anything.
DAYS_MAX = 365


class Employer(StrEnum):
    UNKNOWN = "unknown"
    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"
    PUBLIC = "public"
    AGENCY = "agency"


class Ending(StrEnum):
    """`OPEN`: censored. Still waiting, closed, withdrawn, or a new agreement began another spell;
    none of these says that the answer would never have come."""

    POSITIVE = "positive"
    NEGATIVE = "negative"
    OPEN = "open"


@dataclass(frozen=True, slots=True, order=True)
class Spell:
    """A spell of silence about the result, in whole days of the candidate's calendar.

    It begins on day 0, when the interview ended or an agreement was made. An answer on the same day
    has `days` 0. An open spell was silent for `days` days: none of the days before that one brought
    an answer. `promised_in` is the promised day, counted alike. An answer that is not dated came
    on one of the days from 0 to `days`.
    """

    days: int
    ending: Ending
    employer: Employer = Employer.UNKNOWN
    promised_in: int | None = None
    is_dated: bool = True

    def __post_init__(self) -> None:
        object.__setattr__(self, "days", min(max(self.days, 0), DAYS_MAX))
        if self.promised_in is not None:
            object.__setattr__(self, "promised_in", min(max(self.promised_in, 0), DAYS_MAX))


# How many there were of each; shared ones may count for less than one.
Spells = Mapping[Spell, float]


def to_json(spells: Spells) -> list[list[Any]]:
    """Return a row for each kind of spell, with its count; only undated ones say so."""
    rows = sorted(spells.items(), key=lambda item: (item[0].days, repr(item[0])))
    return [
        [s.days, s.ending, s.employer, s.promised_in, count, *([] if s.is_dated else [False])]
        for s, count in rows
        if count
    ]


def from_json(rows: Iterable[Iterable[Any]]) -> dict[Spell, float]:
    spells: dict[Spell, float] = {}
    for days, ending, employer, promised_in, count, *is_dated in rows:
        spells[Spell(days, Ending(ending), Employer(employer), promised_in, *is_dated)] = count
    return spells
