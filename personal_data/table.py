"""One table of an export: its columns, and whose rows it holds."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Case, Field, Model
from django.db.models.expressions import Combinable

Computed = Callable[[datetime], Mapping[str, Combinable | Case]]


@dataclass(frozen=True, slots=True)
class Table:
    """`owner` is the way from a row to the key of its user. `columns` are fields of the model, or
    ways to another row's field; `computed` makes the value of those that are neither."""

    name: str
    model: type[Model]
    owner: str
    columns: tuple[str, ...]
    is_imported: bool = True
    # Which of the rows are told at all.
    only: tuple[tuple[str, object], ...] = ()
    # Not read at an import: decided anew, by the rules or by the candidate.
    decided: tuple[str, ...] = ()
    computed: Computed = field(default=lambda now: {})
    # How many rows are read or saved at once: fewer of rows that may be large.
    at_once: int = 200
    # Only for programs: not in the table for people to read.
    unread: tuple[str, ...] = ()

    def field(self, column: str) -> "Field[Any, Any] | None":
        """The model's own field of this column."""
        found = {each.name: each for each in self.model._meta.concrete_fields}
        return found.get(column)


def column_names(*some: str) -> tuple[str, ...]:
    return tuple(" ".join(some).split())


def heading(column: str) -> str:
    """What a column is called in the file: coach__name is coach_name."""
    return column.replace("__", "_")
