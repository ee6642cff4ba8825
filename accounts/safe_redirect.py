"""Accept a redirect target only if it is another page of this site."""

from django.utils.http import url_has_allowed_host_and_scheme


def is_own_path(target: str) -> bool:
    """Return whether it is a path. Pages of this site pass their path, so anything else (another
    port, a view's name, an unreadable URL) does not come from them."""
    is_path = target.startswith("/")
    return is_path and url_has_allowed_host_and_scheme(target, allowed_hosts=None)
