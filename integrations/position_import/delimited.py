"""Read CSV, TSV, and any other text with a separator."""

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator

from integrations import charsets
from integrations.spreadsheets.sheet import RefusedError, Sheet, bounded

from .table import Source

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
SEPARATORS = ",;\t|"
PROBED_LINES = 200
# Control signs that no text holds; a zero byte may slip into a cell.
BINARY = {*range(1, 9), *range(14, 27), 28, 29, 30, 31}
BINARY_SHARE = 0.02


def read_delimited(data: bytes) -> tuple[Source, Sheet]:
    text, encoding = decoded(data)
    if not text.strip():
        raise RefusedError("empty")
    text, separator = _without_separator_line(text)
    separator = separator or likeliest_separator(text)
    rows = bounded(_rows(text, separator))
    return Source("csv", encoding, separator), Sheet(rows)


def decoded(data: bytes) -> tuple[str, str]:
    """Return text and encoding; raise RefusedError if the bytes are no text."""
    encoding = next((name for mark, name in MARKS if data.startswith(mark)), "")
    encoding = encoding or _wide(data)
    if not encoding:
        _refuse_binary(data)
        encoding = "utf-8"
    try:
        return data.decode(encoding), encoding
    except UnicodeDecodeError:
        if encoding != "utf-8":
            raise RefusedError("broken") from None
    encoding = charsets.likeliest(_telling(data))
    return data.decode(encoding, "replace"), encoding


def _wide(data: bytes) -> str:
    """Return the encoding of text in two-byte units without a mark: every other byte is 0."""
    sample = data[:2000]
    if len(sample) < 8 or sample.count(0) * 3 < len(sample):
        return ""
    return "utf-16-le" if sample[1::2].count(0) > sample[::2].count(0) else "utf-16-be"


def _refuse_binary(data: bytes) -> None:
    sample = data[:20_000]
    strange = sum(byte in BINARY for byte in sample)
    if strange > len(sample) * BINARY_SHARE or sample.count(0) > len(sample) * BINARY_SHARE:
        raise RefusedError("not_a_table")


def _telling(data: bytes) -> bytes:
    """Return the lines with signs beyond ASCII: only they tell the code pages apart."""
    lines = (line for line in data.splitlines() if not line.isascii())
    return b"\n".join(line for _, line in zip(range(200), lines, strict=False))[: charsets.SAMPLE]


def _without_separator_line(text: str) -> tuple[str, str]:
    """Excel's own first line, `sep=;`, is none of the rows."""
    first, end, rest = text.partition("\n")
    line = first.strip().strip('"')
    if len(line) == 5 and line.lower().startswith("sep=") and end:
        return rest, line[4]
    return (rest, "\t") if first.strip('\r"').lower() == "sep=\t" else (text, "")


def likeliest_separator(text: str) -> str:
    """Return the sign that cuts most lines into the same number of cells, of two or more."""
    sample = "".join(text.splitlines(keepends=True)[:PROBED_LINES])
    return max(SEPARATORS, key=lambda sign: (_regularity(sample, sign), sample.count(sign)))


def _regularity(sample: str, separator: str) -> float:
    try:
        widths = Counter(
            len(row)
            for row in csv.reader(io.StringIO(sample, newline=""), delimiter=separator)
            if row
        )
    except csv.Error:
        return 0.0
    total = sum(widths.values())
    return max(
        ((width > 1) * count / total * min(width, 12) ** 0.5 for width, count in widths.items()),
        default=0.0,
    )


def _rows(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    """Number the records: a line break within a quoted cell does not count."""
    lines = io.StringIO(text, newline="")
    reader = csv.reader(lines, delimiter=separator)
    if not _quotes_close(text, separator):
        reader = csv.reader(lines, delimiter=separator, quoting=csv.QUOTE_NONE)
    try:
        yield from enumerate(reader, 1)
    except csv.Error:
        raise RefusedError("too_large") from None


def _quotes_close(text: str, separator: str) -> bool:
    """Say whether the last quote is closed; if not, quotes are signs like others."""
    if '"' not in text:
        return True
    try:
        for _ in csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True):
            pass
    except csv.Error as error:
        return "end of data" not in str(error) and "field larger" not in str(error)
    return True
