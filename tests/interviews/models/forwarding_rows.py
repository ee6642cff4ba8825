"""The rows of forwarded mails, valid and not (test_constraints.py)."""

from datetime import UTC, datetime

from integrations.forwarding.address import create_address
from interviews.models import InboundAddress, InboundMail, InboundState, Interview, MailProposal
from tests.interviews.models.wrong_rows import changed, doubled
from tests.support.people import make_candidate, make_mail_proposal, make_user

MOMENT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def make_forwarding(interview: Interview, *, now: datetime) -> None:
    owner = interview.candidate
    create_address(candidate=owner, now=now)
    times = {"received_at": now, "try_at": now}
    mail = InboundMail.objects.create(candidate=owner, raw=b"x", digest="0" * 64, **times)
    make_mail_proposal(interview, now=now, mail=mail)
    InboundState.objects.create()


def _the_same_address() -> object:
    other = make_candidate(make_user("Dora"))
    known = InboundAddress.objects.get()
    return InboundAddress.objects.create(
        candidate=other, local_part=known.local_part, created_at=known.created_at
    )


WRONG_FORWARDING = {
    "inbound_address_once": _the_same_address,
    "inbound_address_has_part": changed(InboundAddress, local_part=""),
    "inbound_mail_once_per_candidate": doubled(InboundMail),
    "inbound_mail_read_has_kind": changed(InboundMail, read_at="2026-11-23T09:00:00Z"),
    "inbound_state_is_one_row": changed(InboundState, id=2),
    "mail_proposal_once_per_letter": doubled(MailProposal, mail=None),
    "mail_proposal_kind_known": changed(MailProposal, kind="bounce"),
    "mail_proposal_status_known": changed(MailProposal, status="lost", answered_at=MOMENT),
    "mail_proposal_answer_has_moment": changed(MailProposal, status="recorded"),
    "mail_proposal_correction_is_answer": changed(MailProposal, corrected_kind="offer"),
}
