"""Parse XML that a stranger sent: no document type, no entities, no more than so many bytes."""

import zipfile
from collections.abc import Callable, Mapping
from typing import IO
from xml.parsers import expat

from . import limits
from .sheet import RefusedError

STEP = 64 * 1024
DEEPEST = 200
Attributes = Mapping[str, str]


class Reader:
    """Calls `start_NAME` and `end_NAME` for elements by their local names in small letters; their
    text is in `text`."""

    def __init__(self) -> None:
        self.text: list[str] = []
        self._depth = 0
        self._parser = parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self.text.append
        parser.StartDoctypeDeclHandler = self._refuse
        parser.EntityDeclHandler = self._refuse
        self._starts = self._methods("start_")
        self._ends = self._methods("end_")

    def read(self, packed: zipfile.ZipFile, part: str) -> None:
        """Read one part of a packed file; raise RefusedError if it is too large or no XML."""
        try:
            with packed.open(part) as stream:
                self.read_stream(stream)
        except (zipfile.BadZipFile, EOFError, NotImplementedError) as error:
            raise RefusedError("broken") from error

    def read_stream(self, stream: IO[bytes]) -> None:
        left = limits.PART_BYTES
        try:
            while piece := stream.read(STEP):
                left -= len(piece)
                if left < 0:
                    raise RefusedError("too_large")
                self._parser.Parse(piece, False)
            self._parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise RefusedError("broken") from error

    def taken(self) -> str:
        """Return the text since the last time."""
        text = "".join(self.text)
        self.text.clear()
        return text

    def _methods(self, prefix: str) -> dict[str, Callable[..., None]]:
        return {
            name.removeprefix(prefix).replace("_", "-"): getattr(self, name)
            for name in dir(self)
            if name.startswith(prefix)
        }

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise RefusedError("broken")
        if method := self._starts.get(local(name).lower()):
            method({local(key): value for key, value in attributes.items()})

    def _end(self, name: str) -> None:
        self._depth -= 1
        if method := self._ends.get(local(name).lower()):
            method()

    def _refuse(self, *_: object) -> None:
        raise RefusedError("broken")


def local(name: str) -> str:
    return name.rpartition(":")[2]
