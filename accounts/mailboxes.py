"""Bind a mail's link to the mailbox that it was sent to. Once the account has another address, the
link is void. That also voids the mails of somebody who took over the account for a while."""

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from accounts.addresses import canonical_address
from accounts.models import User


def mark_of(user: User) -> str:
    """Return an opaque mark of the account's present address, for a signed link."""
    return _mark(user.email, settings.SECRET_KEY)


def is_still(mark: str, user: User) -> bool:
    """Return whether the mark was made for the account's present address."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return any(constant_time_compare(mark, _mark(user.email, key)) for key in keys)


def _mark(email: str, secret: str) -> str:
    address = canonical_address(email)
    made = salted_hmac("accounts.mailboxes", address, secret=secret, algorithm="sha256")
    return made.hexdigest()[:16]
