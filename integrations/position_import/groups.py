"""Number the interviews and people of a row: which columns belong to the same one."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from .headings import PEOPLE, Heading

TALK_PARTS = ("starts", "date", "time", "zone", "ends", "stage", "place", "link")
PERSON_PARTS = ("", "name", "first_name", "last_name", "email", "phone", "role")
MOST = 9


@dataclass(frozen=True, slots=True)
class Numbered:
    number: int
    head: Heading
    sense: str


@dataclass(slots=True)
class _Group:
    key: tuple[str, ...] | None
    parts: set[str] = field(default_factory=set)


def numbered(columns: Sequence[Numbered]) -> dict[int, str]:
    """Return the fields, with talks and people numbered in the order of their columns."""
    talks: list[_Group] = []
    people: list[_Group] = []
    fields = {}
    for column in columns:
        kind, _, part = column.sense.partition(".")
        if kind == "talk":
            number = _talk(talks, column.head, part)
            fields[column.number] = f"interview[{number}].{part}" if number else "notes"
        elif kind == "person":
            number = _person(people, column.head, part)
            dotted = f".{part}" if part else ""
            fields[column.number] = f"person[{number}]{dotted}" if number else "notes"
        else:
            fields[column.number] = column.sense
    return fields


def _talk(groups: list[_Group], head: Heading, part: str) -> int:
    key = tuple(word for word in head.key if word not in PEOPLE and word != "round")
    same = [n for n, group in enumerate(groups, 1) if group.key == key and part not in group.parts]
    begins = part in ("starts", "date")
    if same:
        number = same[-1] if not begins else same[0]
    elif groups and not begins and not key:
        number = _last_without(groups, part)
    elif groups and begins and groups[-1].key == () and not groups[-1].parts & {"starts", "date"}:
        number = len(groups)
    else:
        groups.append(_Group(key))
        number = len(groups)
    groups[number - 1].parts.add(part)
    return number if number <= MOST else 0


def _last_without(groups: list[_Group], part: str) -> int:
    """An attribute without a number belongs to the last talk that lacks it."""
    lacking = [n for n, group in enumerate(groups, 1) if part not in group.parts]
    return lacking[-1] if lacking else len(groups)


def _person(groups: list[_Group], head: Heading, part: str) -> int:
    key = tuple(word for word in head.key if word in PEOPLE or word.isdigit())
    names = part in ("", "name", "first_name")
    for number, group in enumerate(groups, 1):
        lacks = part not in group.parts and not ("" in group.parts and names)
        if lacks and group.key is not None and group.key == key and (key or number == len(groups)):
            return _joined(group, part, number)
    if groups and part not in groups[-1].parts:
        last = groups[-1]
        is_free = last.key in (None, ()) and not (names and last.parts & {"", "name"})
        if is_free or (not names and not key):
            last.key = last.key or key or None
            return _joined(last, part, len(groups))
    groups.append(_Group(key if names else key or None, {part}))
    return len(groups) if len(groups) <= MOST else 0


def _joined(group: _Group, part: str, number: int) -> int:
    group.parts.add(part)
    return number
