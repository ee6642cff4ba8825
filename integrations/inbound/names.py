"""Compare names of people and companies: turned round, without accents, in Latin letters, declined."""  # noqa: E501

import re
from collections.abc import Iterator, Sequence
from functools import cache

from integrations.inbound.words import fold, words_of

LEGAL = frozenset(
    [
        "gmbh",
        "ag",
        "se",
        "kg",
        "co",
        "ohg",
        "mbh",
        "ug",
        "ltd",
        "limited",
        "plc",
        "inc",
        "llc",
        "llp",
        "corp",
        "corporation",
        "sas",
        "sarl",
        "sa",
        "sasu",
        "eurl",
        "sl",
        "slu",
        "sa",
        "lda",
        "ltda",
        "eireli",
        "me",
        "bv",
        "nv",
        "ab",
        "oy",
        "as",
        "aps",
        "spa",
        "srl",
        "holding",
        "holdings",
        "group",
        "gruppe",
        "groupe",
        "ооо",
        "оао",
        "зао",
        "пао",
        "ао",
        "ип",
        "ets",
        "fils",
        "and",
        "und",
        "et",
        "y",
        "e",
        "deutschland",
    ]
)
LATIN = {
    **dict(zip("абвгдезийклмнопрстуфхцыэ", "abvgdeziiklmnoprstufhcye", strict=True)),
    "ж": "zh",
    "ч": "ch",
    "ш": "sh",
    "щ": "sh",
    "ю": "u",
    "я": "a",
    "ъ": "",
    "ь": "",
    "ё": "e",
}
UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
SPELLINGS = (
    *(
        ("shch", "sh"),
        ("sch", "sh"),
        ("yu", "u"),
        ("iu", "u"),
        ("ju", "u"),
        ("ya", "a"),
        ("ia", "a"),
        ("ja", "a"),
    ),
    *(
        ("kh", "h"),
        ("ts", "c"),
        ("tz", "c"),
        ("yo", "e"),
        ("ye", "e"),
        ("je", "e"),
        ("w", "v"),
        ("y", "i"),
        ("j", "i"),
        ("'", ""),
    ),
)
CYRILLIC = re.compile("[а-я]")


@cache
def forms(word: str) -> frozenset[str]:
    """Return the ways in which one word of a name may be written, folded."""
    low = word.lower()
    found = {fold(low), fold(low.translate(UMLAUTS))}
    if CYRILLIC.search(low):
        found.add(_spelled("".join(LATIN.get(letter, letter) for letter in fold(low))))
    return frozenset(found)


def _spelled(word: str) -> str:
    for one, other in SPELLINGS:
        word = word.replace(one, other)
    return re.sub(r"(.)\1", r"\1", word)


def is_word(name: str, word: str) -> bool:
    """Tell whether a folded word is this word of a name. Cyrillic ones may be declined."""
    known = forms(name)
    if word in known:
        return True
    if not CYRILLIC.search(fold(name)):
        return False
    if CYRILLIC.search(word):
        base = fold(name)
        keep = max(3, len(base) - (2 if len(base) > 5 else 1))
        return len(word) <= len(base) + 3 and len(base) >= 4 and word[:keep] == base[:keep]
    return _spelled(word) in known


def has_name(name: str, words: Sequence[str]) -> bool:
    """Tell whether all words of a person's name stand side by side, in any order."""
    parts = [part for part in re.split(r"[\W_]+", name) if part]
    if len(parts) < 2:
        return False
    like = [_like_in(part, words) for part in parts]
    if not all(like):
        return False
    for place in range(len(words) - len(parts) + 1):
        there = set(words[place : place + len(parts)])
        if all(there & each for each in like):
            return True
    return False


def _like_in(name: str, words: Sequence[str]) -> set[str]:
    """Return those of the words that are this word of a name."""
    known, vocabulary = forms(name), set(words)
    if not CYRILLIC.search(fold(name)):
        return vocabulary & known
    first = fold(name)[:1]
    near = (word for word in vocabulary if word[:1] == first or word.isascii())
    return {word for word in near if is_word(name, word)}


def is_person(name: str, shown: str, email: str = "") -> bool:
    """Tell whether a sender's name, or the words before the at sign, are this person's name."""
    if has_name(name, words_of(shown)):
        return True
    local = [fold(part) for part in re.split(r"[._\-+\d]+", email.partition("@")[0]) if part]
    return has_name(name, local)


@cache
def company_forms(name: str) -> tuple[tuple[str, ...], ...]:
    """Return the rows of words by which a company may be called."""
    every = tuple(re.findall(r"[^\W_]+", name))
    short = tuple(word for word in every if fold(word) not in LEGAL)
    return tuple(dict.fromkeys(row for row in (every, short) if row))


def names_company(name: str, words: Sequence[str], raw: str) -> bool:
    """Tell whether a text, also given as folded words, names a company."""
    if is_initials(name):
        return bool(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", raw))
    for row in company_forms(name):
        if sum(map(len, row)) < 4:
            continue
        like = [_like_in(each, words) for each in row]
        if not all(like):
            continue
        for place in range(len(words) - len(row) + 1):
            if all(word in each for word, each in zip(words[place:], like, strict=False)):  # noqa: SIM102
                if len(row) > 1 or _is_capital(row[0], raw):
                    return True
    return False


def is_initials(name: str) -> bool:
    return len(name) <= 5 and name == name.upper() and any(map(str.isalpha, name))


def _is_capital(word: str, raw: str) -> bool:
    """A name of one word is one only with a capital: a lumen is a unit."""
    return any(found[:1].isupper() for found in _like(word, raw))


def _like(word: str, raw: str) -> Iterator[str]:
    begin = raw.lower().find(fold(word)[:3])
    if begin < 0:
        yield word  # written with other letters: no doubt
    for found in re.findall(r"[^\W_]+", raw):
        if is_word(word, fold(found)):
            yield found
