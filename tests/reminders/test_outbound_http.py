"""HTTP to hosts that a user named: only to the Internet, only there, and with an end."""

import socket
import ssl
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import requests
from pytest_django import Settings

from reminders.outbound_http import (
    BODY_MAX,
    OutboundSession,
    RefusedUrlError,
    is_public,
    read_words,
)
from tests.integrations.forwarding.test_command import certificate
from tests.support.ports import own_port
from tests.support.push_service import PushService
from tests.support.raw_server import answering

Resolve = Callable[..., list[str]]
PUBLIC, OTHER_PUBLIC = "93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"


@pytest.fixture
def service() -> Iterator[PushService]:
    """Answers 404 to whatever is no subscription."""
    with PushService() as started:
        yield started


@pytest.fixture
def session() -> Iterator[OutboundSession]:
    with OutboundSession() as opened:
        yield opened


@pytest.fixture
def private(settings: Settings) -> None:
    settings.NOTIFY_PRIVATE_HOSTS = True


@pytest.fixture
def resolved(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[str]]:
    """`resolved(["1.2.3.4"], …)`: what the resolver answers, one after another; the names that it
    was asked for."""

    def answer(*answers: list[str]) -> list[str]:
        asked, left = [], list(answers)

        def getaddrinfo(host: str, port: int, *_: object, **__: object) -> list[tuple]:
            asked.append(host)
            return [_found(each, port) for each in left.pop(0)]

        monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
        return asked

    return answer


def _found(address: str, port: int) -> tuple:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    return (family, socket.SOCK_STREAM, 6, "", (address, port, 0, 0)[: 4 if ":" in address else 2])


