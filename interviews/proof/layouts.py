"""Read the columns of each country once per process."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext

DATA = Path(__file__).parent / "data"
ANY = "any"
# What a column can show; interviews/text/proof.py says each.
FIELDS = ("day", "company", "position", "place", "kind", "stage", "state", "advertised")
NEEDED = {"day", "company", "position"}


@dataclass(frozen=True, slots=True)
class Column:
    """`local` is the heading in the language of the office."""

    field: str
    title: str
    local: str = ""

    @property
    def heading(self) -> str:
        return gettext(self.title)


@dataclass(frozen=True, slots=True)
class Layout:
    """`local` is the sheet's name in the office's `language`, and `checked_on` the day when the
    source was read. The plain layout has none of these."""

    country: str
    title: str
    columns: tuple[Column, ...]
    local: str = ""
    language: str = ""
    source: str = ""
    url: str = ""
    checked_on: date | None = None

    def __post_init__(self) -> None:
        wrong = [*self._errors()]
        if wrong:
            raise ValueError(f"{self.country}: {'; '.join(wrong)}")

    def _errors(self) -> list[str]:
        names = [column.field for column in self.columns]
        errors = [f"nobody knows {name}" for name in names if name not in FIELDS]
        if len(set(names)) < len(names):
            errors.append("a column is there twice")
        if NEEDED - set(names):
            errors.append("day, company and position are needed")
        if not (self.title and all(column.title for column in self.columns)):
            errors.append("titles must be said")
        is_sourced = self.source and self.checked_on and self.url.startswith("https://")
        if self.country != ANY and not is_sourced:
            errors.append("source, https address and day of checking must be said")
        has_local = self.local or any(column.local for column in self.columns)
        if has_local and not self.language:
            errors.append("the office's language must be said")
        return errors

    @property
    def name(self) -> str:
        """Of the country."""
        return gettext(self.title)


def layout_for(country: str) -> Layout:
    return layouts().get(country) or layouts()[ANY]


@cache
def layouts() -> Mapping[str, Layout]:
    """By country, in the order of their codes, the plain one last."""
    paths = sorted(DATA.glob("*.toml"), key=lambda path: (path.stem == ANY, path.stem))
    return {path.stem: read(path) for path in paths}


def read(path: Path) -> Layout:
    """Raise ValueError for an incomplete file."""
    with path.open("rb") as file:
        said: dict[str, Any] = tomllib.load(file)
    unknown = set(said) - {each.name for each in fields(Layout)} - {"column"}
    if unknown:
        raise ValueError(f"{path.stem}: nobody knows {', '.join(sorted(unknown))}")
    try:
        columns = tuple(Column(**column) for column in said.pop("column", []))
        return Layout(country=path.stem, columns=columns, **said)
    except TypeError as error:
        raise ValueError(f"{path.stem}: {error}") from error
