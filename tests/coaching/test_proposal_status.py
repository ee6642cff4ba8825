"""The status of a proposal."""

from datetime import date, datetime

import pytest

from coaching.proposal_status import ProposalFacts, ProposalStatus, status_of

ASKED, TO_DO, DECLINED, OVER = (
    ProposalStatus.ASKED,
    ProposalStatus.TO_DO,
    ProposalStatus.DECLINED,
    ProposalStatus.OVER,
)


def at(said: str) -> datetime:
    return datetime.fromisoformat(f"2026-11-{said}+00:00")


NOW = at("26T09:00")
BEFORE, ACCEPTED, SINCE = at("23T09:00"), at("24T09:00"), at("25T09:00")
YES = {"answer": "accepted", "answered_at": ACCEPTED}
NO = {"answer": "declined", "answered_at": ACCEPTED}
TABLE = [
    ({}, ASKED),
    ({"action": "other"}, ASKED),
    (YES, TO_DO),
    (NO, DECLINED),
    # Its day: the last moment of it is still in time.
    ({"by_on": date(2026, 11, 26)}, ASKED),
    ({"by_on": date(2026, 11, 25)}, OVER),
    (YES | {"by_on": date(2026, 11, 26)}, TO_DO),
    (YES | {"by_on": date(2026, 11, 25)}, OVER),
    (NO | {"by_on": date(2026, 11, 25)}, OVER),
    # A call or letter after it was accepted does it; one before does not, and takes no answer away.
    (YES | {"last_out_at": SINCE}, OVER),
    (YES | {"last_out_at": ACCEPTED}, OVER),
    (YES | {"last_out_at": BEFORE}, TO_DO),
    ({"last_out_at": SINCE}, ASKED),
    (YES | {"action": "write", "last_out_at": SINCE}, OVER),
    (YES | {"action": "prepare", "last_out_at": SINCE}, TO_DO),
    # Contacts are noted to the minute.
    (
        {"answer": "accepted", "answered_at": at("24T09:00:40"), "last_out_at": at("24T09:00")},
        OVER,
    ),
    # Preparing ends with the interview.
    (YES | {"action": "prepare", "ends_at": at("26T09:00")}, OVER),
    ({"action": "prepare", "ends_at": at("26T08:00")}, OVER),
    ({"action": "prepare", "ends_at": at("26T09:01")}, ASKED),
    (YES | {"ends_at": at("26T08:00")}, TO_DO),
    # A result since then ends it; one that was known before does not.
    (YES | {"result_at": SINCE}, OVER),
    ({"result_at": SINCE}, OVER),
    ({"result_at": at("20T09:00")}, ASKED),
    (YES | {"result_at": at("20T09:00")}, TO_DO),
    # What leaves no fact and has no day goes after two weeks.
    (YES | {"action": "other"}, TO_DO),
    ({"action": "other", "answer": "accepted", "answered_at": at("12T09:00")}, OVER),
    ({"action": "other", "answer": "accepted", "answered_at": at("12T09:01")}, TO_DO),
    # Said to be done.
    (YES | {"action": "other", "done_at": SINCE}, OVER),
    (YES | {"action": "prepare", "done_at": SINCE}, OVER),
    ({"is_cancelled": True}, OVER),
    (YES | {"is_cancelled": True}, OVER),
]


@pytest.mark.parametrize(("given", "expected"), TABLE, ids=range(len(TABLE)))
def test_where_it_stands(given: dict[str, object], expected: ProposalStatus) -> None:
    values = {"action": "call", "proposed_at": BEFORE, "ends_at": at("30T09:00")} | given
    assert status_of(ProposalFacts(**values), today=NOW.date(), now=NOW) == expected


def test_the_day_is_one_of_the_candidates_calendar() -> None:
    """Late in the evening of the 25th in New York it is the 26th in UTC already."""
    facts = ProposalFacts("call", BEFORE, at("30T09:00"), by_on=date(2026, 11, 25))
    late = at("26T03:00")
    assert status_of(facts, today=date(2026, 11, 25), now=late) == ASKED
