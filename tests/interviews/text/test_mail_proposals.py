"""What a forwarded mail seems to say, in one sentence; each kind has its own."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from interviews.models import MailProposal
from interviews.text.mail_proposals import KINDS, said_of

NOW = datetime(2026, 11, 30, 9, 0, tzinfo=ZoneInfo("Europe/Berlin"))  # a Monday
FRIDAY = datetime(2026, 12, 4, 11, 0, tzinfo=UTC)  # 12:00 in Berlin
Kind = MailProposal.Kind


def said(kind: str, *, days: int = 6, dates: tuple[datetime, ...] = (), by: str = "") -> str:
    details = {"dates": [each.isoformat() for each in dates], "by_when": by or None}
    written_at = NOW - timedelta(days=days)
    proposal = MailProposal(kind=kind, written_at=written_at, details=details)
    return said_of(proposal, who="Acme", now=NOW)


@pytest.mark.parametrize(
    ("days", "when"),
    [(0, "today"), (1, "yesterday"), (6, "on Tuesday"), (7, "on Monday 23 November")],
)
def test_when_it_was_written(days: int, when: str) -> None:
    assert said("rejection", days=days) == f"Acme wrote {when}: a rejection."


def test_a_day_is_the_candidates() -> None:
    late = datetime(2026, 11, 29, 23, 30, tzinfo=UTC)  # past midnight in Berlin
    proposal = MailProposal(kind="rejection", written_at=late, details={})
    assert said_of(proposal, who="Acme", now=NOW) == "Acme wrote today: a rejection."


@pytest.mark.parametrize(
    ("kind", "dates", "what"),
    [
        ("invitation", (), "an invitation to an interview"),
        ("invitation", (FRIDAY,), "an interview on Friday 4 December at 12:00"),
        (
            "invitation",
            (FRIDAY, FRIDAY + timedelta(days=1)),
            "an interview at one of several times",
        ),
        ("invitation", (NOW - timedelta(days=1),), "an invitation to an interview"),
        ("moved", (FRIDAY,), "the interview moves to Friday 4 December at 12:00"),
        ("moved", (), "a new time for the interview"),
    ],
)
def test_times_that_are_to_come(kind: str, dates: tuple[datetime, ...], what: str) -> None:
    assert said(kind, dates=dates) == f"Acme wrote on Tuesday: {what}."


@pytest.mark.parametrize(
    ("kind", "what"),
    [
        ("not_yet", "no decision yet, an answer by Friday 4 December"),
        ("question", "a question to answer by Friday 4 December"),
        ("offer", "an offer to answer by Friday 4 December"),
        ("rejection", "a rejection"),
    ],
)
def test_a_day_that_it_names(kind: str, what: str) -> None:
    assert said(kind, by="2026-12-04") == f"Acme wrote on Tuesday: {what}."


def test_each_kind_is_said_and_offered() -> None:
    kinds = set(Kind) - {Kind.CONFIRMATION_CODE}
    assert len({said(kind) for kind in kinds}) == len(kinds)
    assert set(KINDS) == kinds
    assert said("own_letter") == "You wrote to Acme on Tuesday."
