"""Drafts of letters to an employer, from values to text."""

from interviews.letters.drafts import draft
from interviews.letters.own import letter_from, shown, to_keep, values_of
from interviews.letters.values import (
    Agreed,
    Letter,
    LetterKind,
    Writing,
    kind_for,
    writing_of,
)

__all__ = [
    "Agreed",
    "Letter",
    "LetterKind",
    "Writing",
    "draft",
    "kind_for",
    "letter_from",
    "shown",
    "to_keep",
    "values_of",
    "writing_of",
]
