"""A user's rows, table by table, as values that JSON can write; never all at once."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from uuid import UUID

from accounts.models import User
from accounts.sanitize import visible
from integrations.content_lines import CONTROLS
from personal_data.schema import Table, heading

CHUNK = 500

Plain = str | int | bool | None | list[object] | dict[str, object]


def rows_of(table: Table, user: User, *, now: datetime) -> Iterator[dict[str, Plain]]:
    """In the order of their keys, which is that of their making. One query."""
    computed = table.computed(now)
    names = [heading(column) for column in table.columns]
    hers = table.model._default_manager.filter(**{table.owner: user.pk}, **dict(table.only))
    rows = hers.order_by("pk")
    asked = [_asked(column, computed) for column in table.columns]
    for values in rows.annotate(**computed).values_list(*asked).iterator(chunk_size=CHUNK):
        yield dict(zip(names, map(plain, values), strict=True))


def _asked(column: str, computed: object) -> str:
    """An annotation must not be named as a field of the model is."""
    told = f"told_{column}"
    return told if isinstance(computed, dict) and told in computed else column


def plain(value: object) -> Plain:
    """Moments are said in UTC. Signs that nobody sees stay behind: forms drop them, and an import
    takes none, so that every export can be brought in."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, str):
        return visible(CONTROLS.sub("", value))
    if value is None or isinstance(value, bool | int | list | dict):
        return value
    raise TypeError(f"{type(value).__name__} has no place in an export yet.")
