"""Read values from decoded JSON, with errors that name the field."""

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from enum import StrEnum
from typing import TypeVar

from . import limits

E = TypeVar("E", bound=StrEnum)
T = TypeVar("T", date, datetime, time)

CLOCK = re.compile(r"\d\d:\d\d(:\d\d)?")
DAY = re.compile(r"\d{4}-\d\d-\d\d")


class CaseError(ValueError):
    """What is wrong with a case, and where: `field` is a path such as `agreements[0].due`."""

    def __init__(self, field: str, problem: str) -> None:
        super().__init__(f"{field}: {problem}")
        self.field = field


class Node:
    """A JSON object at a known place; null and a missing key are the same."""

    def __init__(self, value: object, field: str) -> None:
        if not isinstance(value, dict):
            raise CaseError(field or "case", "must be an object")
        self.value = value
        self.field = field

    def path(self, key: str) -> str:
        return f"{self.field}.{key}" if self.field else key

    def error(self, key: str, problem: str) -> CaseError:
        return CaseError(self.path(key), problem)

    def has(self, key: str) -> bool:
        return self.value.get(key) is not None

    def raw(self, key: str) -> object:
        """Return the value; raise CaseError if it is missing."""
        if not self.has(key):
            raise self.error(key, "must be given")
        return self.value[key]

    def child(self, key: str) -> "Node":
        return Node(self.raw(key), self.path(key))

    def child_or_none(self, key: str) -> "Node | None":
        return self.child(key) if self.has(key) else None

    def children(self, key: str) -> "Iterator[Node]":
        values = self.value.get(key)
        if values is None:
            return
        if not isinstance(values, list):
            raise self.error(key, "must be a list")
        for index, value in enumerate(values):
            yield Node(value, f"{self.path(key)}[{index}]")

    def text(self, key: str) -> str:
        return self.plain_text(key, self.raw(key))

    def plain_text(self, key: str, value: object) -> str:
        if not isinstance(value, str):
            raise self.error(key, "must be text")
        # Half of a surrogate pair is valid JSON, but cannot be printed.
        if not value.isascii() and any("\ud800" <= letter <= "\udfff" for letter in value):
            raise self.error(key, "must be text, not half a character")
        return value

    def text_or_none(self, key: str) -> str | None:
        return self.text(key) if self.has(key) else None

    def flag(self, key: str) -> bool:
        value = self.value.get(key)
        if value is None:
            return False
        if not isinstance(value, bool):
            raise self.error(key, "must be true or false")
        return value

    def integer(self, key: str) -> int:
        value = self.raw(key)
        if isinstance(value, bool) or not isinstance(value, int):
            raise self.error(key, "must be a whole number")
        return value

    def choice(self, key: str, choices: type[E], default: E | None = None) -> E:
        if default is not None and not self.has(key):
            return default
        value = self.raw(key)
        for choice in choices:
            if value == choice.value:
                return choice
        names = ", ".join(choice.value for choice in choices)
        raise self.error(key, f"must be one of {names}")

    def instant(self, key: str) -> datetime:
        moment = self.parsed(key, self.raw(key), datetime.fromisoformat, _INSTANT)
        if moment.tzinfo is None:
            raise self.error(key, f"must be {_INSTANT}")
        self._check_range(key, moment.date())
        return moment

    def day(self, key: str) -> date:
        value = self.raw(key)
        if not isinstance(value, str) or not DAY.fullmatch(value):
            raise self.error(key, f"must be {_DAY}")
        day = self.parsed(key, value, date.fromisoformat, _DAY)
        self._check_range(key, day)
        return day

    def day_or_none(self, key: str) -> date | None:
        return self.day(key) if self.has(key) else None

    def clock(self, key: str, value: object) -> time:
        if not isinstance(value, str) or not CLOCK.fullmatch(value):
            raise self.error(key, f"must be {_CLOCK}")
        return self.parsed(key, value, time.fromisoformat, _CLOCK)

    def clock_or_none(self, key: str) -> time | None:
        return self.clock(key, self.raw(key)) if self.has(key) else None

    def parsed(self, key: str, value: object, read: Callable[[str], T], kind: str) -> T:
        try:
            return read(self.plain_text(key, value))
        except CaseError:
            raise
        except ValueError:
            raise self.error(key, f"must be {kind}") from None

    def _check_range(self, key: str, day: date) -> None:
        if not limits.is_in_range(day):
            raise self.error(key, f"must lie in the years {limits.YEAR_MIN} to {limits.YEAR_MAX}")


_INSTANT = "a moment with its offset, such as 2026-11-16T14:00:00+01:00"
_DAY = "a date, such as 2026-11-20"
_CLOCK = "a time, such as 10:00"
