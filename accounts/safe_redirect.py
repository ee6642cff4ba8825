"""Where a page may be told to go on: to another page of this site, and nowhere else."""

from django.utils.http import url_has_allowed_host_and_scheme


def is_own_path(target: str) -> bool:
    """Pages name themselves by their path. Whatever else is told is no page's doing, be it another
    port of this host, the name of a view, or an address that cannot even be read."""
    is_path = target.startswith("/")
    return is_path and url_has_allowed_host_and_scheme(target, allowed_hosts=None)
