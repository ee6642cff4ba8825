"""An uploaded .vcf or .ics file as content lines, read in pieces and within bounds.

What is large and not wanted (pictures, HTML copies of a text) is let go while it is read, so that
no more of a file than `KEPT_MAX` is ever in memory, however large it is.
"""

import codecs
import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Protocol

from django.utils.translation import gettext as _

from accounts.text import readable

PIECE = 8 * 1024
READ_MAX = 25 * 1024 * 1024
KEPT_MAX = 512 * 1024
LINE_MAX = 32 * 1024
# Each takes its time, however short it is, and even if it is let go.
PIECES_MAX = 500_000
BOM = codecs.BOM_UTF8
WIDE_BOMS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# What old address books declare; others, such as Python's "hex", are no encodings of text.
CHARSET = re.compile(
    r"(?i)^(utf-?8|us-ascii|iso-8859-\d+|latin1|(windows-|cp)\d{3,4}|koi8-[ru]|"
    r"gb2312|gbk|gb18030|big5|shift_jis|euc-(jp|kr)|iso-2022-jp)$"
)
# Nothing that a person types; tab and line breaks are kept.
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
ESCAPED = re.compile(r"\\(.)", re.DOTALL)


class UnreadableError(Exception):
    """A file that is not taken; the text says why, for its owner to read."""


class Upload(Protocol):
    def readline(self, size: int = ..., /) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Line:
    """`name` without its group and in capitals, as are the names of parameters; `value` as it is
    written, still escaped."""

    name: str
    value: str
    params: dict[str, list[str]] = field(default_factory=dict)

    @property
    def text(self) -> str:
        return unescape(self.value)

    def types(self) -> set[str]:
        return {value.upper() for value in self.params.get("TYPE", ())}


def unescape(value: str) -> str:
    r"""`\n` is a line break, any other sign after a backslash is itself."""
    return readable(ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], value))


def escape(text: str) -> str:
    """Of all line breaks one kind is written, and no control sign, which neither format allows.
    icalendar's own escaping takes a typed “\\N” for a line break, so it is done here."""
    plain = CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    for sign in ("\\", ";", ","):
        plain = plain.replace(sign, f"\\{sign}")
    return plain.replace("\n", "\\n")


def split(value: str, sign: str) -> list[str]:
    """The parts between unescaped `sign`s, still escaped."""
    parts = [""]
    for piece in re.findall(r"\\.|[^\\]|\\$", value, re.DOTALL):
        if piece == sign:
            parts.append("")
        else:
            parts[-1] += piece
    return parts


def read_lines(upload: Upload, *, kind: str, dropped: frozenset[str]) -> Iterator[Line]:
    """The file's lines from its first BEGIN:`kind` on, without those whose name is `dropped`."""
    for raw in _unfolded(upload, kind.encode(), dropped):
        line = _parse(raw)
        if line is not None:
            yield line


def _unfolded(upload: Upload, kind: bytes, dropped: frozenset[str]) -> Iterator[bytes]:
    line = bytearray()
    is_dropping, is_start, total, kept = False, True, 0, 0
    for number in count():
        piece = upload.readline(PIECE)
        if not piece:
            break
        total += len(piece)
        if total > READ_MAX:
            raise UnreadableError(_("This file is too large; choose one of at most 25 MB."))
        if total == len(piece):
            piece = _opening(piece, kind)
        ends = piece.endswith(b"\n")
        body = piece.rstrip(b"\r\n") if ends else piece
        if is_start and _is_soft_broken(line):
            del line[-1:]
        elif is_start and body[:1] in (b" ", b"\t"):
            body = body[1:]
        elif is_start and not (is_dropping and _is_stray(body)):
            if line:
                yield bytes(line)
            line.clear()
            is_dropping = _name_of(body) in dropped
        is_start = ends
        if kept > KEPT_MAX or number > PIECES_MAX:
            raise UnreadableError(_("There is more text in this file than can be read at once."))
        if is_dropping:
            continue
        kept += len(piece)
        line += body
        if len(line) > LINE_MAX:
            raise UnreadableError(_("A line of this file is too long to be read."))
    if line:
        yield bytes(line)


def _opening(piece: bytes, kind: bytes) -> bytes:
    if piece.startswith(WIDE_BOMS):
        raise UnreadableError(_not_utf8())
    start = piece.removeprefix(BOM).lstrip()
    if start and not start.upper().startswith(b"BEGIN:" + kind):
        raise UnreadableError(_wrong_kind(kind))
    return start or piece


def _wrong_kind(kind: bytes) -> str:
    if kind == b"VCARD":
        return _("This is no business card, whatever its name; export it as .vcf.")
    return _("This is no invitation, whatever its name; save it as .ics.")


def _not_utf8() -> str:
    return _("The letters in this file cannot be read; export it anew, in UTF-8.")


def _is_soft_broken(line: bytearray) -> bool:
    """An encoded text of vCard 2.1 goes on in the next line after a "=" at its end."""
    return line.endswith(b"=") and b"QUOTED-PRINTABLE" in line[: line.find(b":")].upper()


def _is_stray(body: bytes) -> bool:
    """The rest of a picture that its program forgot to indent."""
    return bool(body) and b":" not in body


def _name_of(body: bytes) -> str:
    name = re.split(rb"[:;]", body[:100], maxsplit=1)[0].decode("ascii", "replace")
    return name.rpartition(".")[2].strip().upper()


def _parse(raw: bytes) -> Line | None:
    """None for what is no content line: blank, or without a colon."""
    head, value = _halves(raw)
    if value is None:
        return None
    names, params = _head(head.decode("utf-8", "replace"))
    encodings = {each.upper() for each in params.get("ENCODING", ())}
    if "QUOTED-PRINTABLE" in encodings:
        value = quopri.decodestring(value)
    text = _decoded(value, params.get("CHARSET", [""])[0])
    if "QUOTED-PRINTABLE" in encodings:
        text = text.replace("\r\n", "\\n").replace("\n", "\\n")
    return Line(names.rpartition(".")[2].strip().upper(), text, params)


def _halves(raw: bytes) -> tuple[bytes, bytes | None]:
    """Before and after the first colon that is not within quotes."""
    is_quoted = False
    for place, sign in enumerate(raw):
        if sign == ord('"'):
            is_quoted = not is_quoted
        elif sign == ord(":") and not is_quoted:
            return raw[:place], raw[place + 1 :]
    # A quote that is never closed: as if there were none.
    head, colon, value = raw.partition(b":")
    return head, value if colon else None


def _head(head: str) -> tuple[str, dict[str, list[str]]]:
    name, *given = re.findall(r'(?:"[^"]*"|[^;"])+', head) or [""]
    params: dict[str, list[str]] = {}
    for each in given:
        key, equals, value = each.partition("=")
        if not equals:  # vCard 2.1 writes TEL;CELL:
            key, value = ("ENCODING" if key.upper() == "QUOTED-PRINTABLE" else "TYPE"), key
        values = re.findall(r'"[^"]*"|[^,"]+', value)
        params.setdefault(key.strip().upper(), []).extend(part.strip('"') for part in values)
    return name, params


def _decoded(value: bytes, charset: str) -> str:
    """As declared; what is not declared is UTF-8, and never guessed."""
    try:
        return value.decode(charset if CHARSET.match(charset) else "utf-8")
    except (UnicodeDecodeError, LookupError) as error:
        raise UnreadableError(_not_utf8()) from error
