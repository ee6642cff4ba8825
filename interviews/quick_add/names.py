"""Which known name a typed one stands for. Case, accents and missing words do not matter."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from interviews.quick_add.draft import Known


@lru_cache(maxsize=4096)  # the known names are asked for at each piece of a line
def words_of(name: str) -> tuple[str, ...]:
    apart = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(sign for sign in apart if not unicodedata.combining(sign))
    return tuple(re.findall(r"\w+", plain))


def known_as(typed: str, names: Iterable[str], *, is_start: bool = False) -> str | None:
    """The known name: the same, or the only one that holds the typed words in a row; with
    `is_start`, at its start."""
    wanted, names = words_of(typed), list(names)
    same = [name for name in names if words_of(name) == wanted]
    found = same or [name for name in names if wanted and _holds(words_of(name), wanted, is_start)]
    return found[0] if found and (same or len(set(found)) == 1) else None


def _holds(words: tuple[str, ...], wanted: tuple[str, ...], is_start: bool) -> bool:
    length = len(wanted)
    places = range(1 if is_start else len(words) - length + 1)
    return any(words[n : n + length] == wanted for n in places)


def person_known_as(typed: str, known: Known, company: str) -> str | None:
    """Among the people of the company first."""
    near = [name for name, theirs in known.people if theirs == company]
    return known_as(typed, near) or known_as(typed, [name for name, _theirs in known.people])


def company_of(person: str, known: Known) -> str:
    return next((company for name, company in known.people if name == person), "")


def at_end(typed: str, known: Known) -> tuple[str, str] | None:
    """Split "Acme analyst" into the known company and the rest; also "analyst Acme"."""
    parts = typed.split()
    for n in range(len(parts) - 1, 0, -1):
        for company, rest in ((parts[:n], parts[n:]), (parts[-n:], parts[:-n])):
            if found := known_as(" ".join(company), known.companies, is_start=True):
                return found, " ".join(rest)
    return None


def known_or(typed: str, names: Iterable[str]) -> str:
    return (known_as(typed, names) if typed else None) or typed


def is_same(typed: str, names: Iterable[str]) -> bool:
    return bool(typed) and any(words_of(name) == words_of(typed) for name in names)
