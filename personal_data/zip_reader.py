"""Read the facts' file in pieces and within bounds: by itself, or in an uploaded zip.

Some browsers unpack downloads. The folder is then packed again, with other files of that machine,
or the facts' file is uploaded alone.

The zip may be malicious. Its headers are not trusted: bytes are counted as they are decompressed.
Nothing is unpacked to the disk, and no other file in it is opened, so neither its name nor its
content (such as another zip) can do anything.
"""

import re
import zlib
from collections.abc import Iterator
from struct import Struct
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from django.utils.translation import gettext as _

from integrations.content_lines_read import UnreadableError
from personal_data import old_format
from personal_data.export import FACTS, HEAD_FILE
from personal_data.schema import TABLES

# A job search of 1,000 interviews is 1 MB packed, and 5 MB unpacked. Attached files, up to 40 MB of
# them, add a third more than their size, since they are written as text and not packed.
PACKED_MAX = 60 * 1024 * 1024
UNPACKED_MAX = 100 * 1024 * 1024
# An export is compressed ten to twenty times; small files are exempt, because they do no harm.
RATIO_MAX = 100
LET_OFF = 1024 * 1024
# An attached file of 2 MB, written as text. (A form accepts at most 1 MB of text, which escapes can
# double.)
ROW_MAX = 3_000_000
# An export has 70 files, and twice as many where a Mac has packed it again. The list of them is
# read at once, so its length is looked at before.
MEMBERS_MAX = 200
DIRECTORY_MAX = 64 * 1024
# The end record of a zip: signature, disk numbers, entries here and in all, size and offset of the
# directory, length of the comment. Zip64 has a marker right before it.
END = Struct("<4s2H2H2LH")
END_SIGN = b"PK\x05\x06"
LARGE_SIGN, LARGE_SIZE = b"PK\x06\x07", 20
# How a hearback.json begins.
HEAD_BEGINS = re.compile(rb"(?:\xef\xbb\xbf)?\s*\{\s*\"")
# A Mac adds a file of its own for each file, in a folder of this name.
MACOS_FOLDER = "__MACOSX"


def read_lines(file: IO[bytes]) -> Iterator[tuple[str, str]]:
    """Each row, as a line of JSON, with the name of its table; before them, without a name, what
    the export says of itself. Raises UnreadableError."""
    packed = _size(file)
    if packed > PACKED_MAX:
        raise UnreadableError(_("This file is too large. Choose one up to 60 MB."))
    try:
        if _is_bare(file):
            yield from _by_itself(file, packed)
            return
        _check_directory(file, packed)
        with ZipFile(file) as archive:
            yield from _in_archive(archive, _Left(_most(packed)))
    except UnicodeDecodeError as error:
        raise UnreadableError(
            _("We couldn’t read the text in this export. Download it again.")
        ) from error
    except (
        *(BadZipFile, zlib.error, EOFError, NotImplementedError),
        *(RuntimeError, OSError, ValueError),
    ) as error:
        raise UnreadableError(_("This zip file is damaged. Download the export again.")) from error


def _size(file: IO[bytes]) -> int:
    size = file.seek(0, 2)
    file.seek(0)
    return size


def _is_bare(file: IO[bytes]) -> bool:
    """Whether it is a hearback.json by itself."""
    beginning = file.read(64)
    file.seek(0)
    return HEAD_BEGINS.match(beginning) is not None


def _by_itself(file: IO[bytes], packed: int) -> Iterator[tuple[str, str]]:
    lines = _lines(file, _Left(packed))
    first = next(lines)
    if not old_format.is_old(first):
        raise UnreadableError(_no_export())
    return old_format.each_row(first, lines)


def _most(packed: int) -> int:
    return min(UNPACKED_MAX, max(LET_OFF, RATIO_MAX * packed))


def _check_directory(file: IO[bytes], packed: int) -> None:
    """Check that it is a zip like an export: few files, and no comment at the end."""
    file.seek(max(0, packed - END.size - LARGE_SIZE))
    tail = file.read()
    file.seek(0)
    if len(tail) < END.size:
        raise UnreadableError(_no_export())
    sign, *_parts, members, directory, _place, comment = END.unpack(tail[-END.size :])
    is_large = tail[: -END.size].startswith(LARGE_SIGN)
    if sign != END_SIGN or comment or is_large:
        raise UnreadableError(_no_export())
    if members > MEMBERS_MAX or directory > DIRECTORY_MAX:
        raise UnreadableError(_("This zip file has too many files to be a Hearback export."))


def _no_export() -> str:
    return _("This isn’t a Hearback export. Choose the zip file as you downloaded it.")


def _in_archive(archive: ZipFile, left: "_Left") -> Iterator[tuple[str, str]]:
    members = [each for each in archive.infolist() if _is_one_of_ours(each.filename)]
    files = {re.split(r"[/\\]", each.filename)[-1]: each for each in members}
    if HEAD_FILE not in files or len(files) < len(members) or not all(map(_is_plain, members)):
        raise UnreadableError(_no_export())
    with archive.open(files.pop(HEAD_FILE)) as head:
        lines = _lines(head, left)
        first = next(lines, "")
        if old_format.is_old(first):
            yield from old_format.each_row(first, lines)
            return
        yield "", first
    order = [f"{table.name}{FACTS}" for table in TABLES]
    for name in sorted(files, key=lambda name: order.index(name) if name in order else -1):
        with archive.open(files[name]) as rows:
            for line in _lines(rows, left):
                yield name.removesuffix(FACTS), line


def _is_one_of_ours(name: str) -> bool:
    """Of the archive, or of a folder in it."""
    *folders, last = re.split(r"[/\\]", name)
    is_named = last == HEAD_FILE or last.endswith(FACTS)
    return is_named and not {"", ".", "..", MACOS_FOLDER} & set(folders)


def _is_plain(member: ZipInfo) -> bool:
    is_encrypted = member.flag_bits & 1
    return member.compress_type in (ZIP_STORED, ZIP_DEFLATED) and not is_encrypted


class _Left:
    """How many bytes may still come out."""

    def __init__(self, most: int) -> None:
        self._most = most

    def take(self, length: int) -> None:
        self._most -= length
        if self._most < 0:
            raise UnreadableError(_("This zip file unpacks to far more than an export can hold."))


def _lines(file: IO[bytes], left: _Left) -> Iterator[str]:
    encoding = "utf-8-sig"
    while line := file.readline(ROW_MAX + 1):
        left.take(len(line))
        if len(line) > ROW_MAX:
            raise UnreadableError(_("An entry in this export is too long."))
        if said := line.decode(encoding):  # of an empty file that an editor has saved, a mark
            yield said
        encoding = "utf-8"
