"""Signed text that a link or a page carries, so that nothing is stored for it.

A salt keeps a token of one purpose from standing in for another's. Mails that were sent carry such
tokens: a salt, or the shape of what is signed, changes only where those of before are still read.
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
    """What `take` makes of what was signed; None for a token that is forged, made for something
    else, or too old, and where `take` raises since it is not of that shape."""
    try:
        return take(signing.loads(token, salt=salt, max_age=max_age))
    except (signing.BadSignature, ValueError, TypeError, IndexError):
        return None
