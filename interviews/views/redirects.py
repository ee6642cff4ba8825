"""To a page of this application with values already filled in."""

from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode


def redirect_to(name: str, *args: object, **query: object) -> HttpResponseRedirect:
    path = reverse(f"interviews:{name}", args=args)
    return HttpResponseRedirect(f"{path}?{urlencode(query)}" if query else path)
