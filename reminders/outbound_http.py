"""HTTP to hosts that a user named: it reaches no private network, follows no redirect, and ends in
time.

A name that resolves to a public address when it is checked may resolve to another one when it is
used. So it is resolved once, inside the connection, which is made to the address that was checked.
"""

import socket
from http.client import HTTPResponse
from http.cookiejar import DefaultCookiePolicy
from io import BufferedReader, RawIOBase
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import requests
from django.conf import settings
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, Timeout
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import ConnectTimeoutError, HTTPError, NewConnectionError

from reminders.sending_clock import running

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

BODY_MAX = 2048
# RFC 4291: only these IPv6 addresses are assigned to hosts anywhere.
_UNICAST = IPv6Network("2000::/3")
_NAT64 = IPv6Network("64:ff9b::/96")


class RefusedUrlError(Exception):
    """The URL is not called. The text names its host alone: paths may be secrets."""


class OutboundSession(requests.Session):
    """For one thread. `timeout` is the seconds of a whole request, from the connection to the
    answer's last byte, and EMAIL_TIMEOUT by default; it leaves out the resolver, which has limits
    of its own.

    Raise RefusedUrlError, and what requests raises.
    """

    def __init__(self) -> None:
        super().__init__()
        self.trust_env = False  # no proxies, no passwords of ~/.netrc
        self.headers.update({"User-Agent": "Hearback", "Accept-Encoding": "identity"})
        self.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        for scheme in ("https://", "http://"):
            self.mount(scheme, _Adapter())

    def send(self, request: requests.PreparedRequest, **kwargs: Any) -> requests.Response:
        _refuse(request.url or "")
        seconds = kwargs.pop("timeout", None) or settings.EMAIL_TIMEOUT
        # The body is read by `read_words`, if at all.
        kwargs |= {"timeout": Timeout(total=seconds), "stream": True, "proxies": {}}
        return super().send(request, **kwargs)

    def get_redirect_target(self, resp: requests.Response) -> None:
        """None: another URL is none that the user named."""


def read_words(response: requests.Response) -> str:
    """Return the beginning of the answer on one line. A short answer leaves the connection open."""
    try:
        start = response.raw.read(BODY_MAX, decode_content=False)
    except HTTPError:
        start = b""  # the status tells enough
    finally:
        response.close()
    text = "".join(each if each.isprintable() else " " for each in start.decode(errors="replace"))
    return " ".join(text.split())


def is_public(address: str) -> bool:
    """Whether it is a host's on the Internet. IPv6 addresses that stand for an IPv4 address are
    judged by that one."""
    ip = ip_address(address)
    inner = _inner(ip) if isinstance(ip, IPv6Address) else ip
    if inner is not None:
        return inner.is_global and not inner.is_multicast
    return ip in _UNICAST and ip.is_global


def _inner(ip: IPv6Address) -> IPv4Address | None:
    if ip in _NAT64:
        return IPv4Address(ip.packed[-4:])
    return ip.ipv4_mapped or ip.sixtofour


def _refuse(url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme != "https" and not settings.NOTIFY_PRIVATE_HOSTS:
        raise RefusedUrlError(f"{parts.hostname} is not called without TLS.")
    if parts.username is not None:
        # requests would send it, in place of our own Authorization.
        raise RefusedUrlError(f"{parts.hostname} is not called with a user's name in the URL.")


def _resolve(host: str, port: int) -> list[tuple[int, Any]]:
    """Return families and addresses. Raise OSError or UnicodeError if there are none, and
    RefusedUrlError if any is private."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    if not settings.NOTIFY_PRIVATE_HOSTS:
        private = [each for *_, each in found if not is_public(str(each[0]))]
        if private:
            raise RefusedUrlError(f"{host} has an address that is not public.")
    return [(family, address) for family, *_, address in found]


class _TimedReader(RawIOBase):
    """A socket's timeout is for one operation: an answer that comes byte by byte would last."""

    def __init__(self, raw: RawIOBase, sock: socket.socket) -> None:
        self._raw, self._sock = raw, sock
        self._ends = running() + (sock.gettimeout() or 0)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int | None:
        left = self._ends - running()
        if left <= 0:
            raise TimeoutError("timed out")
        self._sock.settimeout(left)
        return self._raw.readinto(buffer)

    def close(self) -> None:
        self._raw.close()
        super().close()


class _TimedResponse(HTTPResponse):
    def __init__(self, sock: socket.socket, *args: Any, **kwargs: Any) -> None:
        super().__init__(sock, *args, **kwargs)
        self.fp = BufferedReader(_TimedReader(self.fp.detach(), sock))


class _Connection(HTTPConnection):
    response_class = _TimedResponse

    def _new_conn(self) -> socket.socket:
        """Connect to one of the addresses that were checked; what is left of the time remains the
        socket's timeout, for TLS."""
        try:
            return self._connect()
        except TimeoutError as error:
            raise ConnectTimeoutError(self, f"{self.host} did not answer in time.") from error
        except (OSError, UnicodeError) as error:
            raise NewConnectionError(self, f"{self.host}: {error}") from error

    def _connect(self) -> socket.socket:
        ends = running() + (self.timeout or 0)
        addresses = _resolve(self._dns_host.strip("[]"), self.port)
        failure: OSError = TimeoutError("timed out")
        for number, (family, address) in enumerate(addresses):
            left = ends - running()
            if left <= 0:
                break
            sock = socket.socket(family, socket.SOCK_STREAM)
            try:
                sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                sock.settimeout(left / (len(addresses) - number))
                sock.connect(address)
            except OSError as error:
                sock.close()
                failure = error
            else:
                sock.settimeout(max(ends - running(), 0.001))
                return sock
        raise failure


class _TlsConnection(_Connection, HTTPSConnection):
    """The name, not the address, is what the certificate must be for."""


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Connection


class _TlsPool(HTTPSConnectionPool):
    ConnectionCls = _TlsConnection


class _Adapter(HTTPAdapter):
    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = {"http": _Pool, "https": _TlsPool}
