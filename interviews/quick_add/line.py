"""The line while it is read: what is taken cannot be read twice, so spans never overlap."""

import re
from collections.abc import Iterator

from interviews.quick_add.draft import Span

TAKEN = "\0"  # stands for a taken character
QUOTED = "\1"  # stands for a character in quotes, which only a name may take
QUOTES = re.compile(r'"[^"]*"|“[^”]*”|„[^“”]*[“”]')
# "barclays / risk analyst / wed 1pm"
APART = re.compile(r"(?<=\s)[/·•](?=\s)")


class Line:
    def __init__(self, text: str) -> None:
        self.text = re.sub(r"[\0\1\s]", " ", text)
        self.spans: list[Span] = []
        self.open = QUOTES.sub(lambda found: QUOTED * len(found[0]), self.text)
        self.open = APART.sub(",", self.open)

    def take(self, what: str, start: int, end: int) -> str:
        """Take the piece, and return its text without quotes."""
        self.spans.append(Span(what, start, end))
        self.open = self.open[:start] + TAKEN * (end - start) + self.open[end:]
        return bare(self.text[start:end])

    def find(self, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        """Matches in what is not taken yet, also by the caller meanwhile."""
        place = 0
        while match := pattern.search(self.open, place):
            yield match
            place = max(match.end(), place + 1)

    def pieces(self) -> Iterator[tuple[int, int]]:
        """What is left over between commas and taken pieces."""
        for match in re.finditer(r"(?:[^\0,;|()\n–—-]|(?<=\S)-(?=\S))+", self.open):
            yield match.span()


def bare(text: str) -> str:
    inner = text.strip(" \t\n.,;:!?()–—-")
    return re.sub(r'["“”„]', "", inner).strip()
