"""Delivery by a provider's API, as `smtp.py` does by SMTP."""

import email
import email.policy
from types import TracebackType

import requests
from anymail.exceptions import AnymailAPIError, AnymailRecipientsRefused
from anymail.message import AnymailMessage
from django.conf import settings
from django.core.mail import get_connection

from interviews.models import Fault
from interviews.models.mail.mail import BY_EMAIL
from reminders.mail_provider_events import MARK
from reminders.sending_clock import running
from reminders.smtp import SendError, SmtpStage

TAKEN_ALONG = ("Auto-Submitted", "List-Unsubscribe", "List-Unsubscribe-Post")
TOO_MANY = 429


class ApiDelivery:
    """A context manager. It keeps one connection open, as for SMTP."""

    kinds = BY_EMAIL
    # A provider may accept a mail and return it later, by its webhook (mail_provider_events.py).
    knows_mailboxes = False

    def __init__(self) -> None:
        self._backend = get_connection(f"anymail.backends.{settings.MAIL_API}.EmailBackend")

    def __enter__(self) -> "ApiDelivery":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._backend.close()

    def open(self) -> None:
        self._backend.open()

    def send(self, recipient: str, content: bytes, *, began: float) -> str:
        """Like Delivery.send."""
        self.open()
        message = _message(recipient, content)
        if running() - began > settings.MAIL_SECONDS:
            raise SendError(SmtpStage.API, 0, "late", Fault.AWAY)
        try:
            self._backend.send_messages([message])
        except AnymailRecipientsRefused as error:
            raise SendError(SmtpStage.API, 0, _words(error), Fault.MAILBOX) from error
        except AnymailAPIError as error:
            raise _failure(error) from error
        return f"{settings.MAIL_API} {message.anymail_status.message_id or ''}".strip()


def _message(recipient: str, content: bytes) -> AnymailMessage:
    mail = email.message_from_bytes(content, policy=email.policy.default)
    text, html = (mail.get_body((kind,)) for kind in ("plain", "html"))
    message = AnymailMessage(
        subject=str(mail["Subject"]),
        body=text.get_content() if text else "",
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[recipient],
        headers={name: mail[name].strip() for name in TAKEN_ALONG if name in mail},
        metadata={MARK: mail["Message-ID"].strip()},
        # Links that act must not be tracked or shared.
        track_opens=False,
        track_clicks=False,
    )
    if html:
        message.attach_alternative(html.get_content(), "text/html")
    return message


def _failure(error: AnymailAPIError) -> SendError:
    cause = error.__cause__
    if isinstance(cause, requests.ConnectionError) and not isinstance(cause, requests.Timeout):
        return SendError(SmtpStage.CONNECT, 0, type(cause).__name__)
    status = error.status_code or 0
    if not status:
        return SendError(SmtpStage.API, 0, type(cause or error).__name__, Fault.AWAY)
    is_passing = status == TOO_MANY or status >= 500
    return SendError(
        SmtpStage.API, status, _words(error), Fault.LATER if is_passing else Fault.SERVER
    )


def _words(error: AnymailAPIError | AnymailRecipientsRefused) -> str:
    """The provider's message, on one line."""
    response = error.response
    said = response.text if response is not None else str(error)
    return " ".join(said.split())[:500]
