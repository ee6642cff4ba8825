"""Compare job titles, in any of the languages and whatever their ending."""

import tomllib
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any

from integrations.inbound.phrases import DATA, language
from integrations.inbound.words import Text, words_of

SMALL = frozenset(
    [
        "of",
        "for",
        "the",
        "a",
        "an",
        "and",
        "in",
        "at",
        "de",
        "da",
        "do",
        "des",
        "du",
        "la",
        "le",
        "les",
        "el",
        "los",
        "d",
        "l",
        "y",
        "e",
        "et",
        "und",
        "fur",
        "im",
        "der",
        "die",
        "das",
        "des",
        "m",
        "w",
        "f",
        "h",
        "x",
        "d",
        "по",
        "в",
        "на",
        "и",
        "mwd",
    ]
)
# So far behind the words that announce a title it may begin and end.
TITLE_WORDS = 6
SENTENCE_WORDS = 150


@cache
def table() -> dict[str, Any]:
    with (DATA / "positions.toml").open("rb") as file:
        return tomllib.load(file)


def stem(word: str) -> str:
    """Return the beginning that a word shares with its other endings."""
    for ending in ("innen", "in", "ka", "ca"):
        if len(word) > 8 and word.endswith(ending):
            word = word[: -len(ending)]
            break
    return word if len(word) < 4 else word[: -1 if len(word) <= 7 else -2]


@lru_cache(4096)
def concepts(word: str) -> frozenset[str]:
    """Return the meanings of a word of a title: `title:analyst`, `field:data`, `level:junior`."""
    return frozenset(
        f"{group[:-1]}:{name}"
        for group in ("titles", "fields", "levels")
        for name, stems in table()[group].items()
        if any(_is_like(word, each) for each in stems)
    )


def _is_like(word: str, entry: str) -> bool:
    """A short entry, and one with an exclamation mark, is a whole word."""
    if entry.endswith("!") or len(entry) <= 3:
        return word == entry.rstrip("!") or word == entry.rstrip("!") + "s"
    return word.startswith(entry)


def meanings(words: Sequence[str]) -> frozenset[str]:
    return frozenset().union(*map(concepts, words)) if words else frozenset()


def content(position: str) -> tuple[str, ...]:
    return tuple(word for word in words_of(position) if word not in SMALL)


def sentences_naming(position: str, text: Text) -> set[int]:
    """Return the sentences in which all words of a title stand, in this or another language."""
    words = content(position)
    if not words:
        return set()
    wanted = [stem(word) for word in words]
    meant = meanings(words)
    found = set()
    for number, sentence in enumerate(text.sentences):
        there = text.words[sentence.first : sentence.end]
        has_words = all(any(word.startswith(each) for word in there) for each in wanted)
        may_mean = not has_words and len(meant) >= max(2, len(words) - 1)
        has_meaning = may_mean and meant <= meanings(there[:SENTENCE_WORDS])
        if has_words or has_meaning:
            found.add(number)
    return found


def is_same(position: str, words: Sequence[str]) -> bool:
    """Whether a named title may be this position; a level that only one has tells them apart."""
    wanted = content(position)
    own, named = meanings(wanted), meanings(words)
    if _of("level", own) != _of("level", named):
        return False
    stems = [stem(word) for word in wanted]
    if all(any(word.startswith(each) for word in words) for each in stems):
        return True
    titles, others = _of("title", own), _of("title", named)
    fields, other_fields = _of("field", own), _of("field", named)
    shares_word = any(word.startswith(each) for each in stems for word in words if len(each) > 3)
    if titles and others:
        same_field = not fields or not other_fields or bool(fields & other_fields)
        return bool(titles & others) and same_field
    return shares_word or not others


def _of(group: str, names: frozenset[str]) -> frozenset[str]:
    return frozenset(name for name in names if name.startswith(group + ":"))


def named(text: Text, code: str) -> list[tuple[str, ...]]:
    """Return the titles that a text names after words such as "your application for"."""
    found = []
    for before in table()["before"][code]:
        lead = before.split()
        if not all(map(text.places, lead)):
            continue
        for sentence in text.sentences:
            there = text.words[sentence.first : sentence.end]
            if lead[0] not in there:
                continue
            for place in range(len(there) - len(lead)):
                if there[place : place + len(lead)] != lead:
                    continue
                title = _title(there[place + len(lead) : place + len(lead) + TITLE_WORDS], code)
                if title:
                    found.append(title)
    return found


def _title(words: Sequence[str], code: str) -> tuple[str, ...]:
    """Return the words up to the one that names an occupation, and one more if it is a field."""
    for number, word in enumerate(words[:4]):
        if word in table()["no_titles"].get(code, ()) or not _of("title", concepts(word)):
            continue
        if not _may_lead(words[:number], code):
            return ()
        end = number + 1
        while end < len(words) and (words[end] in SMALL or meanings([words[end]])):
            end += 1
        return tuple(w for w in words[:end] if w not in SMALL)
    return ()


def _may_lead(words: Sequence[str], code: str) -> bool:
    """Tell "application as manager" from "your application, our manager", which names none."""
    if not words or words[-1] in table()["joins"]:
        return True
    common = language(code).stop_words
    return words[-1] not in table()["no_field"] and not any(
        word in common and word not in SMALL for word in words
    )
