"""The webhook by which a mail provider brings forwarded mails: docs/inbound.md."""

from email import message_from_bytes
from email.policy import HTTP

from anymail.signals import AnymailInboundEvent
from anymail.utils import get_request_basic_auth
from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.urls import resolve
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.datastructures import MultiValueDict
from django.views.decorators.csrf import csrf_exempt

from accounts.request_size import takes_file
from integrations.forwarding import intake
from integrations.forwarding.intake import Reply
from integrations.inbound.reading import SIZE_MAX
from integrations.tasks import wake_readers

# Those that bring the mail in the request, with its envelope's recipient.
PROVIDERS = frozenset({"mailgun", "mailjet", "postmark", "sparkpost"})
# In JSON a mail is longer, and longer still in Base64.
BODY_MAX = 3 * SIZE_MAX


class TryLaterError(Exception):
    """The provider is to bring the mail again."""


@takes_file(BODY_MAX)
@csrf_exempt
def mail_inbound(request: HttpRequest) -> HttpResponse:
    """Anymail's view, which checks the secret and, if the provider signs, its signature. Without a
    domain, a provider or a secret it answers 404."""
    is_set_up = settings.MAIL_API in PROVIDERS and settings.ANYMAIL["WEBHOOK_SECRET"]
    if not (settings.INBOUND_DOMAIN and is_set_up):
        raise Http404
    if request.method == "POST":
        _check_secret(request)
        _read_whole(request)
    view = resolve(f"/{settings.MAIL_API}/inbound/", urlconf="anymail.urls").func
    try:
        response: HttpResponse = view(request)
    except TryLaterError:
        return HttpResponse(status=503)
    return response


def take(event: AnymailInboundEvent) -> None:
    """The provider has accepted the mail already: what nobody wants is dropped, not bounced."""
    recipient, raw = event.message.envelope_recipient or "", _raw(event)
    if len(raw) > SIZE_MAX:
        return
    reply = intake.check_recipient(recipient, "")
    if reply == Reply.RECIPIENT:
        reply = intake.keep(raw, recipient, now=timezone.now())
    if reply == Reply.KEPT:
        wake_readers()
    elif reply != Reply.UNKNOWN:
        raise TryLaterError


def _raw(event: AnymailInboundEvent) -> bytes:
    """As it came, if the provider tells that."""
    told = event.esp_event
    if isinstance(told, HttpRequest) and "body-mime" in told.POST:
        return told.POST["body-mime"].encode("utf-8", "surrogateescape")
    if isinstance(told, dict) and "RawEmail" in told:
        return str(told["RawEmail"]).encode("utf-8", "surrogatepass")
    return bytes(event.message.as_bytes())


def _check_secret(request: HttpRequest) -> None:
    """Before the body is read, which may be large; Anymail checks it again."""
    secret = settings.ANYMAIL["WEBHOOK_SECRET"]
    if not constant_time_compare(get_request_basic_auth(request) or "", secret):
        raise SuspiciousOperation("A webhook without its secret")


def _read_whole(request: HttpRequest) -> None:
    """Django takes 1 MB beside files, and a mail is no file; the middleware has bounded it."""
    body = request.read(BODY_MAX)
    request._body = body
    if request.content_type != "multipart/form-data":
        return
    head = f"Content-Type: {request.META['CONTENT_TYPE']}\r\n\r\n".encode()
    form = QueryDict(mutable=True)
    for part in message_from_bytes(head + body, policy=HTTP).iter_parts():
        name, content = part.get_param("name", header="content-disposition"), part.get_payload()
        if name and isinstance(content, str):
            form.appendlist(str(name), content)
    request._post, request._files = form, MultiValueDict()  # type: ignore[attr-defined]
