"""What the server takes and refuses, over real SMTP and LMTP."""

import smtplib
import socket
import threading
from contextlib import closing

import pytest
from django.db import connection
from django.utils import timezone
from pytest_django import Settings

from integrations.forwarding.address import renew_address, revoke_address
from integrations.forwarding.server import HEARD_MAX, SESSIONS_OF_PEER_MAX
from integrations.inbound.reading import SIZE_MAX
from interviews.models import Candidate, InboundAddress, InboundMail, InboundState
from tests.integrations.forwarding.conftest import DOMAIN, NOW, Serving, letter, serving
from tests.support.databases import using_database
from tests.support.waiting import wait_until

SENDER = "postmaster@acme.test"


def send(port: int, *recipients: str, raw: bytes | None = None) -> dict[str, tuple[int, bytes]]:
    with smtplib.SMTP("127.0.0.1", port, timeout=20) as client:
        return client.sendmail(SENDER, recipients, raw or letter())


def refusal(port: int, recipient: str) -> int:
    with pytest.raises(smtplib.SMTPRecipientsRefused) as refused:
        send(port, recipient)
    return refused.value.recipients[recipient][0]


def test_a_mail_is_a_row_before_the_250(server: Serving, address: InboundAddress) -> None:
    with smtplib.SMTP("127.0.0.1", server.port, timeout=20) as client:
        client.sendmail(SENDER, [address.email], letter())
        row = InboundMail.objects.get()  # the session is still open
    assert row.candidate == address.candidate
    assert bytes(row.raw).split() == letter().split()
    assert (row.read_at, row.tries) == (None, 0)
    assert server.woken.wait(10)


def test_whoever_stands_in_the_mail_the_envelope_decides(
    server: Serving, address: InboundAddress
) -> None:
    send(server.port, address.email.upper(), raw=letter(To="bob@example.org", Cc="x@in.example"))
    assert InboundMail.objects.get().candidate == address.candidate


@pytest.mark.parametrize(
    "recipient",
    [
        "nobody@" + DOMAIN,
        "{}@elsewhere.example",
        "{}x@" + DOMAIN,
        "{}",
        "{}@x." + DOMAIN,
    ],
)
def test_unknown_recipients_are_refused(
    server: Serving, address: InboundAddress, recipient: str
) -> None:
    assert refusal(server.port, recipient.format(address.local_part)) == 550


def test_nothing_is_taken_without_a_domain(
    server: Serving, address: InboundAddress, settings: Settings
) -> None:
    email, settings.INBOUND_DOMAIN = address.email, ""
    assert refusal(server.port, email) == 550


def test_renewed_and_revoked_at_once(
    server: Serving, address: InboundAddress, alice: Candidate
) -> None:
    before = address.email
    renew_address(candidate=alice, now=NOW)
    assert refusal(server.port, before) == 550
    address.refresh_from_db()
    send(server.port, address.email)
    revoke_address(candidate=alice)
    assert refusal(server.port, address.email) == 550
    assert InboundMail.objects.count() == 1


def test_nobody_receives_for_a_closed_account(
    server: Serving, address: InboundAddress, alice: Candidate
) -> None:
    alice.user.is_active = False
    alice.user.save()
    assert refusal(server.port, address.email) == 550


def test_revoked_between_recipient_and_mail(
    server: Serving, address: InboundAddress, alice: Candidate
) -> None:
    with smtplib.SMTP("127.0.0.1", server.port, timeout=20) as client:
        client.ehlo()
        client.mail(SENDER)
        client.rcpt(address.email)
        revoke_address(candidate=alice)
        assert client.data(letter())[0] == 550


def test_the_same_mail_again_is_the_same_row(server: Serving, address: InboundAddress) -> None:
    send(server.port, address.email)
    send(server.port, address.email)
    assert InboundMail.objects.count() == 1


def test_oversized_as_announced(server: Serving, address: InboundAddress) -> None:
    with smtplib.SMTP("127.0.0.1", server.port, timeout=20) as client:
        client.ehlo()
        assert int(client.esmtp_features["size"]) == SIZE_MAX
        assert client.mail(SENDER, [f"SIZE={SIZE_MAX + 1}"])[0] == 552
        assert client.mail(SENDER, [f"SIZE={SIZE_MAX}"])[0] == 250


@pytest.mark.parametrize(("more", "code"), [(0, 250), (1, 552)])
def test_oversized_without_a_word(
    server: Serving, address: InboundAddress, more: int, code: int
) -> None:
    lines, rest = divmod(SIZE_MAX + more, 1000)
    raw = (b"x" * 998 + b"\r\n") * (lines - 1) + b"y" * (998 + rest) + b"\r\n"
    with smtplib.SMTP("127.0.0.1", server.port, timeout=60) as client:
        client.helo()
        client.mail(SENDER)
        client.rcpt(address.email)
        assert client.data(raw)[0] == code
        client.noop()  # the session goes on
    assert InboundMail.objects.count() == (code == 250)


