"""The webhook of a mail provider: docs/operations.md."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import resolve
from django.views.decorators.csrf import csrf_exempt


@csrf_exempt
def mail_events(request: HttpRequest) -> HttpResponse:
    """Anymail's view, which checks the secret and, if the provider signs, its signature. Without a
    provider or a secret it answers 404."""
    if not settings.MAIL_API or not settings.ANYMAIL["WEBHOOK_SECRET"]:
        raise Http404
    view = resolve(f"/{settings.MAIL_API}/tracking/", urlconf="anymail.urls").func
    response: HttpResponse = view(request)
    return response
