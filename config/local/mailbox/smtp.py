"""The SMTP side. The tests start it too, with a handler of their own."""

from collections.abc import Callable

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

Keep = Callable[[bytes, list[str]], object]


class _Handler:
    def __init__(self, keep: Keep) -> None:
        self._keep = keep

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        content = envelope.content or b""
        self._keep(content if isinstance(content, bytes) else content.encode(), envelope.rcpt_tos)
        return "250 kept"


def smtp_server(host: str, port: int, keep: Keep) -> Controller:
    """A server, not yet started, that hands each message and its recipients to `keep`."""
    return Controller(_Handler(keep), hostname=host, port=port, enable_SMTPUTF8=True)
