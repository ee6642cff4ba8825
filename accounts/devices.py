"""What a browser may keep of whom: an opaque key of a user, and what a sign-out clears."""

from django.contrib.auth.models import AnonymousUser
from django.utils.crypto import salted_hmac

from accounts.models import User

NOBODY = "none"
READER_HEADER = "Hearback-Reader"
# Views after which nothing of the user may stay on the device.
SIGN_OUTS = ("account_logout", "admin:logout")
CLEARED = '"cache", "storage"'


def reader_key(user: User | AnonymousUser) -> str:
    """The same on each of the user's devices, and telling nothing of the account."""
    if not isinstance(user, User):
        return NOBODY
    return salted_hmac("accounts.devices.reader", str(user.pk)).hexdigest()[:24]
