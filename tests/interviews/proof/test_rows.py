"""Days of a period, and what stands in a proof of search: pure tables."""

from datetime import UTC, date, datetime

import pytest

from interviews.proof.rows import (
    Ending,
    Fact,
    Kind,
    Period,
    Position,
    Preset,
    State,
    period_of,
    rows_of,
    state_of,
)

NOW = datetime(2026, 11, 29, 12, 0, tzinfo=UTC)
ACME = Position("Acme", "Analyst")


@pytest.mark.parametrize(
    ("preset", "today", "since", "until"),
    [
        ("this_month", date(2026, 11, 29), date(2026, 11, 1), date(2026, 11, 30)),
        ("this_month", date(2026, 12, 1), date(2026, 12, 1), date(2026, 12, 31)),
        ("this_month", date(2028, 2, 10), date(2028, 2, 1), date(2028, 2, 29)),
        ("last_month", date(2026, 11, 29), date(2026, 10, 1), date(2026, 10, 31)),
        ("last_month", date(2027, 1, 31), date(2026, 12, 1), date(2026, 12, 31)),
        ("last_month", date(2026, 3, 31), date(2026, 2, 1), date(2026, 2, 28)),
        ("three_months", date(2026, 11, 29), date(2026, 8, 30), date(2026, 11, 29)),
        ("three_months", date(2026, 5, 31), date(2026, 3, 1), date(2026, 5, 31)),
        ("three_months", date(2027, 1, 15), date(2026, 10, 16), date(2027, 1, 15)),
    ],
)
def test_the_days_of_a_period(preset: str, today: date, since: date, until: date) -> None:
    assert period_of(Preset(preset), today=today) == Period(since, until)


def position(state: str, closing: str = "", ending: Ending | None = None) -> Position:
    return Position("Acme", "Analyst", state=state, closing_reason=closing, ending=ending)


@pytest.mark.parametrize(
    ("about", "state"),
    [
        (position("applied"), State.APPLIED),
        (position("saved"), State.APPLIED),  # it has a day of application
        (position("in_talks"), State.IN_TALKS),
        (position("offer"), State.OFFER),
        (position("closed", "refused"), State.REFUSED),
        (position("closed", "no_response"), State.NO_RESPONSE),
        (position("closed", "withdrawn"), State.WITHDRAWN),
        (position("closed", "accepted"), State.ACCEPTED),
        (position("closed", "declined"), State.DECLINED),
        (position("closed", "position_gone"), State.POSITION_GONE),
        (position("closed", "other"), State.CLOSED),
        (position("closed", "refused", Ending("withdrawn")), State.REFUSED),
        (position("closed", ending=Ending("refusal")), State.REFUSED),
        (position("closed", ending=Ending("assumed_refusal")), State.NO_RESPONSE),
        (position("closed", ending=Ending("no_response")), State.NO_RESPONSE),
        (position("closed", ending=Ending("withdrawn")), State.WITHDRAWN),
        (position("closed", ending=Ending("offer", "accepted")), State.ACCEPTED),
        (position("closed", ending=Ending("offer", "declined")), State.DECLINED),
        (position("closed"), State.CLOSED),
    ],
)
def test_the_state_of_an_application(about: Position, state: State) -> None:
    fact = Fact(Kind.APPLICATION, date(2026, 11, 2), about)
    assert state_of(fact, now=NOW) is state


@pytest.mark.parametrize(
    ("at", "ending", "state"),
    [
        (datetime(2026, 11, 30, 9, tzinfo=UTC), None, State.SCHEDULED),
        (datetime(2026, 11, 20, 9, tzinfo=UTC), None, State.WAITING),
        (datetime(2026, 11, 20, 9, tzinfo=UTC), Ending("next_stage"), State.NEXT_STAGE),
        (datetime(2026, 11, 20, 9, tzinfo=UTC), Ending("refusal"), State.REFUSED),
        (datetime(2026, 11, 20, 9, tzinfo=UTC), Ending("offer", "open"), State.OFFER),
        (datetime(2026, 11, 20, 9, tzinfo=UTC), Ending("offer", "accepted"), State.ACCEPTED),
    ],
)
def test_the_state_of_an_interview(at: datetime, ending: Ending | None, state: State) -> None:
    fact = Fact(Kind.INTERVIEW, at.date(), ACME, at=at, ending=ending)
    assert state_of(fact, now=NOW) is state


@pytest.mark.parametrize("outcome", ["reached", "no_answer", "sent"])
def test_the_state_of_a_contact(outcome: str) -> None:
    fact = Fact(Kind.CONTACT, date(2026, 11, 2), ACME, at=NOW, outcome=outcome)
    assert state_of(fact, now=NOW) == outcome


def test_only_the_periods_days_in_the_order_of_time() -> None:
    day = date(2026, 11, 2)
    early, late = (datetime(2026, 11, 2, hour, tzinfo=UTC) for hour in (8, 16))
    call = Fact(Kind.CONTACT, day, ACME, at=early, outcome="reached")
    second = Fact(Kind.INTERVIEW, day, ACME, at=late)
    first = Fact(Kind.INTERVIEW, day, ACME, at=early)
    sent = Fact(Kind.APPLICATION, day, ACME)
    edges = [Fact(Kind.APPLICATION, date(2026, 11, each), ACME) for each in (1, 30)]
    outside = [
        Fact(Kind.APPLICATION, each, ACME) for each in (date(2026, 10, 31), date(2026, 12, 1))
    ]
    rows = rows_of(
        [*outside, edges[1], call, second, first, sent, edges[0]],
        period=Period(date(2026, 11, 1), date(2026, 11, 30)),
        now=NOW,
    )
    assert [row.fact for row in rows] == [edges[0], sent, first, second, call, edges[1]]
