"""The requests of one message: what they may reach, how long they may take, and what they meant."""

from collections.abc import Collection
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

import requests
from django.conf import settings
from urllib3.exceptions import HTTPError

from interviews.models import Fault
from reminders.outbound_http import OutboundSession, RefusedUrlError
from reminders.sending_clock import running
from reminders.smtp import SendError, SmtpStage

ANSWER_MAX = 64 * 1024
# The credentials, or what they lead to, no longer work; a redirect is not followed.
GONE = frozenset({301, 302, 303, 307, 308, 401, 403, 404, 410})
# Of ours: a refused host, no answer, and a secret that this process cannot decrypt.
FORBIDDEN, NO_ANSWER, LOST = 403, 504, 500


@dataclass
class MessageRequests:
    """`failure` is that of the last request that failed. It names the host alone: paths, queries
    and what the server said may hold secrets."""

    session: OutboundSession
    ends: float  # as reminders.sending_clock.running
    gone: Collection[int] = GONE
    failure: SendError | None = field(default=None, init=False)

    def request(self, method: str, url: str, **kwargs: Any) -> requests.Response:
        """Return the beginning of the answer. Raise requests.RequestException without one."""
        host = urlsplit(url).hostname
        left = self.ends - running()
        try:
            if left <= 0:
                raise requests.Timeout
            seconds = min(left, settings.EMAIL_TIMEOUT)
            answer = self.session.request(method, url, timeout=seconds, **kwargs)
        except RefusedUrlError as error:
            self.failure = failure(FORBIDDEN, str(error), Fault.MAILBOX)
            raise requests.ConnectionError from error
        except requests.Timeout:
            self.failure = failure(NO_ANSWER, f"{host} did not answer in time", Fault.LATER)
            raise
        except requests.RequestException as error:
            said = f"{host}: {type(error).__name__}"
            self.failure = failure(NO_ANSWER, said, Fault.LATER)
            raise
        if not 200 <= answer.status_code < 300:
            is_gone = answer.status_code in self.gone
            fault = Fault.MAILBOX if is_gone else Fault.LATER
            self.failure = failure(answer.status_code, str(host), fault)
        return _beginning(answer)


def failure(code: int, said: str, fault: Fault) -> SendError:
    return SendError(SmtpStage.API, code, said, fault)


def _beginning(answer: requests.Response) -> requests.Response:
    """A server may send as much as it likes."""
    try:
        start = answer.raw.read(ANSWER_MAX, decode_content=False)
    except HTTPError:
        start = b""  # the status tells enough
    finally:
        answer.close()
    short = requests.Response()
    short.status_code, short.headers, short.url = answer.status_code, answer.headers, answer.url
    short.raw = BytesIO(start)
    return short
