"""Take apart cells that hold a person, or several."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from .cell_kinds import EMAIL, PHONE
from .states import role_of

BRACKETS = re.compile(r"[(\[<{]([^()\[\]<>{}]*)[)\]>}]")
EDGES = " \t,;:|/–—-•*·()<>[]"
LABELS = re.compile(
    r"(?i)\b(?:e-?mail|mail|tel(?:efon|ephone|éfono)?|phone|mob(?:ile|il)?|handy|fon|cell|correo|celular|тел|почта|моб)\b\s*[.:]+"
)
ADDRESSES = re.compile(r"(?i)(?:https?://|www\.)\S+")
NAME_KEYS = ("name", "full_name", "fullname", "displayname", "nombre", "nom")
LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class Person:
    name: str = ""
    email: str = ""
    phone: str = ""
    role: str = ""


def one_person(text: str) -> Person:
    """Read a name with an address, a number and a role around it."""
    email = found[0] if (found := EMAIL.search(text)) else ""
    bare = LABELS.sub(" ", ADDRESSES.sub(" ", EMAIL.sub(" ", text)))
    phone = ""
    if (number := PHONE.search(bare)) and len(re.sub(r"\D", "", number[0])) >= 6:
        phone = plain_number(number[0])
        bare = bare.replace(number[0], " ")
    hints = [hint.strip() for hint in BRACKETS.findall(bare) if hint.strip()]
    bare = BRACKETS.sub(" ", bare)
    parts = [
        part for piece in re.split(r"[\n,;|]|\s[–—-]\s|\s/\s", bare) if (part := _trimmed(piece))
    ]
    name = parts[0] if parts else ""
    role = next((role for hint in (*hints, *parts[1:]) if (role := role_of(hint))), "")
    return Person(name[:LONGEST_NAME], email.rstrip("."), phone, role)


def _trimmed(text: str) -> str:
    return " ".join(text.split()).strip(EDGES)


def plain_number(text: str) -> str:
    """Return a number as it was typed, without a bracket that is left alone."""
    text = " ".join(text.split()).strip(" ,;:|/–—-•")
    return text if text.count("(") == text.count(")") else text.strip("() ")


def several_people(text: str) -> list[Person]:
    """Read the people of a cell, one a line or between semicolons."""
    nested = _nested(text)
    if nested is not None:
        return nested
    people = [one_person(part) for part in _parts(text)]
    return [one for one in people if one.name or one.email or one.phone]


def _parts(text: str) -> list[str]:
    """Cut where a new person begins: what follows a name may be its address and number."""
    lines = [line.strip() for line in re.split(r"[\n;]", text) if line.strip()]
    if len(lines) > 1 and sum(_names_nobody(line) for line in lines) * 2 >= len(lines):
        lines = _gathered(lines)
    if len(lines) == 1:
        lines = _cut_line(lines[0])
    return lines


def _gathered(lines: list[str]) -> list[str]:
    parts: list[str] = []
    for line in lines:
        if parts and _names_nobody(line):
            parts[-1] += f"\n{line}"
        else:
            parts.append(line)
    return parts


def _names_nobody(line: str) -> bool:
    return not one_person(line).name or bool(role_of(line) and len(line.split()) < 4)


def _cut_line(line: str) -> list[str]:
    """Cut "Ann Lee, Bob Ray" and "Ann Lee & Bob Ray"; leave "Ann Lee, 030 123456" whole."""
    pieces = [
        piece for piece in re.split(r",|\s(?:&|\+|/|and|und|et|y|e|и)\s", line) if piece.strip()
    ]
    names = [piece for piece in pieces if _is_full_name(piece)]
    return pieces if len(pieces) > 1 and len(names) == len(pieces) else [line]


def _is_full_name(text: str) -> bool:
    words = BRACKETS.sub("", EMAIL.sub("", text)).split()
    return 2 <= len(words) <= 5 and all(word[0].isupper() for word in words) and not role_of(text)


def _nested(text: str) -> list[Person] | None:
    if text[:1] not in "[{":
        return None
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return list(_of_objects(found))


def _of_objects(found: Any) -> Iterator[Person]:
    for one in found if isinstance(found, list) else [found]:
        if isinstance(one, str):
            yield one_person(one)
        elif isinstance(one, dict):
            lower = {str(key).casefold().replace("-", "_"): value for key, value in one.items()}
            name = next((lower[key] for key in NAME_KEYS if isinstance(lower.get(key), str)), "")
            given = [lower.get(key) for key in ("first_name", "firstname", "last_name", "lastname")]
            name = name or " ".join(part for part in given if isinstance(part, str))
            role = next(
                (
                    lower[key]
                    for key in ("role", "title", "position", "job_title")
                    if isinstance(lower.get(key), str)
                ),
                "",
            )
            email = next(
                (value for key, value in lower.items() if "mail" in key and isinstance(value, str)),
                "",
            )
            phone = next(
                (
                    str(value)
                    for key, value in lower.items()
                    if ("phone" in key or key in ("tel", "mobile"))
                    and isinstance(value, (str, int))
                ),
                "",
            )
            if name or email or phone:
                yield Person(name[:LONGEST_NAME], email, phone, role_of(role))
