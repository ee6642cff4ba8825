"""Unfold the lines of an uploaded .vcf or .ics file, read in pieces and within bounds.

Large unwanted values (images, attachments) are skipped while reading, and an endless text is cut,
so that memory never holds more of a file than `KEPT_MAX`.
"""

import codecs
import re
from collections.abc import Iterator
from typing import Protocol

from django.utils.translation import gettext as _

PIECE = 8 * 1024
READ_MAX = 25 * 1024 * 1024
KEPT_MAX = 1024 * 1024
# Longer texts are cut: the search for the call's link needs no more.
LINE_MAX = 128 * 1024
# Memory of a line besides its text.
LINE_COST = 32
# Every line takes time, even if it is short or dropped.
PIECES_MAX = 500_000
BOM = codecs.BOM_UTF8
WIDE = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
# The encodings by their first bytes if the byte order mark is missing.
WIDE_LETTER = re.compile(rb"(?s)([^\0]\0)|(\0[^\0])")
# All in use: CR LF, LF, CR, and the CR CR LF of a file converted twice.
LINE_END = re.compile(rb"(?<!\r)\r*+\n|(?<!\r)\r++(?=[^\r\n])")


class UnreadableError(Exception):
    """A file that is not accepted; the text tells its owner why."""


class Upload(Protocol):
    def read(self, size: int = ..., /) -> bytes: ...


def unfolded(upload: Upload, *, kind: bytes, dropped: frozenset[str]) -> Iterator[bytes]:
    """Yield the lines whose name is not in `dropped`; raise UnreadableError without a
    BEGIN:`kind`."""
    line = bytearray()
    is_dropping, is_start, has_begun, kept = False, True, False, 0
    for number, (piece, ends) in enumerate(_pieces(upload)):
        if kept > KEPT_MAX or number > PIECES_MAX:
            raise UnreadableError(_("This file has too much text. Export fewer entries at a time."))
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
                    body = body.removeprefix(BOM)  # joined files may have one each
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
    """Yield the lines as UTF-8 without their ends; a long one in parts, each with whether the line
    ends there."""
    rest = b""
    for block in _in_utf8(upload):
        *lines, rest = LINE_END.split(rest + block)
        yield from ((line, True) for line in lines)
        if len(rest) > PIECE:
            part = rest.rstrip(b"\r")
            yield part, False
            # the next piece tells whether it is CR LF
            rest = b"\r" if len(part) < len(rest) else b""
    if rest:
        yield rest.rstrip(b"\r"), True


def _in_utf8(upload: Upload) -> Iterator[bytes]:
    total, decoder = 0, None
    while block := upload.read(PIECE):
        if total == 0 and (wide := _wide(block)):
            decoder = codecs.getincrementaldecoder(wide)("replace")
        total += len(block)
        if total > READ_MAX:
            raise UnreadableError(_("This file is too large. Choose one up to 25 MB."))
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
        raise UnreadableError(_("This isn’t a contact file. Export your contacts as .vcf."))
    raise UnreadableError(_("This isn’t an invitation. Save it as .ics."))


def _end_soft_break(line: bytearray) -> bool:
    """Quoted-printable text of vCard 2.1 continues in the next line after a "=" at its end."""
    is_broken = line.endswith(b"=") and b"QUOTED-PRINTABLE" in line[: line.find(b":")].upper()
    if is_broken:
        del line[-1:]
    return is_broken


def _is_stray(body: bytes) -> bool:
    """The rest of an image that a program forgot to indent."""
    return b":" not in body


def _name_of(body: bytes) -> str:
    name = re.split(rb"[:;]", body[:100], maxsplit=1)[0].decode("ascii", "replace")
    return name.rpartition(".")[2].strip().upper()


def _whole(line: bytearray) -> bytes:
    """Cut a text that is too long between two letters."""
    end = len(line)
    if end > LINE_MAX:
        end = LINE_MAX
        while end > LINE_MAX - 4 and line[end] & 0xC0 == 0x80:
            end -= 1
    return bytes(line[:end])
