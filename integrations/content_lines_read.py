"""Parse an uploaded .vcf or .ics file into content lines, whatever program wrote it.

Parameters may be quoted or not, and escaped by carets (RFC 6868) or backslashes; the text may be in
another encoding than declared or allowed. What had to be guessed is marked.
"""

import base64
import binascii
import quopri
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from email.errors import HeaderParseError
from email.header import decode_header, make_header

from accounts.sanitize import readable
from integrations.charsets import SAMPLE, likeliest
from integrations.unfold import LINE_MAX, UnreadableError, Upload, unfolded

__all__ = ["ContentLine", "UnreadableError", "Upload", "escape", "read_lines", "split", "unescape"]

# Encodings that old address books declare; others, such as Python's "hex", are not for text.
CHARSET = re.compile(
    r"(?i)^(utf-?8|us-ascii|iso-8859-\d+|latin1|(windows-|cp)\d{3,4}|koi8-[ru]|"
    r"gb2312|gbk|gb18030|big5|shift_jis|euc-(jp|kr)|iso-2022-jp)$"
)
# Text in these is hardly ever valid UTF-8 by chance, so valid UTF-8 was declared wrongly.
ONE_BYTE = re.compile(r"(?i)^(iso-8859|latin1|windows-|cp125)")
# What calls itself Latin-1 contains quotes and dashes of Windows-1252.
LATIN_1 = re.compile(r"(?i)^(iso-8859-1|latin1)$")
# The escape sequences by which ISO-2022-JP (Japanese mail) leaves ASCII.
SHIFT = b"\x1b$"
# Encoded words of mail headers (RFC 2047), copied as they were.
ENCODED_WORD = re.compile(r"=\?([\w-]+)(?:\*[\w-]+)?\?[bq]\?[^?\s]*\?=", re.IGNORECASE)
BETWEEN_WORDS = re.compile(r"(?<=\?=)\s+(?==\?)")
# Control characters; tab and line breaks are kept.
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
ESCAPED = re.compile(r"\\(.)", re.DOTALL)


# The part before the value's colon. Quotes may hold colons and escaped quotes; a backslash in an
# unclosed quote is an ordinary character.
HEADS = (
    re.compile(rb'((?:"(?:\\.|[^"\\])*+"|\\.|[^:"\\])*+):', re.DOTALL),
    re.compile(rb'((?:"[^"]*+"|[^:"])*+):'),
    re.compile(rb"([^:]*):"),
)
# A TZID may hold an unquoted name with colons; the time at the end has a form of its own.
TIMED = re.compile(rb"(?i)(?:DTSTART|DTEND|RECURRENCE-ID)[;:]")
TIME = re.compile(rb":\s*(\d{4}-?\d\d-?\d\d(?:[T ][\d:.,Z+-]*)?)\s*$", re.IGNORECASE)
OF_TEXT = re.compile(rb"(?:DESCRIPTION|COMMENT|NOTE|X-ALT-DESC)[;:]", re.IGNORECASE)
# Prose, a link, or a label: “Status: new”.
STRAY = re.compile(rb"(?!(?:[\w-]+\.)?[A-Za-z][\w-]*\s*[;:])|https?://|[A-Z][a-z]+: ")
PARAMETERS = re.compile(r'(?:"(?:\\.|[^"\\])*+"|"[^"]*+"|\\.|[^;"\\])+')
VALUES = re.compile(r'(?:"(?:\\.|[^"\\])*+"|"[^"]*+"|\\.|[^,"\\])+')
CARETS = {"^n": "\n", "^'": '"', "^^": "^"}
CARET = re.compile(r"\^[n'^]")
BACKSLASH = re.compile(r'\\([\\",;:])')
QUOTED_PRINTABLE, BASE64 = {"QUOTED-PRINTABLE"}, {"B", "BASE64"}


@dataclass(frozen=True, slots=True)
class ContentLine:
    """`name` and the parameters' names in upper case; `value` still escaped. `is_guessed` if the
    text is in no encoding that was declared or allowed."""

    name: str
    value: str
    params: dict[str, list[str]] = field(default_factory=dict)
    group: str = ""
    is_guessed: bool = False

    @property
    def text(self) -> str:
        return unescape(self.value)

    def param(self, name: str) -> str:
        """Return a single-valued parameter, which may hold commas without quotes."""
        return ",".join(self.params.get(name, ()))

    def types(self) -> set[str]:
        """Return the TYPE parameters, also several in one pair of quotes."""
        return {each.strip().upper() for each in self.param("TYPE").split(",")}


def unescape(value: str) -> str:
    r"""Replace `\n` by a line break, and any other escaped character by itself."""
    plain = ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], value)
    return readable(_without_encoded_words(plain))


def escape(text: str) -> str:
    """Escape a value; unify line breaks and drop control characters, which both formats forbid.
    icalendar's own escaping takes a typed “\\N” for a line break."""
    plain = CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    for sign in ("\\", ";", ","):
        plain = plain.replace(sign, f"\\{sign}")
    return plain.replace("\n", "\\n")


def split(value: str, sign: str) -> list[str]:
    """Split at unescaped `sign`s; the parts stay escaped."""
    parts = [""]
    for piece in re.findall(r"\\.|[^\\]|\\$", value, re.DOTALL):
        if piece == sign:
            parts.append("")
        else:
            parts[-1] += piece
    return parts


