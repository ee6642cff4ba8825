"""Save the rows of an import in bulk; if one is refused, find it."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from interviews.quarantine import raise_if_passing
from personal_data.contents import refused, said
from personal_data.table import Table

# With the number of its entry in the file.
Numbered = tuple[int, Any]


def save_rows(table: Table, rows: Sequence[Numbered]) -> None:
    """Named constraints are checked by the database, since validating each in Python needs a query.
    Raise UnreadableError; runs in the caller's transaction."""
    try:
        _insert(table, [row for _number, row in rows])
    except Exception as error:
        raise_if_passing(error)
        for number, row in rows:
            _save_alone(table, number, row)


@transaction.atomic
def _insert(table: Table, rows: Sequence[Any]) -> None:
    created = [getattr(row, "created_at", None) for row in rows]
    table.model._default_manager.bulk_create(rows)
    if "created_at" not in table.columns:
        return
    # auto_now_add replaces the value of the row.
    for row, moment in zip(rows, created, strict=True):
        row.created_at = moment or row.created_at
    table.model._default_manager.bulk_update(rows, ["created_at"])


def _save_alone(table: Table, number: int, row: Any) -> None:
    """The rows before it are saved by now, so a duplicate is detected."""
    try:
        row.validate_constraints()
        row.validate_unique()
        _insert(table, [row])
    except ValidationError as error:
        raise refused(table, number, said(error)) from error
    except Exception as error:
        raise_if_passing(error)
        raise refused(table, number, _("It conflicts with another entry.")) from error
