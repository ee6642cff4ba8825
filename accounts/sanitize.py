"""What somebody typed, without the signs that nobody sees.

Control signs come along with what is copied from a PDF or an address book; nobody typed them, so
nobody could put them right, and they are dropped rather than refused. The signs that turn the
direction of all that follows (U+202E and its kin) would let a name turn the rest of a sentence
around. Signs that a script needs stay: joiners, and the marks of direction of a single letter.
"""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# Form feeds and the separators of Unicode end a line as well.
_BREAK = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"  # controls
    "\u202a-\u202e\u2066-\u2069"  # turns of direction
    "\ud800-\udfff]"  # halves of a sign, which no database keeps
)


def visible(text: str) -> str:
    """Every line break as it is."""
    return _UNSEEN.sub("", text)


def readable(text: str, *, has_lines: bool = True) -> str:
    """With one kind of line break; where a text has no lines, a space stands for each."""
    plain = visible(_BREAK.sub("\n", text))
    return plain if has_lines else plain.replace("\n", " ")


def validate_ascii_local_part(address: str) -> None:
    """Django's EmailValidator ignores case, and so lets ı (U+0131) and ſ (U+017F) through; without
    SMTPUTF8 (RFC 6531) no mail can be sent to such an address."""
    if not address.rpartition("@")[0].isascii():
        raise ValidationError(
            _("Write an address with plain letters before the @, such as anna@example.org."),
            code="local_part",
        )
