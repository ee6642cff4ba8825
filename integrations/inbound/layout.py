"""Recognise how mail programs write down other mails: labels, separators, marks of quotation."""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from integrations.inbound.headers import Address, address_of
from integrations.inbound.phrases import DATA
from integrations.inbound.words import fold

QUOTED = re.compile(r"^[ \t]{0,3}(?:[>|][ \t]?){1,30}")
LABEL = re.compile(
    r"^[\s*]{0,5}([^\W\d_][^:<>@\n]{0,24}?)[\s*]{0,3}:[*]{0,2}(?:\s|$|(?=[<\w\"]))(.*)$"
)
RULE = re.compile(r"^\s{0,3}[_]{20,}\s*$")
DASHES = re.compile(r"^\s{0,3}[-—_=*~#]{2,}")
# Yandex: 27.11.2026, 13:31, "Anna Lang" <anna@acme.example>:
DATED_SENDER = re.compile(
    r"^\s{0,3}(\d[^\"<]{5,40}?),?\s+(\"?[^\"<>]{0,80}\"?\s*<[^<>\s]{3,200}>):?\s*$"
)
LINE_MAX = 1000
BLOCK_LINES_MAX = 14
PREFIX = re.compile(r"^\s*\[?([^\W\d_]{1,6}(?:-enc)?)(?:\[\d+\])?\s?(?:\(\d+\))?:\s*")
TAG = re.compile(r"^\s*(?:\[[^\]]{1,30}\]|\*+[^*]{1,20}\*+)\s*")


@cache
def layout() -> dict[str, Any]:
    with (DATA / "layout.toml").open("rb") as file:
        return tomllib.load(file)


@cache
def _labels() -> dict[str, str]:
    return {word: key for key, words in layout()["labels"].items() for word in words}


@cache
def _inline_label() -> re.Pattern[str]:
    """A label within a line: Yahoo writes all of them into one."""
    words = [word for key in ("from", "date", "to", "subject") for word in layout()["labels"][key]]
    return re.compile(
        r"(?<![a-z])("
        + "|".join(sorted(map(re.escape, words), key=len, reverse=True))
        + r")\s?:\s?"
    )


@dataclass(frozen=True, slots=True)
class Block:
    """The head of another mail within a text: lines `first` to `end`, and what they say."""

    first: int
    end: int
    sender: Address
    subject: str
    date: str
    is_quoted: bool
    is_marked: bool
    recipients: str = ""


def unquoted(line: str) -> str:
    return QUOTED.sub("", line[:LINE_MAX], count=1)


def depth_of(line: str) -> int:
    found = QUOTED.match(line[:LINE_MAX])
    return sum(letter in ">|" for letter in found.group()) if found else 0


def without_depth(line: str, depth: int) -> str:
    for _ in range(depth):
        line = re.sub(r"^[ \t]{0,3}[>|][ ]?", "", line, count=1)
    return line


@lru_cache(512)
def label_of(line: str) -> tuple[str, str] | None:
    """Return the meaning of the line's label (from, date, to, subject, other) and its value."""
    found = LABEL.match(unquoted(line))
    if not found:
        return None
    meaning = _labels().get(" ".join(fold(found[1]).split()))
    return (meaning, found[2].strip(" \t*")) if meaning else None


def first_block(lines: Sequence[str], start: int = 0) -> Block | None:
    """Return the first head of another mail at or after a line."""
    number = start
    while number < len(lines):
        block = _yandex(lines, number) or block_at(lines, number)
        if block:
            return block
        number += 1
    return None


def block_at(lines: Sequence[str], first: int) -> Block | None:
    label = label_of(lines[first])
    if not label:
        return None
    fields = _one_line(lines[first]) if label[0] == "from" else {}
    number = first + 1
    if not fields:
        fields, number = _fields(lines, first)
    if "from" not in fields or len(fields) < 2:
        return None
    marker = _marker_before(lines, first)
    date = fields.get("date", "")
    if not date and marker is not None and re.search(r"\d", lines[marker]):
        date = unquoted(lines[marker])  # Orange: "Message du 27/11/26 18:02"
    return Block(
        first=first if marker is None else marker,
        end=number,
        sender=address_of(fields["from"]),
        subject=fields.get("subject", ""),
        date=date,
        is_quoted=depth_of(lines[first]) > 0,
        is_marked=marker is not None and is_forward_marker(lines[marker]),
        recipients=fields.get("to", ""),
    )


