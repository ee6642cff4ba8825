"""Which mailbox a link was mailed to: it proves that one alone, and opens nothing once the account
has another address. Where somebody had changed it, and it was put back, their mails are void."""

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from accounts.addresses import canonical_address
from accounts.models import User


def mark_of(user: User) -> str:
    """To stand in a signed link: the present address, unreadable."""
    return _mark(user.email, settings.SECRET_KEY)


def is_still(mark: str, user: User) -> bool:
    """Whether what was marked so went to the address that the account has now."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return any(constant_time_compare(mark, _mark(user.email, key)) for key in keys)


def _mark(email: str, secret: str) -> str:
    address = canonical_address(email)
    made = salted_hmac("accounts.mailboxes", address, secret=secret, algorithm="sha256")
    return made.hexdigest()[:16]
