"""Where passkeys can be had: browsers tie them to a name, and offer them over HTTPS alone, but for
the machine itself."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest


def name() -> str:
    """What they belong to: the site's own name, whatever host a request names."""
    return urlsplit(settings.BASE_URL).hostname or "localhost"


def address() -> str:
    """Where they can be used; empty where they cannot, whichever way the site is opened."""
    is_possible = settings.BASE_URL.startswith("https://") or name() == "localhost"
    return f"{settings.BASE_URL}/" if is_possible else ""


def may_use(request: HttpRequest) -> bool:
    """Whether a browser offers them on the page that was asked for."""
    asked = urlsplit(f"//{request.get_host()}").hostname
    return bool(address()) and asked == name()
