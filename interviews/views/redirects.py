"""To a page of this application with values already filled in."""

from uuid import UUID

from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode


def redirect_to(name: str, *args: object, **query: str | UUID) -> HttpResponseRedirect:
    path = reverse(f"interviews:{name}", args=args)
    return HttpResponseRedirect(
        f"{path}?{urlencode({name: str(value) for name, value in query.items()})}"
        if query
        else path
    )
