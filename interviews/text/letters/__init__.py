"""Drafts of letters to an employer, from values to text."""

from interviews.text.letters.drafts import draft
from interviews.text.letters.own import letter_from, shown, to_keep, values_of
from interviews.text.letters.placeholders import (
    AgreedText,
    Letter,
    LetterKind,
    Writing,
    kind_for,
    writing_of,
)

__all__ = [
    "AgreedText",
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
