"""Messages go to no private network, by whatever name it is called."""

import socket

import pytest
from apprise.plugins.pushover import NotifyPushover
from apprise.plugins.telegram import NotifyTelegram
from pytest_django import Settings

from interviews.models import Candidate, Interview, Mail
from tests.reminders.conftest import NOW, Tell, Use
from tests.support.message_server import KINDS, MessageServer, settings_by_kind
from tests.support.step_factories import stand


@pytest.fixture
def call(alice: Candidate) -> Interview:
    return stand(alice, "call", now=NOW)


@pytest.mark.parametrize("kind", [each for each in KINDS if each not in ("telegram", "pushover")])
def test_no_private_host_is_called(
    kind: str,
    settings: Settings,
    tell: Tell,
    message_server: MessageServer,
    use: Use,
    call: Interview,
) -> None:
    settings.NOTIFY_PRIVATE_HOSTS = False
    target = settings_by_kind(message_server.origin.replace("http://", "https://"))[kind]
    channel = use(kind, **target)
    tell()
    channel.refresh_from_db()
    assert (message_server.requests, channel.failed_at is None) == ([], False)
    assert channel.error == "403 127.0.0.1 has an address that is not public."


@pytest.mark.parametrize("kind", KINDS)
def test_a_name_is_resolved_once(
    kind: str,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    tell: Tell,
    message_server: MessageServer,
    use: Use,
    call: Interview,
) -> None:
    """Asked again, the resolver would name this machine: the connection goes to what was checked,
    and nowhere if that is private."""
    settings.NOTIFY_PRIVATE_HOSTS = False
    monkeypatch.setattr(NotifyTelegram, "notify_url", "https://rebinding.example/bot")
    monkeypatch.setattr(NotifyPushover, "notify_url", "https://rebinding.example/1/messages.json")
    use(kind, **settings_by_kind("https://rebinding.example")[kind])
    real, asked, called = socket.getaddrinfo, [], []

    def getaddrinfo(host: str, *rest: object, **more: object) -> list[tuple]:
        if host != "rebinding.example":
            return real(host, *rest, **more)
        asked.append(host)
        address = "93.184.215.14" if len(asked) == len(called) + 1 else "127.0.0.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, message_server.server_port))]

    connect = socket.socket.connect

    def note(sock: socket.socket, address: tuple) -> None:
        if address[1] != message_server.server_port:
            return connect(sock, address)
        called.append(address[0])
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    monkeypatch.setattr(socket.socket, "connect", note)
    tell()
    assert set(called) == {"93.184.215.14"}
    assert (len(asked), message_server.requests) == (len(called), []), (
        "one resolution for each connection"
    )
    assert Mail.objects.get().fault == "later"
