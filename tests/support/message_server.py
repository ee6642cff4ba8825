"""ntfy, Telegram's bot API, Pushover, Gotify, a Matrix homeserver, the REST API of signal-cli and a
receiver of webhooks, in the test's own process. Each takes requests as its documentation has them,
and answers as the test tells it."""

import json
import re
import sys
import threading
from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http.client import HTTPMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote

TOKEN, BOT_TOKEN = "s3cret-token", "123456:s3cret-token"
ROOM = "!waiting:matrix.example"
NUMBER = "+4915112345678"
SECRET = "whsec_" + b64encode(b"s3cret" * 4).decode()
HANG_UP = -1  # the answer is lost


def settings_by_kind(origin: str) -> Mapping[str, Mapping[str, str]]:
    return {
        "ntfy": {"server": origin, "topic": "waiting", "token": TOKEN},
        "telegram": {"token": BOT_TOKEN, "chat": "42"},
        "pushover": {"user": "u" * 30, "token": TOKEN},
        "gotify": {"server": f"{origin}/gotify", "token": TOKEN},
        "matrix": {"server": origin, "room": ROOM, "token": TOKEN},
        "signal": {"server": origin, "sender": NUMBER, "recipient": ""},
        "webhook": {"url": f"{origin}/hook/s3cret", "secret": SECRET},
    }


KINDS = list(settings_by_kind(""))


@dataclass
class Taken:
    """A message that a service took."""

    path: str
    headers: HTTPMessage
    told: Mapping[str, object]
    body: bytes


class MessageServer(ThreadingHTTPServer):
    """Start it with `with MessageServer() as server`; needs NOTIFY_PRIVATE_HOSTS. `answers` are
    given one after another, then what the service says."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.origin = f"http://127.0.0.1:{self.server_port}"
        self.answers: list[int] = []
        self.taken: list[Taken] = []
        self.requests: list[str] = []
        self._thread = threading.Thread(target=self.serve_forever, args=[0.02])

    def __enter__(self) -> "MessageServer":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.shutdown()
        self._thread.join()
        self.server_close()

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that gave up is none."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    server: MessageServer
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server.requests.append(f"{self.command} {self.path}")
        forced = self.server.answers.pop(0) if self.server.answers else None
        status, said, told = _answer(f"{self.command} {unquote(self.path)}", self.headers, body)
        if told is not None and forced in (None, HANG_UP):
            self.server.taken.append(Taken(self.path, self.headers, told, body))
        if forced == HANG_UP:
            self.close_connection = True
            return
        # As some do, an error names what it was asked for.
        content = json.dumps(said if forced is None else {"error": self.path}).encode()
        self.send_response(forced or status)
        if forced is not None and 300 <= forced < 400:
            self.send_header("Location", f"{self.path}elsewhere")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def do_GET(self) -> None:
        self.do_POST()

    def do_PUT(self) -> None:
        self.do_POST()

    def log_message(self, *_said: object) -> None:
        """Nowhere."""


Answer = tuple[int, Mapping[str, object], Mapping[str, object] | None]


def _answer(asked: str, headers: HTTPMessage, body: bytes) -> Answer:
    for pattern, service in SERVICES.items():
        if found := re.fullmatch(pattern, asked):
            try:
                return service(found, headers, body)
            except (KeyError, ValueError, AssertionError) as error:
                return 400, {"error": repr(error)}, None
    return 404, {"error": "not found"}, None


def _ntfy(_found: re.Match[str], headers: HTTPMessage, body: bytes) -> Answer:
    """https://docs.ntfy.sh/publish/#publish-as-json"""
    if headers["Authorization"] not in (None, f"Bearer {TOKEN}"):
        return 401, {"code": 40101, "error": "unauthorized"}, None
    told = json.loads(body)
    assert re.fullmatch(r"[-_A-Za-z0-9]{1,64}", told["topic"])
    return 200, {"id": "1", "event": "message"}, told


def _telegram(found: re.Match[str], headers: HTTPMessage, body: bytes) -> Answer:
    """https://core.telegram.org/bots/api#sendmessage"""
    if found[1] != BOT_TOKEN:
        return 401, {"ok": False, "error_code": 401, "description": "Unauthorized"}, None
    assert headers["Content-Type"] == "application/json"
    told = json.loads(body)
    if str(told["chat_id"]) != "42":
        return 400, {"ok": False, "description": "Bad Request: chat not found"}, None
    assert 1 <= len(told["text"]) <= 4096
    return 200, {"ok": True, "result": {"message_id": 1}}, told


def _pushover(_found: re.Match[str], headers: HTTPMessage, body: bytes) -> Answer:
    """https://pushover.net/api#messages"""
    told = {name: values[0] for name, values in parse_qs(body.decode()).items()}
    by_header = headers["Authorization"] == "Basic " + b64encode(f"{TOKEN}:".encode()).decode()
    if not by_header and told.get("token") != TOKEN:
        return 400, {"token": "invalid", "status": 0}, None
    assert told["user"] == "u" * 30
    assert told["message"]
    return 200, {"status": 1, "request": "1"}, told


def _gotify(_found: re.Match[str], headers: HTTPMessage, body: bytes) -> Answer:
    """https://gotify.net/docs/pushmsg"""
    if headers["X-Gotify-Key"] != TOKEN:
        return 401, {"error": "Unauthorized", "errorCode": 401}, None
    told = json.loads(body)
    assert told["message"]
    return 200, {"id": 1}, told


def _matrix(found: re.Match[str], headers: HTTPMessage, body: bytes) -> Answer:
    """https://spec.matrix.org/latest/client-server-api/"""
    if headers["Authorization"] != f"Bearer {TOKEN}":
        return 401, {"errcode": "M_UNKNOWN_TOKEN", "error": "unknown"}, None
    if found[1] == "GET" and found[2] == "account/whoami":
        return 200, {"user_id": "@hearback:matrix.example", "device_id": "D"}, None
    if found[1] == "POST" and found[2] == f"join/{ROOM}":
        return 200, {"room_id": ROOM}, None
    if found[1] == "PUT" and found[2].startswith(f"rooms/{ROOM}/send/m.room.message/"):
        told = json.loads(body)
        assert told["msgtype"] in ("m.text", "m.notice")
        return 200, {"event_id": "$1"}, told
    return 404, {"errcode": "M_UNRECOGNIZED", "error": "unrecognised"}, None


def _signal(_found: re.Match[str], _headers: HTTPMessage, body: bytes) -> Answer:
    """https://bbernhard.github.io/signal-cli-rest-api/, /v2/send"""
    told = json.loads(body)
    assert told["number"] == NUMBER
    assert told["recipients"]
    assert told["message"]
    return 201, {"timestamp": "1"}, told


def _webhook(_found: re.Match[str], headers: HTTPMessage, body: bytes) -> Answer:
    assert headers["Content-Type"] == "application/json"
    return 204, {}, json.loads(body)


Service = Callable[[re.Match[str], HTTPMessage, bytes], Answer]
SERVICES: Mapping[str, Service] = {
    r"POST /": _ntfy,
    r"POST /bot([^/]+)/sendMessage": _telegram,
    r"POST /1/messages\.json": _pushover,
    r"POST /gotify/message": _gotify,
    r"(GET|POST|PUT) /_matrix/client/v3/(.*)": _matrix,
    r"POST /v2/send": _signal,
    r"POST /hook/s3cret": _webhook,
}
