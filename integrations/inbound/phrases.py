"""Phrases by meaning: how the data files name them, and how they are found in a text.

A phrase is a row of words in one sentence: `begin*` any word that begins so, `a|b` either, `word?` at will,
`@family` any entry of a family, `~` up to five other words, `~~` up to twelve. ` | `, with spaces, divides whole rows
of words: `~ cut | made redundant`. `[?]` at the end asks for a question.
All positions of a text are followed at once as the bits of one number, so the time grows with the text's
length alone, whatever the text.
"""  # noqa: E501

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

from integrations.inbound.words import Text, fold

DATA = Path(__file__).parent / "data"
LANGUAGES = ("en", "de", "fr", "es", "pt", "ru")
GAPS = {"~": 5, "~~": 12}
# From a mask of where a phrase may go on to one of where it may go on after its next word.
Step = Callable[[Text, int], int]


@dataclass(frozen=True, slots=True)
class Phrase:
    written: str
    steps: tuple[Step, ...]

    def ends(self, text: Text, within: int | None = None) -> int:
        """Return a mask of the positions right after each occurrence."""
        places = text.everywhere if within is None else within
        for step in self.steps:
            places = step(text, places)
            if not places:
                return 0
        return places

    def sentences(self, text: Text) -> set[int]:
        return text.sentences_in(self.ends(text) >> 1)


def compiled(written: str, families: Mapping[str, tuple[Phrase, ...]]) -> Phrase:
    parts = fold(written.replace("'", " ").replace("’", " ").replace("-", " ")).split()
    steps: list[Step] = []
    for is_row, group in groupby(parts, key=lambda part: part not in GAPS and part != "[?]"):
        row = list(group)
        if is_row and "|" in row:
            choices = tuple(compiled(each, families) for each in " ".join(row).split(" | "))
            steps.append(_any_of(choices))
        else:
            steps += [_step(part, families) for part in row]
    return Phrase(written, tuple(steps))


def _any_of(choices: tuple[Phrase, ...]) -> Step:
    return lambda text, places: _any_phrase(choices, text, places)


def _step(part: str, families: Mapping[str, tuple[Phrase, ...]]) -> Step:
    if part in GAPS:
        return _gap(GAPS[part])
    if part == "[?]":
        return lambda text, places: places & (text.questions() << 1)
    if part.endswith("?"):
        inner = _step(part[:-1], families)
        return lambda text, places: places | inner(text, places)
    if "|" in part:
        each = tuple(_step(one, families) for one in part.split("|"))
        return lambda text, places: _any(each, text, places)
    if part.startswith("@"):
        entries = families[part[1:]]
        return lambda text, places: _any_phrase(entries, text, places)
    return lambda text, places: (places & text.places(part)) << 1


def _gap(most: int) -> Step:
    def step(text: Text, places: int) -> int:
        for _ in range(most):
            places |= (places & ~text.borders) << 1
        return places

    return step


def _any(steps: tuple[Step, ...], text: Text, places: int) -> int:
    found = 0
    for step in steps:
        found |= step(text, places)
    return found


def _any_phrase(phrases: tuple[Phrase, ...], text: Text, places: int) -> int:
    found = 0
    for phrase in phrases:
        found |= phrase.ends(text, places)
    return found


@dataclass(frozen=True, slots=True)
class Evidence:
    """The phrases for one kind; in a sentence with one of `cancel` the others do not count. `soft` are
    words of not_yet that receipts say as well."""  # noqa: E501

    strong: tuple[Phrase, ...]
    weak: tuple[Phrase, ...]
    cancel: tuple[Phrase, ...]
    soft: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class Language:
    code: str
    stop_words: frozenset[str]
    kinds: Mapping[str, Evidence]
    lists: Mapping[str, tuple[Phrase, ...]]
    dates: Mapping[str, Any]

    def has(self, name: str, text: Text) -> set[int]:
        """Return the sentences with a phrase of this list."""
        found: set[int] = set()
        for phrase in self.lists.get(name, ()):
            found |= phrase.sentences(text)
        return found


@cache
def language(code: str) -> Language:
    with (DATA / f"{code}.toml").open("rb") as file:
        data = tomllib.load(file)
    days = [word for row in data["dates"]["weekdays"] for word in row.split("|") if len(word) > 3]
    families = {"day": _all(days, {})}
    for name, entries in data["families"].items():
        families[name] = _all(entries, families)
    kinds = {
        name: Evidence(*(_all(data["kinds"][name].get(each, []), families) for each in FORCES))
        for name in data["kinds"]
    }
    lists = {name: _all(entries, families) for name, entries in data["lists"].items()}
    return Language(code, frozenset(data["stop_words"].split()), kinds, lists, data["dates"])


FORCES = ("strong", "weak", "cancel", "soft")


def _all(entries: list[str], families: Mapping[str, tuple[Phrase, ...]]) -> tuple[Phrase, ...]:
    return tuple(compiled(entry, families) for entry in entries)


def language_of(words: list[str]) -> str:
    """Return the language with most of its common words in the text; English if there are none."""
    counts = {code: sum(w in language(code).stop_words for w in words) for code in LANGUAGES}
    cyrillic = sum("а" <= word[:1] <= "я" for word in words)
    if cyrillic * 2 > len(words):
        return "ru"
    return max(LANGUAGES, key=lambda code: counts[code])
