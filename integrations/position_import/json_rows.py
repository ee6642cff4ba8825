"""Read JSON: a list of objects, or one that lies within an envelope."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from integrations.spreadsheets import limits
from integrations.spreadsheets.sheet import RefusedError, Sheet, SourceRow, bounded

from .delimited import decoded
from .table import Source

DEEPEST = 6
ITEMS = 400_000
TELLING = re.compile(
    r"company|employer|position|title|role|job|status|firma|entreprise|empresa|puesto|cargo|vaga|компан|вакан|name",
    re.I,
)


def read_json(data: bytes) -> tuple[Source, Sheet]:
    """Headings are row 0, so that the place in the list is the row's number."""
    text, encoding = decoded(data)
    if sum(map(text.count, "{[,")) > ITEMS:
        raise RefusedError("too_large")
    objects = _resolved(*_longest_list(_parsed(text)))
    if not objects:
        raise RefusedError("no_positions")
    keys = list(dict.fromkeys(key for one in objects for key in one))[: limits.COLUMNS]
    rows = bounded((n, [as_text(one.get(key)) for key in keys]) for n, one in enumerate(objects, 1))
    return Source("json", encoding, heading_row=0), Sheet((SourceRow(0, tuple(keys)), *rows))


def _parsed(text: str) -> Any:
    text = text.lstrip("\ufeff")
    try:
        return json.loads(text)
    except RecursionError:
        raise RefusedError("broken") from None
    except ValueError:
        return _lines(text)


def _lines(text: str) -> list[Any]:
    """One object a line (JSON Lines)."""
    try:
        return [json.loads(line) for line in text.splitlines() if line.strip()]
    except (ValueError, RecursionError):
        raise RefusedError("broken") from None


def _longest_list(found: Any) -> tuple[list[dict[str, Any]], list[list[dict[str, Any]]]]:
    """Return the list that most likely holds the positions, and all others beside it."""
    lists = list(_lists(found, DEEPEST))
    if not lists and isinstance(found, dict):
        lists = _keyed(found)
    if not lists:
        raise RefusedError("empty" if found in ([], {}) else "not_a_table")
    best = max(lists, key=_promise)
    return best, [one for one in lists if one is not best]


def _promise(objects: list[dict[str, Any]]) -> float:
    keys = {key for one in objects[:20] for key in one}
    return (
        sum(bool(TELLING.search(key)) for key in keys) + min(len(objects), 50) / 50 + len(keys) / 20
    )


def _lists(found: Any, depth: int) -> Iterator[list[dict[str, Any]]]:
    if isinstance(found, list):
        objects = [one for one in found if isinstance(one, dict)]
        if objects and len(objects) * 2 >= len(found):
            yield [one if isinstance(one, dict) else {} for one in found]
    elif isinstance(found, dict) and depth:
        boards = _by_state(found)
        if boards:
            yield boards
        else:
            for value in found.values():
                yield from _lists(value, depth - 1)


def _by_state(found: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Lists of the same objects below the names of states become one list with a key `status`."""
    lists = {key: value for key, value in found.items() if isinstance(value, list) and value}
    objects = [one for value in lists.values() for one in value if isinstance(one, dict)]
    if len(lists) < 2 or len(objects) < sum(map(len, lists.values())):
        return []
    common = set.intersection(*(set(value[0]) for value in lists.values()))
    alike = all(len(common) * 3 >= len(value[0]) * 2 for value in lists.values())
    if not alike or not any(TELLING.search(key) for key in common - {"name"}):
        return []
    if any("status" in one for one in objects):
        return objects
    return [{**one, "status": key} for key, value in lists.items() for one in value]


def _keyed(found: Mapping[str, Any]) -> list[list[dict[str, Any]]]:
    """An object whose values are all objects is a list with names."""
    values = list(found.values())
    return [values] if len(values) > 1 and all(isinstance(one, dict) for one in values) else []


def _resolved(
    objects: list[dict[str, Any]], others: Iterable[list[dict[str, Any]]]
) -> list[dict[str, Any]]:
    """Put the name where an object refers to one of another list by its id."""
    names = {
        str(one["id"]): name
        for other in others
        for one in other
        if "id" in one and isinstance(name := one.get("name") or one.get("title"), str)
    }
    if not names:
        return objects
    return [
        {
            key: names.get(value, value) if isinstance(value, str) and key != "id" else value
            for key, value in one.items()
        }
        for one in objects
    ]


def as_text(value: Any) -> str:
    """Return a value as a cell; nested ones stay JSON."""
    if value is None or value == [] or value == {}:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, list) and all(isinstance(one, (str, int, float)) for one in value):
        return ", ".join(map(str, value))
    return json.dumps(value, ensure_ascii=False)
