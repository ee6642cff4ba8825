"""Signed text in links and pages, so that nothing has to be stored.

A salt makes a token of one purpose useless for another. Mails that were sent contain such tokens:
change a salt, or the shape of the signed value, only if the former ones can still be read.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeVar

from django.core import signing

T = TypeVar("T")


def sign(value: object, *, salt: str, is_long: bool = False) -> str:
    return signing.dumps(value, salt=salt, compress=is_long)


def read(
    token: str, take: Callable[[Any], T], *, salt: str, max_age: timedelta | None = None
) -> T | None:
    """Return what `take` makes of the signed value; None for a token that is forged, made for
    another purpose, expired, or of another shape, for which `take` raises."""
    try:
        return take(signing.loads(token, salt=salt, max_age=max_age))
    except (signing.BadSignature, ValueError, TypeError, IndexError):
        return None
