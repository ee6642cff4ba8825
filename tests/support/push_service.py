"""A push service in the test's own process, as strict as those of browsers, and browsers that
subscribe to it: it checks who sends, decrypts what arrives, and answers as it is told."""

import re
import secrets
import sys
import threading
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass, field
from http.client import HTTPMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import jwt
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

CREATED = 201
HANG = "hang"  # for longer than anybody should wait, or until the service ends
HANG_UP = "hang up"  # after having accepted it: the answer is lost
TRICKLE = "trickle"  # as long, but a byte of the answer now and then
PATIENCE_SECONDS = 5
BODY_MAX = 4096
DAY = 24 * 3600


@dataclass
class Received:
    """What a browser was sent, whatever the answer was."""

    payload: bytes
    headers: HTTPMessage
    answer: int | str

    @property
    def is_accepted(self) -> bool:
        return self.answer in (200, CREATED, 202, HANG_UP)


@dataclass
class Browser:
    """One subscription, by default with keys of its own. `answers` are given one after another,
    then 201."""

    endpoint: str
    application_key: str
    answers: list[int | str] = field(default_factory=list)
    received: list[Received] = field(default_factory=list)
    # Sent by somebody who should not, or not as the RFCs say.
    refused: list[str] = field(default_factory=list)
    # Decides each answer instead of them.
    program: Callable[[], int | str] | None = None
    private: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )
    auth: bytes = field(default_factory=lambda: secrets.token_bytes(16))

    def subscription(self) -> dict[str, object]:
        """As `PushSubscription.toJSON()` gives it."""
        keys = {"p256dh": encoded(point_of(self.private.public_key())), "auth": encoded(self.auth)}
        return {"endpoint": self.endpoint, "expirationTime": None, "keys": keys}

    def next_answer(self) -> int | str:
        if self.program is not None:
            return self.program()
        return self.answers.pop(0) if self.answers else CREATED

    @property
    def accepted(self) -> list[bytes]:
        return [each.payload for each in list(self.received) if each.is_accepted]


