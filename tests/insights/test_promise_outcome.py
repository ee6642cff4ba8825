"""Whether a promise was kept: by the employer's word in time."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from insights.promise_outcome import Outcome, Promise, due_moment, outcome_of

DUE = datetime(2026, 11, 20, 23, 0, tzinfo=UTC)
BEFORE, AFTER, LATER = DUE - timedelta(hours=1), DUE + timedelta(hours=1), DUE + timedelta(days=3)

OFFER, WITHDRAWN = {"kind": "offer"}, {"kind": "withdrawn"}


@pytest.mark.parametrize(
    ("told", "now", "outcome"),
    [
        ({}, BEFORE, Outcome.OPEN),
        ({}, DUE, Outcome.OPEN),
        ({}, AFTER, Outcome.BROKEN),
        ({"word_at": BEFORE}, AFTER, Outcome.KEPT),
        ({"word_at": DUE}, AFTER, Outcome.KEPT),
        ({"word_at": AFTER}, LATER, Outcome.LATE),
        ({**OFFER, "known_at": BEFORE}, LATER, Outcome.KEPT),
        ({**OFFER, "known_at": AFTER}, LATER, Outcome.LATE),
        # "Not yet" in time, and the decision later: they kept their word.
        ({**OFFER, "word_at": BEFORE, "known_at": LATER}, LATER, Outcome.KEPT),
        ({**OFFER, "word_at": LATER, "known_at": BEFORE}, LATER, Outcome.KEPT),
        # Another day was agreed, or the candidate withdrew, before this one was over.
        ({"replaced_at": BEFORE}, BEFORE, Outcome.VOID),
        ({"replaced_at": BEFORE}, LATER, Outcome.VOID),
        ({**WITHDRAWN, "known_at": BEFORE}, LATER, Outcome.VOID),
        ({**OFFER, "replaced_at": BEFORE, "known_at": LATER}, LATER, Outcome.VOID),
        # In a call of theirs: that was word.
        ({"replaced_at": BEFORE, "word_at": BEFORE}, LATER, Outcome.KEPT),
        # Once it was broken, nothing that was agreed since takes that back.
        ({"replaced_at": AFTER}, LATER, Outcome.BROKEN),
        ({"replaced_at": AFTER, "word_at": LATER}, LATER, Outcome.LATE),
        ({**WITHDRAWN, "known_at": AFTER}, LATER, Outcome.BROKEN),
        # Giving up is no word of theirs.
        ({"kind": "no_response", "known_at": BEFORE}, LATER, Outcome.BROKEN),
    ],
)
def test_what_became_of_it(told: dict[str, Any], now: datetime, outcome: Outcome) -> None:
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
