"""What a browser may keep of whom, under which opaque key, and what a sign-out clears; and what a
browser is called in a list of them."""

from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from accounts.models import User

NOBODY = "none"
READER_HEADER = "Hearback-Reader"
UNSAVED_HEADER = "Hearback-Unsaved"  # of a page that no device keeps in place of another
WORKER_HEADER = "Hearback-Worker"  # of what the service worker sends, and keeps until it is taken
# Views after which nothing of the user may stay on the device.
SIGN_OUTS = ("account_logout", "admin:logout")
CLEARED = '"cache", "storage"'


def reader_key(user: User | AnonymousUser) -> str:
    """`owner.key`, the same on each of the user's devices, and telling nothing of the account.
    What is read there is kept under both, what is filled in under the owner alone."""
    if not isinstance(user, User):
        return NOBODY
    return f"{owner_key(user)}.{user.device_key.hex}"


def owner_key(user: User) -> str:
    return _owner(user, settings.SECRET_KEY)


def former_owners(user: User | AnonymousUser) -> list[str]:
    """Under which devices may have kept what was filled in before the secret key was changed."""
    if not isinstance(user, User):
        return []
    return [_owner(user, secret) for secret in settings.SECRET_KEY_FALLBACKS]


def is_over(reader: str) -> bool:
    """Whether what a device keeps for reading under this key is to go."""
    try:
        key = UUID(reader.partition(".")[2])
    except ValueError:
        return True
    return not User.objects.filter(device_key=key, is_active=True).exists()


def _owner(user: User, secret: str) -> str:
    return salted_hmac("accounts.devices.reader", str(user.pk), secret=secret).hexdigest()[:24]


# The first that a browser names of itself counts: many name others to be taken for them.
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
    """Enough to recognise one's own; nothing is decided by it."""
    browser = next((name for mark, name in BROWSERS.items() if mark in user_agent), "")
    system = next((name for mark, name in SYSTEMS.items() if mark in user_agent), "")
    if browser and system:
        return _("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or system or _("An unknown browser")
