"""The rows of an export out of its JSON text, one at a time, so that memory holds no more than one.

The outermost object and its lists are read here by hand; each row in them by Python's own decoder.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from integrations.content_lines import UnreadableError
from personal_data.schema import BY_NAME

# What a person types at once is at most 1 MB, which escapes can double.
ROW_MAX = 2_500_000
# A row with more lists, objects and texts than this is none of ours, and would fill the memory.
PARTS_MAX = 50_000
# A job search of 1,000 interviews has 10,000.
ROWS_MAX = 50_000
# More digits than any number here has.
DIGITS_MAX = 18
SPACE = re.compile(r"[ \t\r\n]*")

Row = dict[str, Any]


def read_rows(pieces: Iterator[str]) -> Iterator[tuple[str, int, Row]]:
    """Each row with the name of its table and its number there, from 1 on. The values that stand
    outside of tables come first, as ("", 0, {…})."""
    text = _Text(pieces)
    head: Row = {}
    tables: set[str] = set()
    count = 0
    for name in text.members():
        if name in BY_NAME:
            if not tables:
                yield "", 0, head
            if name in tables:
                raise UnreadableError(_twice(name))
            tables.add(name)
            for number, row in enumerate(text.items(), start=1):
                count += 1
                if count > ROWS_MAX:
                    raise UnreadableError(_("There are more entries in this export than fit."))
                yield name, number, row
        elif tables or name in head:
            raise UnreadableError(_unknown(name))
        else:
            head[name] = text.value()
    if not tables:
        yield "", 0, head


def _unknown(name: str) -> str:
    return _("This export holds “%(name)s”, which this Hearback does not know.") % {
        "name": name[:60]
    }


def _twice(name: str) -> str:
    return _("“%(name)s” is in this export twice.") % {"name": name[:60]}


class _Text:
    """Text that comes in pieces, and the place in it up to which it is read."""

    def __init__(self, pieces: Iterator[str]) -> None:
        self._pieces = pieces
        self._text, self._at, self._is_whole = "", 0, False
        self._decoder = json.JSONDecoder(
            object_pairs_hook=_once,
            parse_int=_int,
            parse_float=_no_number,
            parse_constant=_no_number,
        )

    def members(self) -> Iterator[str]:
        """The names in the outermost object; whoever asks for the next has read the value."""
        self._take("{")
        if self._takes("}"):
            self._end()
            return
        while True:
            name = self.value()
            if not isinstance(name, str):
                raise UnreadableError(_no_json())
            self._take(":")
            yield name
            if not self._takes(","):
                break
        self._take("}")
        self._end()

    def items(self) -> Iterator[Row]:
        """The objects in a list."""
        self._take("[")
        if self._takes("]"):
            return
        while True:
            if self._sign() != "{":
                raise UnreadableError(_no_json())
            yield self.value()
            if not self._takes(","):
                break
        self._take("]")

    def value(self) -> Any:
        """What stands here, read whole; more text is fetched for as long as it is not."""
        self._sign()
        while True:
            try:
                found, end = self._decoder.raw_decode(self._text, self._at)
            except json.JSONDecodeError as error:
                if self._is_whole:
                    raise UnreadableError(_no_json()) from error
            except RecursionError as error:
                raise UnreadableError(_no_json()) from error
            else:
                # A number at the very end may go on.
                if end < len(self._text) or self._is_whole:
                    self._at = end
                    return found
            self._double()

    def _sign(self) -> str:
        """The next sign that is no space; "" at the end."""
        while True:
            spaces = SPACE.match(self._text, self._at)
            self._at = spaces.end() if spaces else self._at
            if self._at < len(self._text):
                return self._text[self._at]
            if self._is_whole:
                return ""
            self._more()

    def _takes(self, sign: str) -> bool:
        is_there = self._sign() == sign
        self._at += is_there
        return is_there

    def _take(self, sign: str) -> None:
        if not self._takes(sign):
            raise UnreadableError(_no_json())

    def _end(self) -> None:
        if self._sign():
            raise UnreadableError(_no_json())

    def _more(self) -> None:
        """One more piece; what was read is let go."""
        piece = next(self._pieces, None)
        self._is_whole = piece is None
        self._text, self._at = self._text[self._at :] + (piece or ""), 0

    def _double(self) -> None:
        """As much again as is waiting, so that a long row is not decoded once for each piece."""
        waiting = len(self._text) - self._at
        if waiting > ROW_MAX:
            raise UnreadableError(_("An entry of this export is too long."))
        held = self._text[self._at :]
        pieces = [held]
        length = 0
        while length <= waiting and not self._is_whole:
            piece = next(self._pieces, None)
            self._is_whole = piece is None
            pieces.append(piece or "")
            length += len(piece or "")
        self._text, self._at = "".join(pieces), 0
        if sum(map(self._text.count, "[{")) > PARTS_MAX:
            raise UnreadableError(_no_json())


def _once(pairs: list[tuple[str, Any]]) -> Row:
    found: Row = {}
    for name, value in pairs:
        if name in found:
            raise UnreadableError(_twice(name))
        found[name] = value
    return found


def _int(digits: str) -> int:
    if len(digits) > DIGITS_MAX:
        raise UnreadableError(_("A number in this export is too long."))
    return int(digits)


def _no_number(_said: str) -> Any:
    raise UnreadableError(_("A number in this export is no whole number."))


def _no_json() -> str:
    return _("The facts in this export are not written as Hearback writes them.")