def read_lines(
    upload: Upload, *, kind: str, dropped: frozenset[str], country: str = ""
) -> Iterator[ContentLine]:
    """Parse the file's lines except those named in `dropped`. `country` is the candidate's, for
    guessing the encoding."""
    every = list(_joined(unfolded(upload, kind=kind.encode(), dropped=dropped)))
    code_page = _code_page(every, country)
    for raw in every:
        line = _parse(raw, code_page)
        if line is not None:
            yield line


def _joined(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Join continuation lines of programs that wrote line breaks unescaped: a line that begins no
    property continues the text."""
    text: list[bytes] = []
    length = 0
    for line in lines:
        if text and STRAY.match(line):
            length += len(line)
            if length < LINE_MAX:
                text.append(line)
            continue
        if text:
            yield b"\\n".join(text)
            text = []
        if OF_TEXT.match(line):
            text, length = [line], len(line)
        else:
            yield line
    if text:
        yield b"\\n".join(text)


def _code_page(every: list[bytes], country: str) -> str:
    """Guess one code page for the whole file, from everything that is not UTF-8."""
    strange, length = [], 0
    for raw in every:
        if raw.isascii() and b"QUOTED" not in raw.upper():
            continue
        for said in _halves(raw):
            if length < SAMPLE and not _is_utf8(said):
                strange.append(said)
                length += len(said)
    return likeliest(b"\n".join(strange), country) if strange else "cp1252"


def _is_utf8(said: bytes) -> bool:
    try:
        said.decode()
    except UnicodeDecodeError:
        return False
    return True


def _parse(raw: bytes, code_page: str) -> ContentLine | None:
    """Return None for a line without a colon."""
    before, value = _halves(raw)
    if not before:
        return None
    head, is_head_guessed = _decoded(before, "", code_page)
    names, params = _head(head)
    text, is_guessed = _decoded(value, ",".join(params.get("CHARSET", ())), code_page)
    if _encodings(params) & (QUOTED_PRINTABLE | BASE64):
        text = text.replace("\r\n", "\\n").replace("\n", "\\n")
    group, _dot, name = names.rpartition(".")
    is_guessed = is_guessed or is_head_guessed
    return ContentLine(name.strip().upper(), text, params, group.strip().upper(), is_guessed)


def _halves(raw: bytes) -> tuple[bytes, bytes]:
    """Split at the colon and decode the value; return an empty value without one."""
    found = TIME.search(raw) if TIMED.match(raw) else None
    if found is not None:
        return raw[: found.start()], found[1]
    found = next(filter(None, (head.match(raw) for head in HEADS)), None)
    if found is None:
        return b"", b""
    value = raw[found.end() :]
    if b"ENCODING" in found[1].upper() or b"QUOTED-PRINTABLE" in found[1].upper():
        value = _unencoded(value, _encodings(_head(found[1].decode("latin-1"))[1]))
    return found[1], value


def _encodings(params: dict[str, list[str]]) -> set[str]:
    return {each.upper() for each in params.get("ENCODING", ())}


def _unencoded(value: bytes, encodings: set[str]) -> bytes:
    if encodings & QUOTED_PRINTABLE:
        return quopri.decodestring(value)
    if encodings & BASE64:
        try:
            return base64.b64decode(value)
        except binascii.Error:
            return value
    return value


def _head(head: str) -> tuple[str, dict[str, list[str]]]:
    name, *given = PARAMETERS.findall(head) or [""]
    params: dict[str, list[str]] = {}
    for each in given:
        key, equals, value = each.partition("=")
        if not equals:  # vCard 2.1 writes TEL;CELL:
            key, value = ("ENCODING" if key.upper() == "QUOTED-PRINTABLE" else "TYPE"), key
        params.setdefault(key.strip().upper(), []).extend(map(_value, VALUES.findall(value)))
    return name, params


def _value(written: str) -> str:
    plain = written.strip()
    if len(plain) > 1 and plain[0] == plain[-1] == '"':
        written = plain[1:-1]
    carets = CARET.sub(lambda found: CARETS[found[0]], written)
    return readable(_without_encoded_words(BACKSLASH.sub(r"\1", carets)))


def _without_encoded_words(text: str) -> str:
    if "=?" not in text:
        return text
    return ENCODED_WORD.sub(_word, BETWEEN_WORDS.sub("", text))


def _word(found: re.Match[str]) -> str:
    if not CHARSET.match(found[1]):
        return found[0]
    try:
        return str(make_header(decode_header(found[0])))
    except (ValueError, LookupError, HeaderParseError):
        return found[0]


def _decoded(value: bytes, charset: str, code_page: str) -> tuple[str, bool]:
    """Decode as declared, or else as UTF-8; return also whether the encoding was guessed or has
    errors."""
    declared = charset if CHARSET.match(charset) else ""
    likely = (
        ["utf-8", declared] if not declared or ONE_BYTE.match(declared) else [declared, "utf-8"]
    )
    if SHIFT in value:
        likely.insert(0, "iso2022_jp")
    for each in filter(None, likely):
        try:
            return value.decode("cp1252" if LATIN_1.match(each) else each), False
        except (UnicodeDecodeError, LookupError):
            continue
    damaged = value.decode("utf-8", "replace")
    bad = damaged.count("\ufffd")
    # valid UTF-8, which only half the letters of Japanese are by chance
    if sum(not sign.isascii() for sign in damaged) >= 3 * bad:
        return damaged, True
    return value.decode(code_page, "replace"), True
