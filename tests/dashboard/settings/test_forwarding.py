"""The address that emails are forwarded to: made, shown, replaced and deleted; codes to confirm."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from pytest_django import Settings

from integrations.forwarding.address import create_address
from interviews.models import Candidate, InboundAddress, MailProposal

URL = "/settings/forwarding/"
GMAIL = {
    "sender_name": "Gmail Team",
    "sender_address": "forwarding-noreply@google.com",
    "excerpt": "alice@gmail.com has requested to automatically forward mail",
    "details": {"code": "513248769", "link": "https://mail-settings.google.com/mail/vf-abc"},
}


@pytest.fixture
def address(alice: Candidate, now: datetime) -> InboundAddress:
    return create_address(candidate=alice, now=now)


def confirmation(candidate: Candidate, *, now: datetime, **given: object) -> MailProposal:
    values = GMAIL | {"kind": "confirmation_code", "digest": "1" * 64, "written_at": now} | given
    return MailProposal.objects.create(candidate=candidate, created_at=now, **values)


def text(client: Client, url: str = URL) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def test_made_and_shown(as_alice: Client, alice: Candidate) -> None:
    assert "No address" in text(as_alice, "/settings/")
    assert f'action="{URL}create/"' in text(as_alice)
    assert as_alice.post(f"{URL}create/")["Location"] == URL
    email = InboundAddress.objects.get(candidate=alice).email
    assert email.endswith("@in.hearback.example")
    assert len(email.partition("@")[0]) == 22
    page = text(as_alice)
    assert f'value="{email}"' in page
    assert "Address created. Forward emails from employers to it." in page
    assert all(name in page for name in ("Gmail", "Outlook", "Apple Mail"))
    assert "Address created" in text(as_alice, "/settings/")


def test_it_says_what_is_kept(as_alice: Client) -> None:
    for _ in range(2):
        page = text(as_alice)
        assert "The passage of an email you put aside goes within two hours." in page
        as_alice.post(f"{URL}create/")


def test_says_when_the_last_email_came(
    as_alice: Client, alice: Candidate, address: InboundAddress, now: datetime
) -> None:
    assert "No email received yet." in text(as_alice)
    confirmation(alice, now=now - timedelta(days=2))
    assert "Last email received on " in text(as_alice)
    MailProposal.objects.all().delete()
    InboundAddress.objects.update(created_at=now - timedelta(days=15))
    assert "No email received in the last 14 days." in text(as_alice)


def test_made_twice_it_is_one(as_alice: Client, address: InboundAddress) -> None:
    as_alice.post(f"{URL}create/")
    assert InboundAddress.objects.get().local_part == address.local_part


def test_replaced_after_a_question(as_alice: Client, address: InboundAddress) -> None:
    assert f'href="{URL}renew/">Replace address</a>' in text(as_alice)
    assert "Replace this address?" in text(as_alice, f"{URL}renew/")
    assert InboundAddress.objects.get().local_part == address.local_part
    as_alice.post(f"{URL}renew/")
    new = InboundAddress.objects.get()
    assert new.local_part != address.local_part
    page = text(as_alice)
    assert new.email in page
    assert address.email not in page


def test_deleted_after_a_question(as_alice: Client, address: InboundAddress) -> None:
    assert "Delete this address?" in text(as_alice, f"{URL}delete/")
    assert InboundAddress.objects.exists()
    assert as_alice.post(f"{URL}delete/")["Location"] == URL
    assert not InboundAddress.objects.exists()
    for action in ("delete", "renew"):
        assert as_alice.get(f"{URL}{action}/")["Location"] == URL


def test_a_code_to_confirm(
    as_alice: Client, alice: Candidate, address: InboundAddress, now: datetime
) -> None:
    confirmation(alice, now=now)
    page = text(as_alice)
    for said in (GMAIL["sender_name"], GMAIL["sender_address"], GMAIL["excerpt"]):
        assert str(said) in page
    assert "<strong>513248769</strong>" in page
    assert 'href="https://mail-settings.google.com/mail/vf-abc"' in page
    assert 'rel="noreferrer noopener"' in page
    assert "We couldn’t confirm who sent it" not in page


def test_a_code_of_a_sender_that_nobody_checked(
    as_alice: Client, alice: Candidate, address: InboundAddress, now: datetime
) -> None:
    confirmation(alice, now=now, is_doubtful=True)
    page = text(as_alice)
    assert "We couldn’t confirm who sent it." in page
    assert "Only confirm it if you’ve just asked for this yourself." in page


def test_codes_of_others_and_old_ones_are_not_shown(
    as_alice: Client, alice: Candidate, address: InboundAddress, charlie: Candidate, now: datetime
) -> None:
    confirmation(charlie, now=now)
    confirmation(alice, now=now - timedelta(days=4))
    assert "513248769" not in text(as_alice)


def test_whatever_the_mail_says_is_text(
    as_alice: Client, alice: Candidate, address: InboundAddress, now: datetime
) -> None:
    confirmation(alice, now=now, excerpt="<b>alice</b>", sender_name='"><script>')
    page = text(as_alice)
    assert "<b>alice" not in page
    assert '"><script>' not in page


def test_to_each_their_own(as_charlie: Client, address: InboundAddress) -> None:
    assert address.email not in text(as_charlie)
    as_charlie.post(f"{URL}renew/")
    as_charlie.post(f"{URL}delete/")
    assert InboundAddress.objects.get().local_part == address.local_part


def test_not_offered_without_a_domain(
    as_alice: Client, address: InboundAddress, settings: Settings
) -> None:
    settings.INBOUND_DOMAIN = ""
    assert as_alice.get(URL).status_code == 404
    for action in ("create/", "renew/", "delete/"):
        assert as_alice.post(f"{URL}{action}").status_code == 404
    for url in ("/settings/", "/settings/reminders/", "/search/?q=forwarding"):
        assert "Forwarding" not in text(as_alice, url)