def test_a_line_without_an_end_is_not_kept_in_memory(
    server: Serving, address: InboundAddress
) -> None:
    with closing(socket.create_connection(("127.0.0.1", server.port), timeout=60)) as client:
        said = client.makefile("rb")
        recipient = b"RCPT TO:<%s>" % address.email.encode()
        for line in (b"HELO x", b"MAIL FROM:<a@b.test>", recipient, b"DATA"):
            said.readline()
            client.sendall(line + b"\r\n")
        with pytest.raises(OSError, match=r"reset|Broken pipe"):
            client.sendall(b"x" * (2 * HEARD_MAX))
    assert not InboundMail.objects.exists()


def test_long_lines_are_taken(server: Serving, address: InboundAddress) -> None:
    with smtplib.SMTP("127.0.0.1", server.port, timeout=20) as client:
        client.helo()
        client.mail(SENDER)
        client.rcpt(address.email)
        assert client.data(b"Subject: a\r\n\r\n" + b"x" * 100_000)[0] == 250


def test_too_many_for_one_address(
    server: Serving, address: InboundAddress, settings: Settings
) -> None:
    settings.RATE_LIMITS = settings.RATE_LIMITS | {"inbound_address": "2/m/key"}
    for number in range(2):
        send(server.port, address.email, raw=letter(X_Number=str(number)))
    assert refusal(server.port, address.email) == 451
    assert InboundMail.objects.count() == 2


def test_too_many_from_one_peer(
    server: Serving, address: InboundAddress, settings: Settings
) -> None:
    settings.RATE_LIMITS = settings.RATE_LIMITS | {"inbound_peer": "2/m/key"}
    assert [refusal(server.port, "nobody@" + DOMAIN) for _ in range(3)] == [550] * 3  # a relay
    settings.INBOUND_RELAYS = []
    assert [refusal(server.port, "nobody@" + DOMAIN) for _ in range(3)] == [550, 550, 451]
    assert refusal(server.port, address.email) == 451


def test_a_full_mailbox(
    server: Serving, address: InboundAddress, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("integrations.forwarding.intake.KEPT_BYTES_MAX", len(letter()) + 100)
    send(server.port, address.email)
    with pytest.raises(smtplib.SMTPDataError) as refused:
        send(server.port, address.email, raw=letter(X_Other="1"))
    assert refused.value.smtp_code == 452
    assert InboundMail.objects.count() == 1


def test_too_many_sessions_of_one_peer(server: Serving, address: InboundAddress) -> None:
    clients = [smtplib.SMTP("127.0.0.1", server.port) for _ in range(SESSIONS_OF_PEER_MAX)]
    with pytest.raises(smtplib.SMTPConnectError) as refused:
        smtplib.SMTP("127.0.0.1", server.port)
    assert refused.value.smtp_code == 421
    clients.pop().quit()

    def has_room() -> bool:
        try:
            return not send(server.port, address.email)
        except smtplib.SMTPConnectError:
            return False

    wait_until(has_room, seconds=10, what="room for another session", every=0.1)
    for each in clients:
        each.close()


def test_the_database_is_away_and_comes_back(server: Serving, address: InboundAddress) -> None:
    with using_database("/nowhere/at/all" if connection.vendor == "sqlite" else "no_such_database"):
        assert refusal(server.port, address.email) == 451
    send(server.port, address.email)
    assert InboundMail.objects.count() == 1


def test_the_database_goes_away_before_the_row(server: Serving, address: InboundAddress) -> None:
    away = "/nowhere/at/all" if connection.vendor == "sqlite" else "no_such_database"
    with smtplib.SMTP("127.0.0.1", server.port, timeout=20) as client:
        client.ehlo()
        for code in (451, 250):
            client.mail(SENDER)
            client.rcpt(address.email)
            if code == 451:
                with using_database(away):
                    assert client.data(letter())[0] == 451
            else:
                assert client.data(letter())[0] == 250
    assert InboundMail.objects.count() == 1


def test_many_at_once(server: Serving, address: InboundAddress) -> None:
    faults: list[Exception] = []

    def post(number: int) -> None:
        try:
            send(server.port, address.email, raw=letter(X_Number=str(number % 7)))
        except Exception as fault:
            faults.append(fault)

    threads = [
        threading.Thread(target=post, args=(number,)) for number in range(SESSIONS_OF_PEER_MAX)
    ]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert faults == []
    assert InboundMail.objects.count() == 7


def test_lmtp_answers_for_each_recipient(
    transactional_db: None, address: InboundAddress, charlie: Candidate
) -> None:
    from integrations.forwarding.address import create_address

    other = create_address(candidate=charlie, now=NOW)
    with serving(is_lmtp=True) as told, smtplib.LMTP("127.0.0.1", told.port) as client:
        client.ehlo()
        client.mail(SENDER)
        assert client.rcpt("nobody@" + DOMAIN)[0] == 550
        assert client.rcpt(address.email)[0] == 250
        assert client.rcpt(other.email)[0] == 250
        revoke_address(candidate=charlie)
        assert client.data(letter())[0] == 250
        assert client.getreply()[0] == 550
    assert InboundMail.objects.get().candidate == address.candidate


def test_it_tells_that_it_listens(transactional_db: None, address: InboundAddress) -> None:
    """/healthz misses it when it no longer does."""
    began = timezone.now()
    with serving() as told, smtplib.SMTP("127.0.0.1", told.port, timeout=5) as client:
        client.noop()
    heard = InboundState.objects.get().listened_at
    assert heard is not None
    assert began <= heard <= timezone.now()
