"""Whether a promise was kept: by word in time, whoever else had moved on."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from insights.promise_outcome import Outcome, Promise, due_moment, outcome_of

DUE = datetime(2026, 11, 20, 23, 0, tzinfo=UTC)
BEFORE, AFTER, LATER = DUE - timedelta(hours=1), DUE + timedelta(hours=1), DUE + timedelta(days=3)


@pytest.mark.parametrize(
    ("told", "now", "outcome"),
    [
        ({}, BEFORE, Outcome.OPEN),
        ({}, DUE, Outcome.OPEN),
        ({}, AFTER, Outcome.BROKEN),
        ({"answered_at": BEFORE}, AFTER, Outcome.KEPT),
        ({"answered_at": DUE}, AFTER, Outcome.KEPT),
        ({"answered_at": AFTER}, LATER, Outcome.LATE),
        ({"known_at": BEFORE}, LATER, Outcome.KEPT),
        ({"known_at": AFTER}, LATER, Outcome.LATE),
        # "Not yet" in time, and the decision later: they kept their word.
        ({"answered_at": BEFORE, "known_at": LATER}, LATER, Outcome.KEPT),
        ({"answered_at": LATER, "known_at": BEFORE}, LATER, Outcome.KEPT),
        # Another day was agreed, or the candidate withdrew, before this one was over.
        ({"released_at": BEFORE}, BEFORE, Outcome.VOID),
        ({"released_at": BEFORE}, LATER, Outcome.VOID),
        ({"released_at": BEFORE, "known_at": LATER}, LATER, Outcome.VOID),
        # In a call of theirs: that was word.
        ({"released_at": BEFORE, "answered_at": BEFORE}, LATER, Outcome.KEPT),
        # Once it was broken, nothing that was agreed since takes that back.
        ({"released_at": AFTER}, LATER, Outcome.BROKEN),
        ({"released_at": AFTER, "answered_at": LATER}, LATER, Outcome.LATE),
    ],
)
def test_what_became_of_it(told: dict[str, datetime], now: datetime, outcome: Outcome) -> None:
    assert outcome_of(Promise(DUE, **told), now=now) == outcome


@pytest.mark.parametrize(
    ("day", "at", "zone", "last"),
    [
        (date(2026, 11, 20), None, "Europe/Berlin", datetime(2026, 11, 20, 23, 0, tzinfo=UTC)),
        (date(2026, 11, 20), time(14), "Europe/Berlin", datetime(2026, 11, 20, 14, 0, tzinfo=UTC)),
        (date(2026, 11, 20), time(14), "Asia/Tokyo", datetime(2026, 11, 20, 6, 0, tzinfo=UTC)),
        # The day on which clocks go back has 25 hours.
        (date(2026, 10, 25), None, "Europe/Berlin", datetime(2026, 10, 25, 23, 0, tzinfo=UTC)),
    ],
)
def test_until_when_it_binds(day: date, at: time | None, zone: str, last: datetime) -> None:
    assert due_moment(day, at, ZoneInfo(zone)) == last
