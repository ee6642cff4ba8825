"""A mail is erased with the answer, and after two weeks at the latest."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from integrations.forwarding.forgetting import KEPT
from integrations.forwarding.reader import read_batch
from interviews.models import Candidate, InboundMail, Interview, MailProposal
from interviews.services.mail_proposals import forget_mail
from personal_data.retention import apply_retention
from tests.integrations.forwarding.conftest import NO_LETTER, NOW, keep, letter
from tests.personal_data.exports import exported, facts_in

SECOND = timedelta(seconds=1)
pytestmark = pytest.mark.usefixtures("address")


@pytest.fixture
def proposal(alice: Candidate, waiting: Interview) -> MailProposal:
    keep(alice, letter())
    read_batch(clock=lambda: NOW)
    return MailProposal.objects.get()


def test_with_the_answer(proposal: MailProposal, alice: Candidate) -> None:
    forget_mail(proposal)
    proposal.refresh_from_db()
    assert proposal.mail is not None
    assert bytes(proposal.mail.raw) == b""
    assert proposal.excerpt == NO_LETTER
    keep(alice, letter())  # delivered again, it is known
    assert read_batch(clock=lambda: NOW) == 0


def test_after_two_weeks(proposal: MailProposal) -> None:
    apply_retention(now=NOW + KEPT)
    assert bytes(InboundMail.objects.get().raw) == letter()
    apply_retention(now=NOW + KEPT + SECOND)
    assert not InboundMail.objects.exists()
    proposal.refresh_from_db()
    assert (proposal.mail, proposal.excerpt, len(proposal.digest)) == (None, NO_LETTER, 64)


def test_their_bytes_are_not_fetched(proposal: MailProposal) -> None:
    with CaptureQueriesContext(connection) as asked:
        apply_retention(now=NOW + KEPT + SECOND)
    assert not InboundMail.objects.exists()
    told = [each["sql"] for each in asked.captured_queries if "inboundmail" in each["sql"]]
    assert any(sql.startswith("DELETE") for sql in told)
    assert not [sql for sql in told if '"raw"' in sql]


def test_codes_too(proposal: MailProposal) -> None:
    MailProposal.objects.update(kind="confirmation_code")
    apply_retention(now=NOW + KEPT)
    assert MailProposal.objects.exists()
    apply_retention(now=NOW + KEPT + SECOND)
    assert not MailProposal.objects.exists()


def test_an_export_has_what_was_proposed_and_not_the_mail(
    proposal: MailProposal, alice: Candidate
) -> None:
    facts = facts_in(exported(alice.user))
    (told,) = facts["mail_proposals"]
    assert (told["kind"], told["excerpt"]) == ("rejection", NO_LETTER)
    (address,) = facts["inbound_addresses"]
    assert address["local_part"] == alice.inbound_address.local_part
    assert "Dear Alice" not in str(facts)


def test_with_the_account(proposal: MailProposal, alice: Candidate) -> None:
    with CaptureQueriesContext(connection) as asked:
        alice.user.delete()
    assert not InboundMail.objects.exists()
    assert not MailProposal.objects.exists()
    assert not [each for each in asked.captured_queries if '"raw"' in each["sql"]]
