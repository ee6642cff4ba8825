"""The words of the data files, one file a language: `data/LANGUAGE.toml`.

A phrase of the data is words in lower case without accents. `word*` stands for every word that
begins so, `*word` for every word that ends so, which finds the parts of German compounds.
"""

import re
import tomllib
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

DATA = Path(__file__).with_name("data")
TOKEN = re.compile(r"[^\W_]+|[#✓✔✅☑☐✗✘]")
SHORT_I = "й"
STAND_IN = "\ue000"


@dataclass(frozen=True, slots=True)
class Match:
    """A phrase found in a text: words from `start` to before `end`."""

    label: str
    language: str
    start: int
    end: int
    signs: int
    is_ending: bool = False
    length: int = 0


@dataclass(frozen=True, slots=True)
class _Phrase:
    words: tuple[str, ...]
    label: str
    language: str


@lru_cache(maxsize=20_000)
def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a text as the data files write them."""
    text = unicodedata.normalize("NFKC", text).casefold().replace("ё", "е")
    text = unicodedata.normalize("NFD", text.replace(SHORT_I, STAND_IN))
    text = "".join(sign for sign in text if not unicodedata.combining(sign))
    return tuple(TOKEN.findall(text.replace(STAND_IN, SHORT_I)))


@cache
def languages() -> tuple[str, ...]:
    """English first: its words stand in files of every language."""
    found = sorted(path.stem for path in DATA.glob("*.toml"))
    return ("en", *(name for name in found if name != "en"))


@cache
def _data(language: str) -> Mapping[str, Mapping[str, list[str]]]:
    with (DATA / f"{language}.toml").open("rb") as file:
        return tomllib.load(file)


@cache
def listed(name: str) -> frozenset[str]:
    """Return a list of `[words]` in all languages."""
    return frozenset(
        " ".join(words_of(phrase.strip("*")))
        for language in languages()
        for phrase in _data(language)["words"].get(name, [])
    )


@cache
def stems(name: str) -> tuple[str, ...]:
    """Return the beginnings of words in a list of `[words]`: *gesamt* of `gesamt*`."""
    return tuple(
        "".join(words_of(phrase.strip("*")))
        for language in languages()
        for phrase in _data(language)["words"].get(name, [])
        if phrase.endswith("*") and " " not in phrase
    )


class Section:
    """The phrases of one section of all data files, by their first word."""

    def __init__(self, name: str) -> None:
        self._whole: dict[str, list[_Phrase]] = defaultdict(list)
        self._begun: dict[str, list[_Phrase]] = defaultdict(list)
        self._ended: list[_Phrase] = []
        for language in languages():
            for label, phrases in _data(language).get(name, {}).items():
                for phrase in phrases:
                    self._add(phrase, label, language)

    def _add(self, text: str, label: str, language: str) -> None:
        words = tuple(
            ("*" if part.startswith("*") and part != "*" else "")
            + "".join(words_of(part.strip("*")))
            + ("*" if part.endswith("*") else "")
            for part in text.split()
        )
        phrase, first = _Phrase(words, label, language), words[0]
        if first.startswith("*"):
            self._ended.append(phrase)
        elif first.endswith("*"):
            self._begun[first[:2].rstrip("*")].append(phrase)
        else:
            self._whole[first].append(phrase)

    def matches(self, text: str) -> list[Match]:
        """Return all phrases found, without those that lie within a longer one."""
        words = words_of(text)[:40]
        found = [match for start in range(len(words)) for match in self._at(words, start)]
        return [one for one in found if not any(_covers(other, one) for other in found)]

    def _at(self, words: tuple[str, ...], start: int) -> Iterator[Match]:
        first = words[start]
        candidates = [*self._whole.get(first, ()), *self._begun.get(first[:2], ())]
        candidates += self._begun.get(first[:1], ())
        for phrase in (*candidates, *self._ended):
            end = start + len(phrase.words)
            if end <= len(words) and all(map(_fits, words[start:end], phrase.words)):
                signs = sum(len(word.strip("*")) for word in phrase.words)
                is_ending = phrase.words[0].startswith("*")
                length = sum(map(len, words[start:end]))
                yield Match(phrase.label, phrase.language, start, end, signs, is_ending, length)


def _fits(word: str, pattern: str) -> bool:
    if pattern.startswith("*") and pattern != "*":
        return pattern[1:-1] in word if pattern.endswith("*") else word.endswith(pattern[1:])
    return word.startswith(pattern[:-1]) if pattern.endswith("*") else word == pattern


def _covers(longer: Match, one: Match) -> bool:
    """The longer of two phrases at the same place is meant; an ending may stand beside it."""
    if longer.start > one.start or longer.end < one.end or longer is one:
        return False
    if (longer.end - longer.start) > (one.end - one.start):
        return True
    is_apart = one.is_ending != longer.is_ending and one.signs + longer.signs <= one.length
    return not is_apart and longer.signs > one.signs


@cache
def section(name: str) -> Section:
    return Section(name)
