"""Where passkeys can be had: browsers tie them to a name, and offer them over HTTPS alone, but for
the machine itself."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest

NAME = urlsplit(settings.BASE_URL).hostname or "localhost"


def may_use(request: HttpRequest) -> bool:
    """Whether a browser offers them on the address that this page was asked by."""
    scheme = urlsplit(settings.BASE_URL).scheme
    asked = urlsplit(f"//{request.get_host()}").hostname
    return asked == NAME and (scheme == "https" or NAME == "localhost")


def address() -> str:
    """The site's address under the name that passkeys belong to; empty where none can be had."""
    is_possible = settings.BASE_URL.startswith("https://") or NAME == "localhost"
    return f"{settings.BASE_URL}/" if is_possible else ""
