"""The read-only pages of the mailbox, with the standard library."""

import base64
import hashlib
import socket
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from devserver.mailbox import pages
from devserver.mailbox.store import Store

_STYLE_HASH = base64.b64encode(hashlib.sha256(pages.STYLE.encode()).digest()).decode()
PAGE_POLICY = (
    f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; frame-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
# Mails have inline styles; they may not load or run anything.
MESSAGE_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; "
    f"frame-ancestors 'self'; sandbox {pages.SANDBOX}"
)
# Against DNS rebinding: another site must not read the mail.
OWN_NAMES = {"localhost", "127.0.0.1", "[::1]"}


class _Handler(BaseHTTPRequestHandler):
    store: Store

    def do_GET(self) -> None:
        if not self._is_own_name():
            return self._answer(HTTPStatus.FORBIDDEN, "Open the mailbox as localhost.")
        match self.path.strip("/").split("/"):
            case [""]:
                return self._answer(HTTPStatus.OK, pages.list_page(self.store.newest()))
            case ["messages", key] if kept := self.store.find(key):
                return self._answer(HTTPStatus.OK, pages.message_page(kept))
            case ["messages", key, "html"] if kept := self.store.find(key):
                return self._answer(HTTPStatus.OK, pages.html_part(kept), MESSAGE_POLICY)
        return self._answer(HTTPStatus.NOT_FOUND, "There is no such page.")

    def _is_own_name(self) -> bool:
        host = self.headers.get("Host", "")
        name = host if host.endswith("]") else host.rpartition(":")[0] or host
        return name.lower() in OWN_NAMES

    def _answer(self, status: HTTPStatus, body: str, policy: str = PAGE_POLICY) -> None:
        content = body.encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Content-Security-Policy", policy)
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Referrer-Policy", "no-referrer")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(content)


def web_server(listening: socket.socket, store: Store) -> ThreadingHTTPServer:
    """Return the server, not started yet, on a listening socket."""
    handler = type("Handler", (_Handler,), {"store": store})
    server = ThreadingHTTPServer(listening.getsockname()[:2], handler, bind_and_activate=False)
    server.socket.close()
    server.socket = listening
    return server
