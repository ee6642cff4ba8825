"""Where passkeys work: browsers bind them to a host name and require HTTPS, except on localhost."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest


def name() -> str:
    """Return the site's own host name, whatever host the request names."""
    return urlsplit(settings.BASE_URL).hostname or "localhost"


def address() -> str:
    """Return the URL at which passkeys work, or an empty string if they never do."""
    is_possible = settings.BASE_URL.startswith("https://") or name() == "localhost"
    return f"{settings.BASE_URL}/" if is_possible else ""


def may_use(request: HttpRequest) -> bool:
    """Return whether browsers offer passkeys at the requested host."""
    asked = urlsplit(f"//{request.get_host()}").hostname
    return bool(address()) and asked == name()
