"""Delivery by SMTP: one open connection, a time limit for each mail, and the meaning of answers.

smtplib's timeout is for one socket operation, so a server that answers byte by byte could block a
sender for hours. A second thread shuts the socket down at the limit.
"""

import re
import smtplib
import socket
import threading
from contextlib import suppress
from dataclasses import dataclass
from email.utils import parseaddr
from enum import StrEnum
from types import TracebackType

from django.conf import settings
from django.core.mail.backends.smtp import EmailBackend
from django.utils.encoding import punycode

from interviews.models import Fault
from interviews.models.mail.mail import BY_EMAIL
from reminders.sending_clock import running

WATCH_SECONDS = 0.25

# RFC 3463: X.1.X is about an address. Of these 5.1.7 and 5.1.8 are about the sender's.
_STATUS = re.compile(r"(?<![.\d])([245])\.(\d{1,3})\.(\d{1,3})(?![.\d])")
_SENDERS = {"7", "8"}


class SmtpStage(StrEnum):
    """How far the dialogue about a mail had come."""

    CONNECT = "connect"
    MAIL = "MAIL"
    RCPT = "RCPT"
    DATA = "DATA"
    END = "end of DATA"
    API = "API"


@dataclass
class SendError(Exception):
    """A failed attempt: the server's message, or what happened to the connection. SMTP's code tells
    the meaning, unless the caller knows it otherwise."""

    stage: SmtpStage
    code: int  # 0 without an answer
    reply: str
    fault: Fault | None = None

    def __str__(self) -> str:
        said = f"{self.code} {self.reply}" if self.code else self.reply
        return f"{self.stage}: {said}"

    @property
    def is_connection(self) -> bool:
        """Whether it is not about one mail: none could have been sent."""
        return self.stage == SmtpStage.CONNECT


def fault_of(failure: SendError, *, are_others_accepted: bool) -> Fault:
    """What a failure means for the mail.

    A 5xx to RCPT is the mailbox's fault if its enhanced status says so (5.1.x), or if it has none
    while other recipients are accepted. Any other 5xx is the server's.
    """
    if failure.fault is not None:
        return failure.fault
    if failure.code < 400:
        return Fault.AWAY
    if failure.code < 500:
        return Fault.LATER
    if failure.stage != SmtpStage.RCPT:
        return Fault.SERVER
    status = _STATUS.match(failure.reply)
    if status is None:
        return Fault.MAILBOX if are_others_accepted else Fault.SERVER
    return Fault.MAILBOX if _is_about_mailbox(status) else Fault.SERVER


def speaks_of_mailbox(words: str) -> bool | None:
    """Whether an enhanced status in them is about the mailbox; None without one."""
    status = _STATUS.search(words)
    return None if status is None else _is_about_mailbox(status)


def _is_about_mailbox(status: re.Match[str]) -> bool:
    return status[1] == "5" and status[2] == "1" and status[3] not in _SENDERS


def has_status(failure: SendError) -> bool:
    """Whether the answer has an enhanced status."""
    return failure.fault is not None or _STATUS.match(failure.reply) is not None


class _Backend(EmailBackend):
    """Django's backend, with access to the socket from the moment it is connected."""

    sock: socket.socket | None = None

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        known = smtplib.SMTP_SSL if self.use_ssl else smtplib.SMTP
        backend = self

        class KeepsSocket(known):  # type: ignore[valid-type, misc]
            def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
                backend.sock = super()._get_socket(host, port, timeout)
                return backend.sock

        return KeepsSocket


