"""Tell what kind of file this is, and read its table."""

from integrations.spreadsheets import limits
from integrations.spreadsheets.markup import is_markup
from integrations.spreadsheets.read import read_spreadsheet
from integrations.spreadsheets.sheet import RefusedError

from .delimited import read_delimited
from .find_table import find_table
from .json_rows import read_json
from .table import Kind, Refusal, Source, Table

PACKED = b"PK\x03\x04"
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LOCKED = "EncryptedPackage".encode("utf-16-le")
OTHERS = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x1f\x8b",
    b"Rar!",
    b"7z\xbc\xaf",
    b"{\\rtf",
    b"ID3",
    b"RIFF",
    b"OggS",
    b"\x7fELF",
    b"MZ",
    b"BM",
    b"SQLite",
)


def read(data: bytes, name: str) -> Table | Refusal:
    """Return the table of a file; the name helps where the bytes do not tell."""
    try:
        return _read(data, name)
    except RefusedError as error:
        return Refusal(error.why)


def _read(data: bytes, name: str) -> Table:
    if not data.strip(b" \t\r\n\x00\xef\xbb\xbf"):
        raise RefusedError("empty")
    if len(data) > limits.FILE_BYTES:
        raise RefusedError("too_large")
    if data.startswith(OTHERS):
        raise RefusedError("not_a_table")
    if data.startswith((PACKED, OLD_OFFICE)):
        if data.startswith(OLD_OFFICE) and LOCKED in data:
            raise RefusedError("locked")
        return find_table(Source(_kind(data, name)), read_spreadsheet(data))
    if is_markup(data):
        return find_table(Source("xls"), read_spreadsheet(data))
    if name.lower().endswith((".json", ".jsonl", ".ndjson")) or _looks_like_json(data):
        source, sheet = read_json(data)
    else:
        source, sheet = read_delimited(data)
    return find_table(source, [sheet])


def _kind(data: bytes, name: str) -> Kind:
    if data.startswith(OLD_OFFICE):
        return "xls"
    return (
        "ods"
        if b"opendocument.spreadsheet" in data[:200] or name.lower().endswith(".ods")
        else "xlsx"
    )


def _looks_like_json(data: bytes) -> bool:
    head = data[:200].lstrip(b"\xef\xbb\xbf \t\r\n")
    return head.startswith((b"[{", b"[\n", b"[\r\n", b"[ ", b'{"', b"{\n", b"{\r\n", b"{ "))