class PushService(ThreadingHTTPServer):
    """Start it with `with PushService() as service`; needs NOTIFY_PRIVATE_HOSTS."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.origin = f"http://127.0.0.1:{self.server_port}"
        self.connections = 0
        self.browsers: dict[str, Browser] = {}
        self.received: list[tuple[Browser, Received]] = []  # by all of them
        self.ended = threading.Event()
        self.lock = threading.Lock()
        self._thread = threading.Thread(target=self.serve_forever, args=[0.02])

    def __enter__(self) -> "PushService":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.ended.set()
        self.shutdown()
        self._thread.join()
        self.server_close()

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that gave up is none."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)

    def subscribe(self, application_key: str, *answers: int | str) -> Browser:
        """A new browser, which takes notifications by the holder of this key alone."""
        path = f"/push/{secrets.token_urlsafe(24)}"
        browser = Browser(f"{self.origin}{path}", application_key, list(answers))
        self.browsers[path] = browser
        return browser


class RefusedError(Exception):
    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status = status


class _Handler(BaseHTTPRequestHandler):
    server: PushService
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def setup(self) -> None:
        super().setup()
        with self.server.lock:
            self.server.connections += 1

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        browser = self.server.browsers.get(self.path)
        if browser is None:
            return self._answer(404)
        try:
            check_headers(self.headers, origin=self.server.origin, key=browser.application_key)
            payload = taken(body, browser)
        except RefusedError as refusal:
            browser.refused.append(str(refusal))
            return self._answer(refusal.status, str(refusal))
        with self.server.lock:
            answer = browser.next_answer()
            received = Received(payload, self.headers, answer)
            browser.received.append(received)
            self.server.received.append((browser, received))
        return self._answer(answer) if isinstance(answer, int) else self._misbehave(answer)

    def _answer(self, status: int, why: str = "") -> None:
        # As some do, an error's text names the subscription.
        said = "" if status == CREATED else f"{why or 'as told'} {self.path}"
        self.send_response(status)
        self.send_header("Content-Length", str(len(said)))
        if 300 <= status < 400:
            self.send_header("Location", f"{self.path}/elsewhere")
        self.end_headers()
        self.wfile.write(said.encode())

    def _misbehave(self, answer: str) -> None:
        self.close_connection = True
        if answer == HANG:
            if not self.server.ended.wait(PATIENCE_SECONDS):
                self._answer(CREATED)
        elif answer == TRICKLE:
            try:
                self.wfile.write(b"HTTP/1.1 ")
                until = time.monotonic() + PATIENCE_SECONDS
                while not self.server.ended.wait(0.02) and time.monotonic() < until:
                    self.wfile.write(b"2")
            except OSError:
                pass  # nobody waited for the rest

    def log_message(self, *_said: object) -> None:
        """Nowhere."""


def check_headers(headers: HTTPMessage, *, origin: str, key: str) -> None:
    """As RFC 8030 and RFC 8292 ask, and for the holder of this key."""
    told = re.fullmatch(r"vapid t=([\w.-]+), k=([\w-]+)", headers.get("Authorization", ""))
    if told is None:
        raise RefusedError(401, "no VAPID")
    token, sender = told.groups()
    if sender != key:
        raise RefusedError(403, "subscribed to another key")
    point = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), decoded(sender))
    try:
        claims = jwt.decode(
            token,
            point,
            algorithms=["ES256"],
            audience=origin,
            options={"require": ["exp", "aud", "sub"], "strict_aud": True},
        )
    except jwt.InvalidTokenError as error:
        raise RefusedError(401, f"token: {error}") from error
    if claims["exp"] > time.time() + DAY:
        raise RefusedError(401, "valid for more than a day")
    if not re.fullmatch(r"mailto:[^@\s<>]+@[^@\s<>]+", claims["sub"]):
        raise RefusedError(401, "sub is no address")
    if not headers.get("TTL", "").isdecimal():
        raise RefusedError(400, "no TTL")
    if headers.get("Urgency", "normal") not in ("very-low", "low", "normal", "high"):
        raise RefusedError(400, "no such urgency")
    if not re.fullmatch(r"[\w-]{1,32}", headers.get("Topic", "none")):
        raise RefusedError(400, "no topic")
    if headers.get("Content-Encoding") != "aes128gcm":
        raise RefusedError(415, "not encrypted")


def taken(body: bytes, browser: Browser) -> bytes:
    if len(body) > BODY_MAX:
        raise RefusedError(413, "too large")
    try:
        return decrypted(body, private=browser.private, auth=browser.auth)
    except Exception as error:  # whatever it is, the browser cannot read it
        raise RefusedError(400, f"cannot be decrypted: {type(error).__name__}") from error


def decrypted(body: bytes, *, private: ec.EllipticCurvePrivateKey, auth: bytes) -> bytes:
    """The payload, as a browser reads it (RFC 8291, sections 3 and 4; RFC 8188, section 2)."""
    salt, record_size, key_length = body[:16], int.from_bytes(body[16:20]), body[20]
    sender, record = body[21 : 21 + key_length], body[21 + key_length :]
    assert len(record) <= record_size, "more than one record"
    theirs = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), sender)
    shared = private.exchange(ec.ECDH(), theirs)
    both = b"WebPush: info\0" + point_of(private.public_key()) + sender
    secret = _derived(shared, salt=auth, info=both, length=32)
    key = _derived(secret, salt=salt, info=b"Content-Encoding: aes128gcm\0", length=16)
    nonce = _derived(secret, salt=salt, info=b"Content-Encoding: nonce\0", length=12)
    padded = AESGCM(key).decrypt(nonce, record, None).rstrip(b"\0")
    assert padded.endswith(b"\2"), "not the last record"
    return padded[:-1]


def _derived(secret: bytes, *, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(algorithm=SHA256(), length=length, salt=salt, info=info).derive(secret)


def point_of(key: ec.EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def encoded(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def decoded(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
