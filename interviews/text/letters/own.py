"""The candidate's letter templates: changing values are stored as placeholders.

A placeholder is a name in braces, `{person}`: stored in English, and shown and typed in the
candidate's language. Any other text in braces stays as it was typed.
"""

import re
from collections.abc import Callable, Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from interviews.text import dates
from interviews.text.letters.placeholders import Letter, Writing

Values = Mapping[str, str]

# In the order of precedence if two values are the same word.
NAMES: dict[str, Callable[[], str]] = {
    "person": lambda: _("person"),
    "first name": lambda: _("first name"),
    "last name": lambda: _("last name"),
    "position": lambda: _("position"),
    "company": lambda: _("company"),
    "interview day": lambda: _("interview day"),
    "promised day": lambda: _("promised date"),
    "my name": lambda: _("my name"),
}
PARTS = ("first name", "last name")
OF_THE_OTHER = ("person", *PARTS)
BRACED = re.compile(r"\{([^{}\n]{1,40})\}")


def values_of(writing: Writing, *, company: str, now: datetime) -> dict[str, str]:
    """The value of each placeholder in this letter; unknown ones are left out."""
    person = writing.person or ""
    words = person.split()
    found = {
        "person": person,
        "first name": words[0] if words else "",
        "last name": words[-1] if len(words) > 1 else "",
        "position": writing.position,
        "company": company,
        "interview day": dates.day(writing.interviewed_on, now=now),
        "promised day": dates.day(writing.promised_on, now=now) if writing.promised_on else "",
        "my name": writing.sender or "",
    }
    return {name: value for name, value in found.items() if value}


def to_keep(text: str, values: Values) -> str:
    """Replace each value that is a whole word by its placeholder, in the stored form."""
    named = {said(): name for name, said in NAMES.items()}
    by_value = _by_value(values)
    longest_first = sorted(by_value, key=len, reverse=True)
    words = "|".join(_pattern(value, by_value[value]) for value in longest_first)
    # Text that the candidate has put into braces is parsed first, and no word in it is replaced.
    sought = rf"{BRACED.pattern}|(?<!\w)({words})(?!\w)"

    def placeholder(found: re.Match[str]) -> str:
        typed, value = found.groups()
        if value is not None:
            return f"{{{by_value[value]}}}"
        known = _known(typed, named)
        return found.group() if known is None else f"{{{known}}}"

    return re.sub(sought, placeholder, text)


def _by_value(values: Values) -> dict[str, str]:
    """The placeholder for each value. The candidate's own name takes precedence, because letters
    are signed with it or a part of it, and a part does not mean somebody else with the same
    name."""
    own_name = values.get("my name", "")
    own_words = re.split(r"[\s-]+", own_name.casefold())
    found: dict[str, str] = {
        _("[your name]"): "my name",
        own_name or _missing("my name"): "my name",
    }
    for name in NAMES:
        value = values.get(name) or _missing(name)
        if name not in OF_THE_OTHER or value.casefold() not in own_words:
            found.setdefault(value, name)
    return found


def _pattern(value: str, name: str) -> str:
    """A part of a name is no whole word in a longer name, such as Anna-Lena."""
    word = re.escape(value)
    return rf"(?<!-){word}(?!-)" if name in PARTS else word


def filled(text: str, values: Values) -> str:
    """Fill in the values; a known placeholder without a value is shown in brackets."""
    return _each(text, lambda name: values.get(name) or _missing(name))


def _missing(name: str) -> str:
    """Easy to see, and recognised when the text is saved."""
    return f"[{NAMES[name]()}]"


def shown(text: str) -> str:
    """As the candidate reads it: placeholders by their names in the candidate's language."""
    return _each(text, lambda name: f"{{{NAMES[name]()}}}")


def letter_from(own: Letter, values: Values) -> Letter:
    return Letter(
        subject=" ".join(filled(own.subject, values).split()), body=filled(own.body, values)
    )


def _each(text: str, said: Callable[[str], str]) -> str:
    def replace(found: re.Match[str]) -> str:
        return said(found.group(1)) if found.group(1) in NAMES else found.group()

    return BRACED.sub(replace, text)


def _known(typed: str, named: Mapping[str, str]) -> str | None:
    """Return the placeholder of this name, in the candidate's language or as stored, or None."""
    word = " ".join(typed.split()).casefold()
    by_word = {said.casefold(): name for said, name in named.items()}
    return by_word.get(word) or (word if word in NAMES else None)
