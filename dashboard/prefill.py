"""Links to pages with values filled in."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from interviews.models import Interview


def redirect_to(name: str, *args: object, **query: str | UUID) -> HttpResponseRedirect:
    path = reverse(f"dashboard:{name}", args=args)
    return HttpResponseRedirect(
        f"{path}?{urlencode({name: str(value) for name, value in query.items()})}"
        if query
        else path
    )


def to_cancelled(request: HttpRequest, interview: Interview) -> HttpResponseRedirect:
    """An interview that did not take place has nothing to record, even by a known URL."""
    messages.error(request, _("This interview is cancelled, so there’s nothing to record."))
    return redirect_to("interview-detail", interview.pk)
