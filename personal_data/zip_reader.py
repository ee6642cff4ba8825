"""The facts' file, read in pieces and within bounds: by itself, or in an uploaded zip.

Some browsers unpack what they fetch. Its folder is then packed again, with whatever else the
machine keeps of it, or the facts' file comes alone.

A zip is read as what it may be: made to harm. What its own headers say is believed nowhere: bytes
are counted as they come out. Nothing is unpacked to the disk, and no other file in it is opened,
so that neither its name nor what it holds (another zip, say) can do anything.
"""

import codecs
import re
import zlib
from collections.abc import Iterator
from struct import Struct
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from django.utils.translation import gettext as _

from integrations.content_lines import UnreadableError
from personal_data.export import FACTS_FILE

PIECE = 64 * 1024
# A search of 1,000 interviews is 1 MB packed, and its facts are 5 MB unpacked.
PACKED_MAX = 25 * 1024 * 1024
UNPACKED_MAX = 100 * 1024 * 1024
# An export is packed to a tenth or twentieth; small ones are let off, for they do no harm.
RATIO_MAX = 100
LET_OFF = 1024 * 1024
# An export has 29 files, and twice as many where a Mac has packed it again. The list of them is
# read at once, so its length is looked at before.
MEMBERS_MAX = 100
DIRECTORY_MAX = 64 * 1024
# The record at the end of a zip: signature, numbers of the part, entries here and in all, size and
# place of the list, length of the comment. A larger format has a mark right before it.
END = Struct("<4s2H2H2LH")
END_SIGN = b"PK\x05\x06"
LARGE_SIGN, LARGE_SIZE = b"PK\x06\x07", 20
# How the facts' file begins.
FACTS_BEGIN = re.compile(rb"(?:\xef\xbb\xbf)?\s*\{\s*\"")
# A Mac keeps beside each file what only it reads, under a folder of this name.
BESIDE = "__MACOSX"


def read_facts(file: IO[bytes]) -> Iterator[str]:
    """The text of the facts' file, a piece at a time; raises UnreadableError."""
    packed = _size(file)
    if packed > PACKED_MAX:
        raise UnreadableError(_("This file is too large; choose one of at most 25 MB."))
    try:
        if _is_bare(file):
            yield from _decoded(file, most=packed)
            return
        _check_directory(file, packed)
        with ZipFile(file) as archive, archive.open(_facts_file(archive)) as facts:
            yield from _decoded(facts, most=_most(packed))
    except UnicodeDecodeError as error:
        raise UnreadableError(_("The letters in this export cannot be read.")) from error
    except (
        *(BadZipFile, zlib.error, EOFError, NotImplementedError),
        *(RuntimeError, OSError, ValueError),
    ) as error:
        raise UnreadableError(_("This zip file is damaged; fetch the export anew.")) from error


def _size(file: IO[bytes]) -> int:
    size = file.seek(0, 2)
    file.seek(0)
    return size


def _is_bare(file: IO[bytes]) -> bool:
    """Whether it is the facts' file itself."""
    beginning = file.read(64)
    file.seek(0)
    return FACTS_BEGIN.match(beginning) is not None


def _most(packed: int) -> int:
    return min(UNPACKED_MAX, max(LET_OFF, RATIO_MAX * packed))


def _check_directory(file: IO[bytes], packed: int) -> None:
    """That it is a zip as an export is one: few files, and no comment behind them."""
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
        raise UnreadableError(_("There are too many files in this zip; an export has few."))


def _no_export() -> str:
    return _("This is no export of Hearback, whatever its name; choose the zip file as it came.")


def _facts_file(archive: ZipFile) -> ZipInfo:
    found = [member for member in archive.infolist() if _is_facts(member.filename)]
    is_plain = len(found) == 1 and found[0].compress_type in (ZIP_STORED, ZIP_DEFLATED)
    if not is_plain or found[0].flag_bits & 1:  # encrypted
        raise UnreadableError(_no_export())
    return found[0]


def _is_facts(name: str) -> bool:
    """Of the archive, or of a folder in it."""
    *folders, last = re.split(r"[/\\]", name)
    return last == FACTS_FILE and not {"", ".", "..", BESIDE} & set(folders)


def _decoded(file: IO[bytes], *, most: int) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    total = 0
    while piece := file.read(PIECE):
        total += len(piece)
        if total > most:
            raise UnreadableError(_("This zip file unpacks to far more than an export holds."))
        yield decoder.decode(piece)
    yield decoder.decode(b"", final=True)
