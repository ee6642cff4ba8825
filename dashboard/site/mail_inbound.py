"""The webhook by which a mail provider brings forwarded mails: docs/inbound.md."""

from base64 import b64decode
from binascii import a2b_qp
from collections.abc import Callable, Iterator
from email import message_from_bytes
from email.policy import HTTP
from typing import Any

from anymail.signals import AnymailInboundEvent
from anymail.utils import get_request_basic_auth
from anymail.webhooks.sparkpost import SparkPostInboundWebhookView
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
# Where the bytes of a mail are kept beside what Anymail reads.
BODY_MIME, AS_RELAYED = "body_mime", "as_relayed"


class TryLaterError(Exception):
    """The provider is to bring the mail again."""


def is_set_up() -> bool:
    return settings.MAIL_API in PROVIDERS and bool(settings.ANYMAIL["WEBHOOK_SECRET"])


@takes_file(BODY_MAX)
@csrf_exempt
def mail_inbound(request: HttpRequest) -> HttpResponse:
    """Anymail's view, which checks the secret and, if the provider signs, its signature. Without a
    domain, a provider or a secret it answers 404."""
    if not (settings.INBOUND_DOMAIN and is_set_up()):
        raise Http404
    if request.method == "POST":
        _check_secret(request)
        _read_whole(request)
    view = _view()
    try:
        response: HttpResponse = view(request)
    except TryLaterError:
        return HttpResponse(status=503)
    return response


def _view() -> Callable[[HttpRequest], HttpResponse]:
    view: Callable[[HttpRequest], HttpResponse]
    if settings.MAIL_API == "sparkpost":
        view = _SparkPostView.as_view()
    else:
        view = resolve(f"/{settings.MAIL_API}/inbound/", urlconf="anymail.urls").func
    return view


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
    """As it came, if the provider tells that: Anymail reads every mail as UTF-8."""
    told = event.esp_event
    if isinstance(told, HttpRequest) and hasattr(told, BODY_MIME):
        return bytes(getattr(told, BODY_MIME))
    if isinstance(told, dict) and "RawEmail" in told:
        return str(told["RawEmail"]).encode("utf-8", "surrogatepass")
    if isinstance(told, dict) and AS_RELAYED in told:
        return bytes(told[AS_RELAYED])
    return bytes(event.message.as_bytes())


class _SparkPostView(SparkPostInboundWebhookView):  # type: ignore[misc]
    """Anymail's, which refuses a mail that is not UTF-8."""

    def esp_to_anymail_event(
        self, event_class: str, event: dict[str, Any], raw_event: dict[str, Any]
    ) -> AnymailInboundEvent:
        content = event["content"]
        mail = str(content["email_rfc822"]).encode("utf-8", "surrogatepass")
        raw = b64decode(mail) if content["email_rfc822_is_base64"] else mail
        raw_event[AS_RELAYED] = raw
        readable = {"email_rfc822": raw.decode("utf-8", "replace"), "email_rfc822_is_base64": False}
        event["content"] = content | readable
        return super().esp_to_anymail_event(event_class, event, raw_event)


def _check_secret(request: HttpRequest) -> None:
    """Before the body is read, which may be large; Anymail checks it again."""
    secret = settings.ANYMAIL["WEBHOOK_SECRET"]
    if not constant_time_compare(get_request_basic_auth(request) or "", secret):
        raise SuspiciousOperation("A webhook without its secret")


def _read_whole(request: HttpRequest) -> None:
    """Django takes 1 MB beside files, and a mail is no file; the middleware has bounded it."""
    body = request.read(BODY_MAX)
    request._body = body
    if request.content_type == "multipart/form-data":
        fields = _multipart(f"Content-Type: {request.META['CONTENT_TYPE']}\r\n\r\n".encode() + body)
    elif request.content_type == "application/x-www-form-urlencoded":
        fields = _urlencoded(body)
    else:
        return
    form = QueryDict(mutable=True)
    for name, content in fields:
        form.appendlist(name, content.decode("utf-8", "replace"))
        if name == "body-mime":
            setattr(request, BODY_MIME, content)
    request._post, request._files = form, MultiValueDict()  # type: ignore[attr-defined]


def _multipart(body: bytes) -> Iterator[tuple[str, bytes]]:
    for part in message_from_bytes(body, policy=HTTP).iter_parts():
        name = part.get_param("name", header="content-disposition")
        content = part.get_payload(decode=True)
        if name and isinstance(content, bytes):
            yield str(name), content


def _urlencoded(body: bytes) -> Iterator[tuple[str, bytes]]:
    for pair in body.split(b"&"):
        name, _equals, content = pair.partition(b"=")
        yield _unescaped(name).decode("utf-8", "replace"), _unescaped(content)


def _unescaped(text: bytes) -> bytes:
    """As quoted-printable: `unquote_to_bytes` needs 400 MB for 10 MB of Cyrillic."""
    text = text.replace(b"+", b" ").replace(b"=", b"=3D").replace(b"%", b"=")
    return a2b_qp(text)
