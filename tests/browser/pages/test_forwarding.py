"""The page of the forwarding address while a provider asks to confirm forwarding: axe, targets and
keys as on every page; a code appears by itself."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from integrations.forwarding.address import create_address
from interviews.models import Candidate, MailProposal
from tests.browser.conftest import Pages
from tests.browser.pages.test_every_page import enter_faults, visit_faults
from tests.support.browser import Watch, sign_in
from tests.support.running import Running

pytestmark = pytest.mark.browser
SECONDS = 10


def test_a_code_appears_within_ten_seconds(
    running: Running, new_page: Pages, alice: Candidate, watch: Watch
) -> None:
    now = timezone.now()
    create_address(candidate=alice, now=now)
    page = new_page(running.url, service_workers="block")
    sign_in(page, alice.user)
    page.goto("/settings/forwarding/")
    expect(page.get_by_role("heading", name="How to set it up")).to_be_visible()
    MailProposal.objects.create(
        candidate=alice,
        kind="confirmation_code",
        digest="1" * 64,
        written_at=now,
        created_at=now,
        sender_name="Gmail Team",
        sender_address="forwarding-noreply@google.com",
        excerpt="alice@gmail.com has requested to automatically forward mail",
        details={"code": "513248769", "link": "https://mail-settings.google.com/mail/vf-abc"},
    )
    expect(page.get_by_text("513248769")).to_be_visible(timeout=SECONDS * 1000)
    assert [*visit_faults(page, watch), *enter_faults(page)] == []
