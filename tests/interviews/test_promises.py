"""Whether a promise was kept: by word in time, whoever else had moved on."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from interviews.promises import Fate, Promise, due_moment, fate_of

DUE = datetime(2026, 11, 20, 23, 0, tzinfo=UTC)
BEFORE, AFTER, LATER = DUE - timedelta(hours=1), DUE + timedelta(hours=1), DUE + timedelta(days=3)


@pytest.mark.parametrize(
    ("told", "now", "fate"),
    [
        ({}, BEFORE, Fate.OPEN),
        ({}, DUE, Fate.OPEN),
        ({}, AFTER, Fate.BROKEN),
        ({"answered_at": BEFORE}, AFTER, Fate.KEPT),
        ({"answered_at": DUE}, AFTER, Fate.KEPT),
        ({"answered_at": AFTER}, LATER, Fate.LATE),
        ({"known_at": BEFORE}, LATER, Fate.KEPT),
        ({"known_at": AFTER}, LATER, Fate.LATE),
        # "Not yet" in time, and the decision later: they kept their word.
        ({"answered_at": BEFORE, "known_at": LATER}, LATER, Fate.KEPT),
        ({"answered_at": LATER, "known_at": BEFORE}, LATER, Fate.KEPT),
        # Another day was agreed, or she withdrew, before this one was over.
        ({"released_at": BEFORE}, BEFORE, Fate.VOID),
        ({"released_at": BEFORE}, LATER, Fate.VOID),
        ({"released_at": BEFORE, "known_at": LATER}, LATER, Fate.VOID),
        # In a call of theirs: that was word.
        ({"released_at": BEFORE, "answered_at": BEFORE}, LATER, Fate.KEPT),
        # Once it was broken, nothing that was agreed since takes that back.
        ({"released_at": AFTER}, LATER, Fate.BROKEN),
        ({"released_at": AFTER, "answered_at": LATER}, LATER, Fate.LATE),
    ],
)
def test_what_became_of_it(told: dict[str, datetime], now: datetime, fate: Fate) -> None:
    assert fate_of(Promise(DUE, **told), now=now) == fate


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
