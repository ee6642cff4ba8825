"""What a browser may keep of whom: an opaque key of a user, and what a sign-out clears; and what
a browser is called in a list of them."""

from django.contrib.auth.models import AnonymousUser
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

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
