"""Primary keys that cannot be counted from an address, and still sort by time of creation."""

from uuid import UUID

from uuid_utils.compat import uuid7


def new_key() -> UUID:
    """A UUIDv7. A function of our own, so that migrations name it and not the library."""
    return uuid7()
