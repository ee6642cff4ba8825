"""Who signs in, what they asked of their account, and the record of who did what."""

from accounts.models.address_change import AddressChange
from accounts.models.departure import Departure
from accounts.models.record_entry import RecordEntry
from accounts.models.user import User, UserManager

__all__ = ["AddressChange", "Departure", "RecordEntry", "User", "UserManager"]
