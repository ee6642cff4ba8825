"""The answer comes by mail: it is forwarded to the candidate's own address over real SMTP, read by
a worker, proposed on Today, and recorded by one tap."""

import smtplib
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django import Settings

from interviews.models import Candidate, Interview, MailProposal
from tests.browser.conftest import Pages
from tests.browser.story import BARE_PHONE, DESK, PHONE, Device, choose, on
from tests.integrations.forwarding.conftest import DOMAIN, Serving, serving
from tests.support.browser import sign_in
from tests.support.people import make_candidate, make_interview, make_user
from tests.support.running import Running

pytestmark = pytest.mark.browser


@pytest.fixture
def running(start_running: Callable[..., Running]) -> Running:
    return start_running(INBOUND_DOMAIN=DOMAIN)


@pytest.fixture
def way_in(running: Running, settings: Settings) -> Iterator[Serving]:
    settings.INBOUND_DOMAIN = DOMAIN
    with serving() as told:
        yield told


@pytest.fixture
def alice(running: Running) -> Candidate:
    return make_candidate(make_user("Alice"))


@pytest.fixture
def interview(alice: Candidate) -> Interview:
    """Anna Petrova of Acme has not answered for nine days."""
    now = timezone.now()
    made = make_interview(alice, starts_at=now - timedelta(days=9), now=now)
    made.interlocutors.update(email="anna@acme.test")
    return made


def own_address(page: Page) -> str:
    page.goto("/settings/forwarding/")
    page.get_by_role("button", name="Create address").click()
    return page.get_by_role("textbox", name="Forwarding address").input_value()


def forward(way_in: Serving, address: str, text: str, *, written: datetime) -> None:
    """As a filter of alice's mailbox does."""
    message = EmailMessage()
    message["From"] = "Anna Petrova <anna@acme.test>"
    message["To"] = message["X-Forwarded-For"] = "alice@example.org"
    message["Subject"] = "Your application"
    message["Date"] = format_datetime(written)
    message["Message-ID"] = f"<{written.timestamp()}@acme.test>"
    message.set_content(f"Dear Alice,\n\n{text}\n\nKind regards\nAnna Petrova\n")
    with smtplib.SMTP("127.0.0.1", way_in.port) as smtp:
        smtp.sendmail("alice@example.org", [address], message.as_bytes())


def wait_for_proposal(page: Page, said: str) -> None:
    """Read and shown within ten seconds of the server's 250."""
    shown = page.get_by_role("heading", name=said)
    for _second in range(10):
        page.goto("/today/")
        if shown.count():
            return
        page.wait_for_timeout(1000)
    expect(shown).to_be_visible()


@on(PHONE, BARE_PHONE)
def test_a_forwarded_rejection(
    running: Running,
    way_in: Serving,
    new_page: Pages,
    alice: Candidate,
    interview: Interview,
    device: Device,
) -> None:
    page = device.open(new_page, running.url)
    sign_in(page, alice.user)
    address = own_address(page)
    written = timezone.now() - timedelta(hours=2)
    said = "We have decided to go ahead with another candidate for this position."
    forward(way_in, address, said, written=written)

    wait_for_proposal(page, "Acme: rejection")
    mail = page.get_by_role("article").filter(has_text="Acme: rejection")
    mail.get_by_role("heading", name="Acme: rejection").click()  # it opens in place
    expect(mail).to_contain_text("Acme wrote")
    expect(mail).to_contain_text(f"“{said}”")
    expect(page.get_by_text("They may have answered.")).to_be_visible()
    mail.get_by_role("button", name="Record rejection").click()

    # What was missing is asked, as after any rejection.
    expect(page.get_by_role("heading", level=1)).to_have_text("They said no. Keep what you learned")
    result = interview.__class__.objects.get(pk=interview.pk).result
    assert (result.kind, result.via) == ("refusal", "email")
    assert result.known_at == written.replace(microsecond=0)
    messages = page.locator("#messages")
    messages.get_by_role("button", name="Undo").click()
    expect(messages).to_contain_text("Undone.")
    page.goto("/today/")
    mail.get_by_role("button", name="Record rejection").click()
    page.get_by_role("link", name="Record what was missing").click()
    page.get_by_label("What was missing, in your own words").fill("SQL performance")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("SQL performance")).to_be_visible()
    page.goto("/today/")
    expect(mail).to_have_count(0)
    assert bytes(MailProposal.objects.get().mail.raw) == b""


@on(DESK)
def test_an_invitation_becomes_an_interview(
    running: Running,
    way_in: Serving,
    new_page: Pages,
    alice: Candidate,
    interview: Interview,
    device: Device,
) -> None:
    page = device.open(new_page, running.url)
    sign_in(page, alice.user)
    address = own_address(page)
    now = timezone.now().astimezone(alice.zone)
    starts_at = (now + timedelta(days=4)).replace(hour=14, minute=0, second=0, microsecond=0)
    when = f"{starts_at:%A} {starts_at.day} {starts_at:%B %Y} at 14:00"
    said = f"We would like to invite you to a second interview on {when}."
    forward(way_in, address, said, written=now - timedelta(hours=1))

    wait_for_proposal(page, "Acme: interview,")
    mail = page.get_by_role("article").filter(has_text="Acme: interview,")
    mail.get_by_role("button", name="Add interview").click()
    messages = page.locator("#messages")
    expect(messages).to_contain_text("Interview with Acme added")
    added = Interview.objects.get(continues=interview)
    assert added.starts_at == starts_at
    messages.get_by_role("button", name="Undo").click()
    expect(messages).to_contain_text("Undone.")
    assert not Interview.objects.filter(continues=interview).exists()

    # Record something else: the candidate knows better, and what it was is kept.
    page.goto("/today/")
    mail.get_by_role("heading").click()
    mail.get_by_role("link", name="Record something else").click()
    choose(page, "What does it say?", "They want something from me")
    page.get_by_role("button", name="Record it").click()
    expect(messages).to_contain_text("Acme: saved.")
    proposal = MailProposal.objects.get()
    assert (proposal.kind, proposal.corrected_kind) == ("invitation", "question")
