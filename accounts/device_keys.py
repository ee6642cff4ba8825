"""Opaque keys under which browsers keep a user's data, what a sign-out clears, and the names of
browsers in lists."""

from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from accounts.models import User

NOBODY = "none"
READER_HEADER = "Hearback-Reader"
UNSAVED_HEADER = "Hearback-Unsaved"  # marks a page that a device must not keep instead of another
# marks requests of the service worker, which it repeats until they succeed
WORKER_HEADER = "Hearback-Worker"
# After these views the device must not keep any data of the user.
SIGN_OUTS = ("account_logout", "admin:logout")
CLEARED = '"cache", "storage"'


def reader_key(user: User | AnonymousUser) -> str:
    """Return a key `owner.key` that is the same on each device of the user and reveals nothing
    about the account. Pages are cached under both parts, form input under the owner alone."""
    if not isinstance(user, User):
        return NOBODY
    return f"{owner_key(user)}.{user.device_key.hex}"


def owner_key(user: User) -> str:
    return _owner(user, settings.SECRET_KEY)


def former_owners(user: User | AnonymousUser) -> list[str]:
    """Return the owner keys made with earlier secret keys: devices may still keep form input under
    them."""
    if not isinstance(user, User):
        return []
    return [_owner(user, secret) for secret in settings.SECRET_KEY_FALLBACKS]


def is_over(reader: str) -> bool:
    """Return whether the device must remove the pages that it keeps under this key."""
    try:
        key = UUID(reader.partition(".")[2])
    except ValueError:
        return True
    return not User.objects.filter(device_key=key, is_active=True).exists()


def _owner(user: User, secret: str) -> str:
    return salted_hmac("accounts.devices.reader", str(user.pk), secret=secret).hexdigest()[:24]


# The first name counts: many browsers also name others, to be taken for them.
BROWSERS = {
    "Edg": "Edge",
    "OPR": "Opera",
    "SamsungBrowser": "Samsung Internet",
    "Firefox": "Firefox",
    "FxiOS": "Firefox",
    "CriOS": "Chrome",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
SYSTEMS = {
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "Windows": "Windows",
    "Mac OS X": "macOS",
    "CrOS": "ChromeOS",
    "Linux": "Linux",
}


def device_name(user_agent: str) -> str:
    """Name the browser for display only; nothing is decided by it."""
    browser = next((name for mark, name in BROWSERS.items() if mark in user_agent), "")
    system = next((name for mark, name in SYSTEMS.items() if mark in user_agent), "")
    if browser and system:
        return _("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or system or _("Unknown browser")
