"""Remove invisible characters from what users type.

Control characters come with text copied from a PDF or an address book. Users cannot see them to
correct them, so they are dropped rather than refused. Characters that change the direction of the
following text (U+202E and similar) would let a name reorder the rest of a sentence. Characters that
scripts need stay: joiners and direction marks.
"""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# Form feeds and Unicode's separators also end a line.
_BREAK = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"  # control characters
    "\u202a-\u202e\u2066-\u2069"  # bidirectional embeddings and overrides
    "\ud800-\udfff]"  # surrogates, which no database stores
)


def visible(text: str) -> str:
    """Remove invisible characters and leave line breaks as they are."""
    return _UNSEEN.sub("", text)


def readable(text: str, *, has_lines: bool = True) -> str:
    """Normalise line breaks; replace them by spaces in text without lines."""
    plain = visible(_BREAK.sub("\n", text))
    return plain if has_lines else plain.replace("\n", " ")


def validate_ascii_local_part(address: str) -> None:
    """Refuse a local part that is not ASCII: sending to one needs SMTPUTF8 (RFC 6531). Django's
    EmailValidator ignores case, so ı (U+0131) and ſ (U+017F) pass it."""
    if not address.rpartition("@")[0].isascii():
        raise ValidationError(
            _("Write an address with plain letters before the @, such as anna@example.org."),
            code="local_part",
        )
