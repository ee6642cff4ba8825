"""Keys that cannot be counted from an address."""

from uuid import UUID

from django.db.models import Model
from django.utils.crypto import salted_hmac
from uuid_utils.compat import uuid7


def new_key() -> UUID:
    """A UUIDv7: it still sorts by time of creation. A function of our own, so that migrations
    name it and not the library."""
    return uuid7()


def opaque_key(row: Model) -> str:
    """What addresses and forms call a row of a library, whose own key counts all there are."""
    named = f"{row._meta.label}:{row.pk}"
    return salted_hmac("accounts.keys.opaque", named, algorithm="sha256").hexdigest()[:32]
