"""Read headers of mails as written: encoded words, raw bytes, addresses. Nothing here raises."""

import base64
import binascii
import quopri
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime

from integrations.inbound.charsets import decoded
from integrations.inbound.words import clean

VALUE_MAX = 2000
MANY = 400
ENCODED = re.compile(r"=\?([\w.:-]{1,40})(?:\*[\w-]{1,20})?\?([bBqQ])\?([^?\s]{0,1000})\?=")
ADDRESS = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,128}@[\w.-]{1,190}\w")
BREAKS = re.compile(r"[\r\n]+[ \t]*")


@dataclass(frozen=True, slots=True)
class Address:
    name: str
    email: str

    @property
    def domain(self) -> str:
        return self.email.rpartition("@")[2]


NOBODY = Address("", "")


class Headers:
    def __init__(self, items: Iterable[tuple[str, str]]) -> None:
        self._items = [(name.lower(), str(value)) for name, value in list(items)[:MANY]]

    def all(self, name: str) -> list[str]:
        return [header_text(value) for key, value in self._items if key == name]

    def get(self, name: str) -> str:
        return next((header_text(value) for key, value in self._items if key == name), "")

    def has(self, *names: str) -> bool:
        return any(key in names for key, _ in self._items)

    def address(self, name: str) -> Address:
        return address_of(self.get(name))

    def emails(self, *names: str) -> list[str]:
        return [
            each.lower() for name in names for value in self.all(name) for each in emails_in(value)
        ]

    def moment(self) -> datetime | None:
        try:
            found = parsedate_to_datetime(self.get("date"))
        except (ValueError, TypeError, IndexError, OverflowError):
            return None
        return found if 1990 < found.year < 2200 else None


def header_text(value: str) -> str:
    """Return the value unfolded, with its encoded words and raw bytes as text."""
    value = BREAKS.sub(" ", value[:VALUE_MAX])
    raw = value.encode("ascii", "surrogateescape") if _is_raw(value) else b""
    value = decoded(raw, "") if raw else value
    pieces: list[str] = []
    begin, pending, charset = 0, b"", ""
    for found in ENCODED.finditer(value):
        between = value[begin : found.start()]
        if pending and (between.strip() or charset != found[1].lower()):
            pieces.append(decoded(pending, charset))
            pending = b""
        if between.strip() or not begin:
            pieces.append(between)
        pending += _unpacked(found[2].lower(), found[3])
        charset, begin = found[1].lower(), found.end()
    pieces += [decoded(pending, charset) if pending else "", value[begin:]]
    return clean("".join(pieces)).strip()


def _is_raw(value: str) -> bool:
    return any("\udc80" <= letter <= "\udcff" for letter in value) and not any(
        "\x80" <= letter < "\ud800" for letter in value
    )


def _unpacked(way: str, text: str) -> bytes:
    if way == "q":
        return quopri.decodestring(text.replace("_", " ").encode("utf-8", "replace"))
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError):
        return b""


def emails_in(text: str) -> list[str]:
    return ADDRESS.findall(text[:VALUE_MAX])


def address_of(text: str) -> Address:
    """Return name and address of the first mailbox, in whatever way a program shows them:
    `Anna Lang <a@b.de>`, `a@b.de (Anna Lang)`, `"Lang, Anna" [mailto:a@b.de]`, `Anna Lang`."""
    text = text[:VALUE_MAX].strip()
    found = ADDRESS.search(text)
    before = text[: found.start()] if found else text
    after = text[found.end() :] if found else ""
    before = re.sub(r"(?i)[<\[(]*(?:mailto:)?[<\[(]*$", "", before.strip()).strip()
    name = before.strip(" \"'<>[](),;:*") or (
        after[1:].partition(")")[0].strip(" \"'") if after.lstrip().startswith("(") else ""
    )
    if name.lower().startswith("mailto"):
        name = ""
    email = found.group().lower().removeprefix("mailto:") if found else ""
    return Address(name.replace("*", "").strip(), email.strip("'"))