@pytest.fixture
def called(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses to which a connection was tried; none comes about."""
    addresses = []

    def connect(_sock: socket.socket, address: tuple) -> None:
        addresses.append(address[0])
        raise ConnectionRefusedError

    monkeypatch.setattr(socket.socket, "connect", connect)
    return addresses


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        (PUBLIC, True),
        (OTHER_PUBLIC, True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.178.1", False),
        ("169.254.169.254", False),  # a cloud's credentials
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("::", False),
        ("fe80::1", False),
        ("fe80::1%eth0", False),
        ("fec0::1", False),
        ("fd00::1", False),
        ("ff0e::1", False),
        ("2001:db8::1", False),
        ("::127.0.0.1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:10.1.2.3", False),
        (f"::ffff:{PUBLIC}", True),
        ("64:ff9b::10.1.2.3", False),
        (f"64:ff9b::{PUBLIC}", True),
        ("64:ff9b:1::10.1.2.3", False),
        ("2002:0a01:0203::1", False),
        ("2002:7f00:0001::", False),
        ("2002:5db8:d70e::1", True),
    ],
)
def test_which_addresses_are_public(address: str, expected: bool) -> None:
    assert is_public(address) == expected


def test_a_private_host_is_not_called(service: PushService, session: OutboundSession) -> None:
    for host in ("127.0.0.1", "localhost", "127.1", "2130706433", "[::ffff:127.0.0.1]"):
        with pytest.raises(RefusedUrlError) as refusal:
            session.post(f"https://{host}:{service.server_port}/s3cret")
        assert str(refusal.value) == f"{host.strip('[]')} has an address that is not public."
    assert service.connections == 0


@pytest.mark.parametrize("addresses", [[PUBLIC, "10.1.2.3"], ["::1", PUBLIC]])
def test_one_private_address_is_enough_to_refuse(
    session: OutboundSession, resolved: Resolve, called: list[str], addresses: list[str]
) -> None:
    resolved(addresses)
    with pytest.raises(RefusedUrlError, match=r"push\.example"):
        session.post("https://push.example/")
    assert called == []


def test_it_connects_to_the_addresses_that_were_checked(
    session: OutboundSession, resolved: Resolve, called: list[str]
) -> None:
    """Asked again, the resolver would name this machine."""
    asked = resolved([PUBLIC, OTHER_PUBLIC], ["127.0.0.1"])
    with pytest.raises(requests.ConnectionError):
        session.post("https://push.example/")
    assert asked == ["push.example"]
    assert called == [PUBLIC, OTHER_PUBLIC]


def test_the_next_address_is_tried(
    private: None, service: PushService, session: OutboundSession, resolved: Resolve
) -> None:
    resolved(["::1", "127.0.0.1"])
    assert session.post(f"http://push.example:{service.server_port}/").status_code == 404


def test_a_name_without_address_is_a_connection_that_failed(
    session: OutboundSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    def getaddrinfo(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    with pytest.raises(requests.ConnectionError):
        session.post("https://nowhere.example/")


@pytest.mark.parametrize("url", ["http://{}/s3cret", "https://me:password@{}/s3cret"])
def test_what_a_url_may_not_be(
    session: OutboundSession, resolved: Resolve, called: list[str], url: str
) -> None:
    resolved([PUBLIC])
    with pytest.raises(RefusedUrlError, match=r"push\.example is not called with") as refusal:
        session.post(url.format("push.example"))
    assert "s3cret" not in str(refusal.value)
    assert "password" not in str(refusal.value)
    assert called == []


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_no_redirect_is_followed(private: None, session: OutboundSession, status: int) -> None:
    with answering(b"HTTP/1.1 %d Moved\r\nLocation: /elsewhere\r\n\r\n" % status) as server:
        assert session.post(server.url, allow_redirects=True).status_code == status
    assert len(server.seen) == 1


def test_a_proxy_of_the_environment_is_not_used(
    private: None, service: PushService, session: OutboundSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{own_port()}")
    assert session.post(f"{service.origin}/").status_code == 404


def test_no_cookie_is_kept(private: None, session: OutboundSession) -> None:
    with answering(b"HTTP/1.1 201 Created\r\nSet-Cookie: who=alice\r\n\r\n") as server:
        for _ in range(2):
            read_words(session.post(server.url))
    assert [b"cookie" in each.lower() for each in server.seen] == [False, False]


def test_a_connection_is_used_again(
    private: None, service: PushService, session: OutboundSession
) -> None:
    for number in range(3):
        assert read_words(session.post(f"{service.origin}/{number}")).endswith(f"/{number}")
    assert service.connections == 1


@pytest.mark.parametrize(
    ("start", "rest"),
    [(b"", b""), (b"HTTP/1.1 200", b" OK"), (b"", b"HTTP/1.1 100 Continue\r\n\r\n")],
)
def test_a_request_ends_in_time(
    private: None, session: OutboundSession, start: bytes, rest: bytes
) -> None:
    """A server that says nothing, and two that always say something."""
    with answering(start, rest) as server, pytest.raises(requests.Timeout):
        session.post(server.url, timeout=0.1)


def test_an_answer_that_does_not_end_counts_by_its_status(
    private: None, session: OutboundSession
) -> None:
    with answering(b"HTTP/1.1 201 Created\r\nContent-Length: 100\r\n\r\n", b"x") as server:
        answer = session.post(server.url, timeout=0.1)
        assert (answer.status_code, read_words(answer)) == (201, "")


def test_of_a_long_answer_the_beginning_is_read(private: None, session: OutboundSession) -> None:
    with answering(b"HTTP/1.1 400 No\r\n\r\nNo\0 such\r\nkey ", b"x" * BODY_MAX) as server:
        words = read_words(session.post(server.url))
    assert words.startswith("No such key xxx")
    assert BODY_MAX - 10 < len(words) <= BODY_MAX


def test_over_tls_the_certificate_is_for_the_name(
    private: None, service: PushService, session: OutboundSession, tmp_path: Path
) -> None:
    path = str(certificate(tmp_path))  # for localhost
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    service.socket = context.wrap_socket(service.socket, server_side=True)
    session.verify = path
    assert session.post(f"https://localhost:{service.server_port}/").status_code == 404
    with pytest.raises(requests.exceptions.SSLError):
        session.post(f"https://127.0.0.1:{service.server_port}/")
