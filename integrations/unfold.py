"""An uploaded .vcf or .ics file as its unfolded lines, read in pieces and within bounds.

What is large and not wanted (pictures, attachments) is let go while it is read, and a text without
end is cut, so that no more of a file than `KEPT_MAX` is ever in memory, however large it is.
"""

import codecs
import re
from collections.abc import Iterator
from typing import Protocol

from django.utils.translation import gettext as _

PIECE = 8 * 1024
READ_MAX = 25 * 1024 * 1024
KEPT_MAX = 1024 * 1024
# A longer text is cut: of a description no more is looked through for the link to the call.
LINE_MAX = 128 * 1024
# What a line takes in memory besides its text.
LINE_COST = 32
# Each takes its time, however short it is, and even if it is let go.
PIECES_MAX = 500_000
BOM = codecs.BOM_UTF8
WIDE = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
# Of the first letter, where the mark is missing.
WIDE_LETTER = re.compile(rb"(?s)([^\0]\0)|(\0[^\0])")
# Each in use: CR LF, LF, CR, and the CR CR LF of a file that was twice written as text.
LINE_END = re.compile(rb"(?<!\r)\r*+\n|(?<!\r)\r++(?=[^\r\n])")


class UnreadableError(Exception):
    """A file that is not taken; the text says why, for its owner to read."""


class Upload(Protocol):
    def read(self, size: int = ..., /) -> bytes: ...


def unfolded(upload: Upload, *, kind: bytes, dropped: frozenset[str]) -> Iterator[bytes]:
    """Those whose name is not `dropped`; UnreadableError where none is a BEGIN:`kind`."""
    line = bytearray()
    is_dropping, is_start, has_begun, kept = False, True, False, 0
    for number, (piece, ends) in enumerate(_pieces(upload)):
        if kept > KEPT_MAX or number > PIECES_MAX:
            raise UnreadableError(_("There is more text in this file than can be read at once."))
        body = piece
        if is_start:
            if not body or (not has_begun and not body.strip()):
                _end_soft_break(line)
                continue
            if not _end_soft_break(line):
                if body[:1] in (b" ", b"\t") and has_begun:
                    body = body[1:]
                elif not (is_dropping and _is_stray(body)):
                    if line:
                        yield _whole(line)
                    line.clear()
                    body = body.removeprefix(BOM)  # each of several joined files may have one
                    has_begun = has_begun or _begins(body, kind)
                    is_dropping = _name_of(body) in dropped
                    kept += LINE_COST
        is_start = ends
        if not is_dropping:
            body = body[: max(LINE_MAX + 1 - len(line), 0)]
            kept += len(body)
            line += body
    if line:
        yield _whole(line)


def _pieces(upload: Upload) -> Iterator[tuple[bytes, bool]]:
    """The file in UTF-8 by its lines, without what ends them; of a long one a part at a time,
    and whether it ends there."""
    rest = b""
    for block in _in_utf8(upload):
        *lines, rest = LINE_END.split(rest + block)
        yield from ((line, True) for line in lines)
        if len(rest) > PIECE:
            part = rest.rstrip(b"\r")
            yield part, False
            rest = b"\r" if len(part) < len(rest) else b""  # whether a line ends so is seen next
    if rest:
        yield rest.rstrip(b"\r"), True


def _in_utf8(upload: Upload) -> Iterator[bytes]:
    total, decoder = 0, None
    while block := upload.read(PIECE):
        if total == 0 and (wide := _wide(block)):
            decoder = codecs.getincrementaldecoder(wide)("replace")
        total += len(block)
        if total > READ_MAX:
            raise UnreadableError(_("This file is too large; choose one of at most 25 MB."))
        yield decoder.decode(block).encode() if decoder else block


def _wide(start: bytes) -> str | None:
    if wide := WIDE.get(start[:2]):
        return wide
    found = WIDE_LETTER.match(start)
    return None if found is None else "utf-16-le" if found[1] else "utf-16-be"


def _begins(body: bytes, kind: bytes) -> bool:
    if body.upper().lstrip().startswith(b"BEGIN:" + kind):
        return True
    if kind == b"VCARD":
        raise UnreadableError(_("This is no business card, whatever its name; export it as .vcf."))
    raise UnreadableError(_("This is no invitation, whatever its name; save it as .ics."))


def _end_soft_break(line: bytearray) -> bool:
    """An encoded text of vCard 2.1 goes on in the next line after a "=" at its end."""
    is_broken = line.endswith(b"=") and b"QUOTED-PRINTABLE" in line[: line.find(b":")].upper()
    if is_broken:
        del line[-1:]
    return is_broken


def _is_stray(body: bytes) -> bool:
    """The rest of a picture that its program forgot to indent."""
    return b":" not in body


def _name_of(body: bytes) -> str:
    name = re.split(rb"[:;]", body[:100], maxsplit=1)[0].decode("ascii", "replace")
    return name.rpartition(".")[2].strip().upper()


def _whole(line: bytearray) -> bytes:
    """Cut, where it is too long, between two letters."""
    end = len(line)
    if end > LINE_MAX:
        end = LINE_MAX
        while end > LINE_MAX - 4 and line[end] & 0xC0 == 0x80:
            end -= 1
    return bytes(line[:end])
