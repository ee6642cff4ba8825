"""A user's rows, table by table, as values for JSON; never all in memory."""

from base64 import b64encode
from collections.abc import Collection, Iterator
from datetime import UTC, date, datetime, time
from uuid import UUID

from accounts.models import User
from accounts.sanitize import visible
from integrations.content_lines_read import CONTROLS
from personal_data.table import Table, heading

CHUNK = 500

Plain = str | int | bool | None | list[object] | dict[str, object]


def rows_of(
    table: Table, user: User, *, now: datetime, besides: Collection[str] = ()
) -> Iterator[dict[str, Plain]]:
    """In the order of their keys, which is that of creation, without the columns `besides`. One
    query."""
    computed = table.computed(now)
    columns = [column for column in table.columns if column not in besides]
    names = [heading(column) for column in columns]
    owned = table.model._default_manager.filter(**{table.owner: user.pk}, **dict(table.only))
    rows = owned.order_by("pk")
    asked = [_asked(column, computed) for column in columns]
    found = rows.annotate(**computed).values_list(*asked)
    for values in found.iterator(chunk_size=table.at_once):
        yield dict(zip(names, map(plain, values), strict=True))


def _asked(column: str, computed: object) -> str:
    """An annotation must not have the name of a model's field."""
    told = f"told_{column}"
    return told if isinstance(computed, dict) and told in computed else column


def plain(value: object) -> Plain:
    """Times are in UTC. Invisible characters are dropped as in forms, because an import refuses
    them, so that every export can be imported."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, str):
        return visible(CONTROLS.sub("", value))
    if isinstance(value, bytes | memoryview):
        return b64encode(value).decode()
    if value is None or isinstance(value, bool | int | list | dict):
        return value
    raise TypeError(f"{type(value).__name__} has no place in an export yet.")
