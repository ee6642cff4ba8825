"""Read the files once per process, and select what applies on a day."""

import tomllib
from dataclasses import dataclass, fields
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext

DATA = Path(__file__).parent / "data"
# Entries checked longer ago are not shown.
CHECKED_FOR = timedelta(days=366)


class Kind(StrEnum):
    DUTY = "duty"
    CUSTOM = "custom"


@dataclass(frozen=True, slots=True)
class Right:
    """`since` is the day from which it applies, `checked_on` when its source was read,
    `silent_after` the last day on which it is shown. `days` is the legal limit after the last
    interview, if there is one."""

    key: str
    country: str
    kind: Kind
    title: str
    text: str
    source: str
    url: str
    since: date
    checked_on: date
    silent_after: date
    subdivision: str = ""
    days: int | None = None

    def __post_init__(self) -> None:
        wrong = [*self._errors()]
        if wrong:
            raise ValueError(f"{self.country}, {self.key}: {'; '.join(wrong)}")

    def _errors(self) -> list[str]:
        errors = []
        if not self.url.startswith("https://"):
            errors.append("the source needs an https address")
        if not self.checked_on < self.silent_after <= self.checked_on + CHECKED_FOR:
            errors.append("it must fall silent within a year of the day it was checked")
        if not (self.title and self.text and self.source):
            errors.append("title, text and source must be said")
        return errors

    @property
    def said_title(self) -> str:
        return gettext(self.title)

    @property
    def said_text(self) -> str:
        return gettext(self.text)

    def holds_on(self, day: date) -> bool:
        return self.since <= day <= self.silent_after

    def due_on(self, ended_on: date) -> date | None:
        """The last day on which the employer must answer after an interview on that day."""
        return None if self.days is None else ended_on + timedelta(days=self.days)


def rights_for(country: str, subdivision: str, *, on: date) -> tuple[Right, ...]:
    """The entries for this day; those of one region do not apply in another."""
    return tuple(
        right
        for right in _all().get(country, ())
        if right.subdivision in ("", subdivision) and right.holds_on(on)
    )


@cache
def _all() -> dict[str, tuple[Right, ...]]:
    return {path.stem: read(path) for path in sorted(DATA.glob("*.toml"))}


def read(path: Path) -> tuple[Right, ...]:
    """Raise ValueError for an incomplete entry."""
    with path.open("rb") as file:
        entries: list[dict[str, Any]] = tomllib.load(file).get("right", [])
    return tuple(_right(path.stem, entry) for entry in entries)


def _right(country: str, entry: dict[str, Any]) -> Right:
    unknown = set(entry) - {field.name for field in fields(Right)}
    if unknown:
        raise ValueError(f"{country}: nobody knows {', '.join(sorted(unknown))}")
    try:
        return Right(country=country, **{**entry, "kind": Kind(entry.get("kind", ""))})
    except TypeError as error:
        raise ValueError(f"{country}: {error}") from error
