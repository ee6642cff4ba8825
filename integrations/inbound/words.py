"""Prepare text for comparison: folded words in sentences, and masks of where each word stands."""

import re
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache

# Soft hyphens, zero-width and direction marks, and the joiner that mails hide previews with.
INVISIBLE = re.compile("[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\t]")
WORD = re.compile(r"[^\W_]+")
# What may end a sentence: punctuation before a space, a blank line, the start of a list's item.
END = re.compile(r"[.!?…;](?=[\s\"'”»)]|$)|\n[ \t]*\n|\n(?=[ \t]*(?:[-*•–·]|\d\d?[.)])[ \t])")
# After these a full stop ends no sentence.
SHORT = frozenset(
    [
        "dr",
        "mr",
        "mrs",
        "ms",
        "mx",
        "prof",
        "hr",
        "fr",
        "herr",
        "sr",
        "sra",
        "srta",
        "dra",
        "mme",
        "mlle",
        "m",
        "no",
        "nr",
        "bzw",
        "ca",
        "etc",
        "inkl",
        "evtl",
        "ggf",
        "vgl",
        "tel",
        "abt",
        "str",
        "usw",
        "uhr",
        "a",
        "b",
        "c",
        "d",
        "e",
        "h",
        "i",
        "p",
        "s",
        "u",
        "z",
        "г",
        "гг",
        "ул",
        "д",
        "т",
        "е",
        "п",
        "др",
        "см",
        "им",
        "тел",
        "стр",
        "approx",
        "dept",
        "ext",
        "jr",
        "inc",
        "ltd",
        "co",
        "corp",
        "kg",
        "av",
        "apt",
    ]
) - {"uhr"}
TEXT_MAX = 8_000
LETTERS = {"ß": "ss", "ı": "i", "ł": "l", "ø": "o", "æ": "ae", "œ": "oe", "đ": "d", "ё": "е"}


def clean(text: str) -> str:
    """Return the text in NFC, with plain spaces and without invisible characters."""
    text = unicodedata.normalize("NFC", INVISIBLE.sub("", text))
    return SPACES.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))


@cache
def _fold_letter(letter: str) -> str:
    if letter in LETTERS:
        return LETTERS[letter]
    if letter == "й":
        return letter
    bare = "".join(c for c in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(c))
    return LETTERS.get(bare, bare)


def fold(text: str) -> str:
    """Return the text in lower case and without accents."""
    if text.isascii():
        return text.lower()
    return "".join(map(_fold_letter, text.lower()))


def words_of(text: str) -> list[str]:
    return [fold(found) for found in WORD.findall(text)]


@dataclass(frozen=True, slots=True)
class Sentence:
    """`first` and `end` are positions of words in the text."""

    text: str
    first: int
    end: int
    is_question: bool


class Text:
    """A text as sentences of folded words. One position between two sentences stays empty, so that
    no phrase reaches from one into the next."""

    def __init__(self, *paragraphs: str) -> None:
        self.words: list[str] = []
        self.sentences: list[Sentence] = []
        left = TEXT_MAX
        for paragraph in paragraphs:
            for text, is_question in sentences_of(paragraph[:left]):
                first = len(self.words)
                self.words += words_of(text)
                if len(self.words) > first:
                    found = Sentence(" ".join(text.split()), first, len(self.words), is_question)
                    self.sentences.append(found)
                    self.words.append("")
            left -= min(left, len(paragraph))
        self._places: dict[str, int] = {}
        for place, word in enumerate(self.words):
            self._places[word] = self._places.get(word, 0) | 1 << place
        self.borders = self._places.pop("", 0)
        self.everywhere = (1 << len(self.words)) - 1
        self._known = sorted(self._places)
        self._sentence_of = [
            number
            for number, each in enumerate(self.sentences)
            for _ in range(each.end - each.first + 1)
        ]

    def places(self, word: str) -> int:
        """Return a mask of the positions of a word, or of all words that begin so (`begin*`)."""
        if not word.endswith("*"):
            return self._places.get(word, 0)
        stem, mask = word[:-1], 0
        for number in range(bisect_left(self._known, stem), len(self._known)):
            if not self._known[number].startswith(stem):
                break
            mask |= self._places[self._known[number]]
        return mask

    def sentences_in(self, mask: int) -> set[int]:
        """Return the numbers of the sentences that have one of these positions."""
        found = set()
        while mask:
            lowest = mask & -mask
            place = lowest.bit_length() - 1
            number = self._sentence_of[min(place, len(self._sentence_of) - 1)]
            found.add(number)
            mask &= -1 << (self.sentences[number].end + 1)
        return found

    def questions(self) -> int:
        mask = 0
        for each in self.sentences:
            if each.is_question:
                mask |= ((1 << (each.end - each.first + 1)) - 1) << each.first
        return mask


def sentences_of(text: str) -> list[tuple[str, bool]]:
    """Split a text into sentences; the flag tells whether one ends with a question mark."""
    found, begin = [], 0
    for end in END.finditer(text):
        sign = end.group()[0]
        if sign == "." and not _is_full_stop(text, begin, end.start()):
            continue
        found.append((text[begin : end.end()], sign == "?"))
        begin = end.end()
    found.append((text[begin:], False))
    return found


def _is_full_stop(text: str, begin: int, place: int) -> bool:
    """Tell a full stop from the dot of an abbreviation, of a date or of an initial."""
    before = WORD.findall(text[max(begin, place - 20) : place])
    last = fold(before[-1]) if before else ""
    after = text[place + 1 : place + 12].lstrip(" ")
    if after[:1] == "\n":
        return not last.isdigit() or after[1:2] in ("", "\n")
    if last in SHORT:
        return False
    if last.isdigit():
        return bool(re.match(r"[A-ZÀ-ÞА-Я¿¡]", after)) and len(last) > 2
    return not after[:1].islower()