def _fields(lines: Sequence[str], first: int) -> tuple[dict[str, str], int]:
    """Return what the labels from this line on say, and the line after them."""
    fields: dict[str, str] = {}
    number, last, blanks = first, "", 0
    while number < min(len(lines), first + BLOCK_LINES_MAX):
        text = unquoted(lines[number])
        label = label_of(lines[number])
        if label:
            if label[0] in fields and label[0] != "other":
                break
            fields[label[0]] = label[1]
            last, blanks = label[0], 0
        elif not text.strip():
            # A program may write a blank line after each label; the text is no label.
            if (last == "subject" and len(fields) >= 3) or blanks:
                break
            if number + 1 >= len(lines) or not label_of(lines[number + 1]):
                break
            blanks += 1
        elif (
            last in ("to", "other", "subject", "from", "date")
            and text[:1] in " \t"
            and len(text) < 200
        ):
            fields[last] += " " + text.strip()
        elif last and not fields[last]:
            fields[last] = text.strip()
        elif (
            (last in ("to", "other") and (text.rstrip().endswith((">", ";", ",")) or "@" in text))
            or (last == "from" and re.match(r"\s*[<\[(]\S+@", text))
            or (last == "subject" and number + 1 < len(lines) and label_of(lines[number + 1]))
        ):
            fields[last] += " " + text.strip()
        else:
            break
        number += 1
    return fields, number


def _one_line(line: str) -> dict[str, str]:
    text = unquoted(line)
    found = list(_inline_label().finditer(fold(text)))
    if len(fold(text)) != len(text) or len(found) < 3:
        return {}
    fields: dict[str, str] = {}
    for each, after in zip(found, [*found[1:], None], strict=True):
        meaning = _labels()[each[1]]
        if meaning in fields or ("subject" in fields):
            continue
        end = None if meaning == "subject" or after is None else after.start()
        fields[meaning] = text[each.end() : end].strip(" *")
    return fields if len(fields) >= 3 else {}


def _yandex(lines: Sequence[str], number: int) -> Block | None:
    if not is_forward_marker(lines[number]):
        return None
    for place in range(number + 1, min(number + 4, len(lines))):
        found = DATED_SENDER.match(unquoted(lines[place]))
        if found:
            quoted = depth_of(lines[place]) > 0
            return Block(number, place + 1, address_of(found[2]), "", found[1], quoted, True)
        if unquoted(lines[place]).strip():
            break
    return None


def _marker_before(lines: Sequence[str], first: int) -> int | None:
    """Return the line of a separator close above, of whatever kind."""
    seen = 0
    for place in range(first - 1, max(-1, first - 8), -1):
        text = unquoted(lines[place]).strip()
        if not text:
            continue
        if is_forward_marker(lines[place]) or is_original_marker(lines[place]) or RULE.match(text):
            return place
        seen += 1
        if seen > 1:
            break
    return None


def _has(line: str, which: str) -> bool:
    text = fold(unquoted(line)).strip()
    return any(word in text for word in layout()["markers"][which])


def is_forward_marker(line: str) -> bool:
    text = fold(unquoted(line)).strip(" *")
    if not text or len(text) > 120:
        return False
    if any(text.startswith(word) for word in layout()["markers"]["begin"] if word != "----"):
        return text.endswith(":") or text.startswith("message du ") or len(text) < 60
    return bool(DASHES.match(text)) and _has(line, "forward") and not is_end_marker(line)


def is_original_marker(line: str) -> bool:
    text = unquoted(line).strip()
    return len(text) < 120 and bool(DASHES.match(text)) and _has(line, "original")


def is_end_marker(line: str) -> bool:
    text = unquoted(line).strip()
    return bool(DASHES.match(text)) and len(text) < 120 and _has(line, "end")


def is_mobile_line(line: str) -> bool:
    text = fold(unquoted(line)).strip(" *_-")
    return len(text) < 90 and any(text.startswith(each) for each in layout()["mobile"]["lines"])


def is_wrote_line(text: str) -> bool:
    """Tell whether this introduces a quotation: `On 26 Nov 2026 Anna Lang <…> wrote:`."""
    text = fold(unquoted(text)).strip(" *\u200e")
    if not text.endswith(":") or len(text) > 300 or not re.search(r"\d", text):
        return False
    words = text[:-1].rstrip()
    has_verb = any(each in words for each in layout()["wrote"]["verbs"])
    return (has_verb and bool(re.search(r"\d[:.h]\d\d|\d{4}|@", words))) or words.endswith(">")


def bare_subject(subject: str) -> tuple[str, str]:
    """Return the subject without its prefixes, and what the outermost says: forward, reply or ''."""  # noqa: E501
    first = ""
    for _ in range(8):
        subject = (
            TAG.sub("", subject, count=1)
            if TAG.match(subject) and PREFIX.match(TAG.sub("", subject, count=1))
            else subject
        )
        found = PREFIX.match(subject)
        word = fold(found[1]) if found else ""
        kind = next((k for k, words in layout()["subjects"].items() if word in words), "")
        if not found or not kind:
            break
        first = first or kind
        subject = subject[found.end() :]
    return subject.strip(), first
