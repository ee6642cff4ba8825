"""Keys that do not reveal how many rows there are."""

from uuid import UUID

from django.db.models import Model
from django.utils.crypto import salted_hmac
from uuid_utils.compat import uuid7


def new_key() -> UUID:
    """Return a UUIDv7, which sorts by time of creation. Migrations name this function rather than
    the library."""
    return uuid7()


def opaque_key(row: Model) -> str:
    """Return the name of a library's row in URLs and forms; the row's own key is sequential."""
    named = f"{row._meta.label}:{row.pk}"
    return salted_hmac("accounts.keys.opaque", named, algorithm="sha256").hexdigest()[:32]
