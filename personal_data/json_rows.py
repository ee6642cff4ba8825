"""Read the rows of an export from its JSON text one at a time, to save memory.

The outermost object and its lists are parsed here; each row in them by Python's own decoder.
"""

import json
from collections import Counter
from collections.abc import Iterator
from typing import IO, Any

from django.utils.translation import gettext as _

from integrations.content_lines_read import UnreadableError
from personal_data.schema import BY_NAME
from personal_data.zip_reader import read_lines

# A row with more lists and objects than this is none of ours, and would fill the memory.
PARTS_MAX = 50_000
# A job search of 1,000 interviews has 10,000.
ROWS_MAX = 50_000
# More digits than any number here has.
DIGITS_MAX = 18

Row = dict[str, Any]


def read_rows(file: IO[bytes]) -> Iterator[tuple[str, int, Row]]:
    """Each row with the name of its table and its number there, from 1 on; before them, without a
    name, what the export says of itself."""
    numbers: Counter[str] = Counter()
    for count, (name, line) in enumerate(read_lines(file)):
        if name and name not in BY_NAME:
            raise UnreadableError(_unknown(name))
        if count > ROWS_MAX:
            raise UnreadableError(_("This export has too many entries."))
        numbers[name] += 1
        yield name, numbers[name], _row(line)


def _row(line: str) -> Row:
    if sum(map(line.count, "[{")) > PARTS_MAX:
        raise UnreadableError(_no_json())
    try:
        row = DECODER.decode(line)
    except (json.JSONDecodeError, RecursionError) as error:
        raise UnreadableError(_no_json()) from error
    if not isinstance(row, dict):
        raise UnreadableError(_no_json())
    return row


def _once(pairs: list[tuple[str, Any]]) -> Row:
    found = dict(pairs)
    if len(found) < len(pairs):
        name, _count = Counter(name for name, _value in pairs).most_common(1)[0]
        raise UnreadableError(_("“%(name)s” appears twice in this export.") % {"name": name[:60]})
    return found


def _int(digits: str) -> int:
    if len(digits) > DIGITS_MAX:
        raise UnreadableError(_("A number in this export is too long."))
    return int(digits)


def _no_number(_said: str) -> Any:
    raise UnreadableError(_("A number in this export isn’t a whole number."))


def _no_json() -> str:
    return _("The data in this export isn’t in Hearback’s format.")


def _unknown(name: str) -> str:
    return _("This export contains “%(name)s”, which we don’t recognise.") % {"name": name[:60]}


DECODER = json.JSONDecoder(
    object_pairs_hook=_once,
    parse_int=_int,
    parse_float=_no_number,
    parse_constant=_no_number,
)
