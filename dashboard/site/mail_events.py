"""Where a provider of mail tells what became of one (its webhook): docs/operations.md."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import resolve
from django.views.decorators.csrf import csrf_exempt


@csrf_exempt
def mail_events(request: HttpRequest) -> HttpResponse:
    """Anymail's, which asks for the secret and, where the provider signs, for its signature.
    Without a provider or a secret there is no such page."""
    if not settings.MAIL_API or not settings.ANYMAIL["WEBHOOK_SECRET"]:
        raise Http404
    view = resolve(f"/{settings.MAIL_API}/tracking/", urlconf="anymail.urls").func
    response: HttpResponse = view(request)
    return response