class Delivery:
    """A context manager; the first mail opens the connection, and the next one after a loss."""

    kinds = BY_EMAIL
    # A server that accepts a mail has a mailbox for it.
    knows_mailboxes = True

    def __init__(self) -> None:
        self._backend = _Backend()
        self._sender = _bare_address(settings.DEFAULT_FROM_EMAIL)
        self._deadline = float("inf")
        self._ended = threading.Event()
        self._watch: threading.Thread | None = None

    def __enter__(self) -> "Delivery":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
        self._ended.set()

    def open(self) -> None:
        """Connect, greet and sign in, unless that was done. Raise SendError at CONNECT."""
        if self._backend.connection is not None:
            return
        self._limit(running())
        try:
            self._backend.open()
            smtp = self._backend.connection
            assert smtp is not None  # open() raises, unless it is told to fail silently
            smtp.ehlo_or_helo_if_needed()
        except smtplib.SMTPResponseException as error:
            # Only half of a late answer may have arrived.
            is_late = self._is_late()
            said = self._told(error) if is_late else _text(error.smtp_error)
            self.close()
            raise SendError(SmtpStage.CONNECT, 0 if is_late else error.smtp_code, said) from error
        except (OSError, smtplib.SMTPException, UnicodeError) as error:
            # UnicodeError: an invalid host name
            told = self._told(error)
            self.close()
            raise SendError(SmtpStage.CONNECT, 0, told) from error
        finally:
            self._deadline = float("inf")

    def send(self, recipient: str, content: bytes, *, began: float) -> str:
        """Send one mail; return the server's reply. Raise SendError, and what smtplib raises for a
        mail that SMTP cannot carry.

        The time limit counts from `began` (sending_clock.running), when its lease was renewed: a
        sender that was stopped since must not send what another has taken over.

        `content` is the whole message with CRLF. After a refusal the connection is reused; after
        anything unclear it is closed.
        """
        self.open()
        stage = SmtpStage.MAIL
        self._limit(began)
        try:
            smtp = self._backend.connection
            assert smtp is not None
            self._expect(smtp, stage, smtp.mail(self._sender, _options(smtp, content)))
            stage = SmtpStage.RCPT
            self._expect(smtp, stage, smtp.rcpt(_ascii(recipient)))
            stage = SmtpStage.DATA
            self._expect(smtp, stage, smtp.docmd("data"), expected=354)
            stage = SmtpStage.END
            if self._is_late():
                raise smtplib.SMTPServerDisconnected("late")
            return self._expect(smtp, stage, _transmitted(smtp, content))
        except (OSError, smtplib.SMTPException) as error:
            told = self._told(error)
            self.close()
            raise SendError(stage, 0, told) from error
        except SendError:
            raise
        except Exception:
            # It is unclear what the server received of this mail; the next one starts with a new
            # connection.
            self.close()
            raise
        finally:
            self._deadline = float("inf")

    def close(self) -> None:
        """Say QUIT if the server still listens."""
        self._deadline = running() + WATCH_SECONDS if self._watch else float("inf")
        with suppress(OSError, smtplib.SMTPException):
            self._backend.close()
        self._backend.connection = None
        self._deadline = float("inf")

    def _expect(
        self, smtp: smtplib.SMTP, stage: SmtpStage, answer: tuple[int, bytes], *, expected: int = 2
    ) -> str:
        """Return the reply's text if its code begins with `expected`; otherwise reset the mail."""
        code, reply = answer
        if self._is_late():
            raise smtplib.SMTPServerDisconnected("late")
        if str(code).startswith(str(expected)):
            return _text(reply)
        failure = SendError(stage, code, _text(reply))
        try:
            if code == 421:
                self.close()
            else:
                smtp.rset()
        except (OSError, smtplib.SMTPException):
            self.close()  # the server hung up after its answer, which counts
        raise failure

    def _told(self, error: Exception) -> str:
        if self._is_late():
            return f"it took longer than {settings.MAIL_SECONDS:g} s"
        return f"{type(error).__name__}: {error}"

    def _is_late(self) -> bool:
        return running() > self._deadline

    def _limit(self, began: float) -> None:
        self._deadline = began + settings.MAIL_SECONDS
        if self._watch is None:
            self._watch = threading.Thread(target=self._end_what_is_late, daemon=True)
            self._watch.start()

    def _end_what_is_late(self) -> None:
        while not self._ended.wait(WATCH_SECONDS):
            if self._is_late():
                smtp = self._backend.connection
                # After STARTTLS the connection has another socket.
                sock = self._backend.sock if smtp is None else smtp.sock
                if sock is not None:
                    with suppress(OSError):
                        sock.shutdown(socket.SHUT_RDWR)


def _transmitted(smtp: smtplib.SMTP, content: bytes) -> tuple[int, bytes]:
    """The message after 354: dots doubled at the beginning of lines, then the final dot."""
    quoted = re.sub(rb"(?m)^\.", b"..", content)
    ending = b".\r\n" if quoted.endswith(b"\r\n") else b"\r\n.\r\n"
    smtp.send(quoted + ending)
    return smtp.getreply()


def _options(smtp: smtplib.SMTP, content: bytes) -> list[str]:
    options = [f"size={len(content)}"] if smtp.has_extn("size") else []
    return [*options, "body=8bitmime"] if smtp.has_extn("8bitmime") else options


def _bare_address(address: str) -> str:
    return _ascii(parseaddr(address)[1])


def _ascii(address: str) -> str:
    """The domain in its ASCII form."""
    local, _at, domain = address.rpartition("@")
    return f"{local}@{punycode(domain)}" if local else address


def _text(reply: bytes | str) -> str:
    said = reply.decode(errors="replace") if isinstance(reply, bytes) else reply
    return " ".join(said.split())
