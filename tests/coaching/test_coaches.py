"""The days and the hour of a coach's morning mail."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.core.exceptions import ValidationError

from accounts.models import User
from coaching import coaches
from interviews.models import Coach
from tests.support.people import make_candidate, make_user

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def coach(weekdays: list[int], at: time = time(7, 30), zone: str = "UTC") -> Coach:
    return Coach(digest_weekdays=weekdays, digest_time=at, timezone=zone)


@pytest.mark.parametrize(
    ("weekdays", "at", "zone", "after", "expected"),
    [
        ([0], time(7, 30), "UTC", "2026-11-23T07:29:59+00:00", "2026-11-23T07:30:00+00:00"),
        ([0], time(7, 30), "UTC", "2026-11-23T07:30:00+00:00", "2026-11-30T07:30:00+00:00"),
        ([0, 1], time(7, 30), "UTC", "2026-11-23T09:00:00+00:00", "2026-11-24T07:30:00+00:00"),
        ([6], time(0), "UTC", "2026-11-23T09:00:00+00:00", "2026-11-29T00:00:00+00:00"),
        # The coach's Monday begins while it is Sunday in UTC.
        (
            [0],
            time(6),
            "Pacific/Auckland",
            "2026-11-22T12:00:00+00:00",
            "2026-11-22T17:00:00+00:00",
        ),
        # The hour that a clock change skips, and the one that it repeats.
        (
            [6],
            time(2, 30),
            "Europe/Berlin",
            "2026-03-28T12:00:00+00:00",
            "2026-03-29T01:30:00+00:00",
        ),
        (
            [6],
            time(2, 30),
            "Europe/Berlin",
            "2026-10-24T12:00:00+00:00",
            "2026-10-25T00:30:00+00:00",
        ),
        # The same local hour on both sides of a change.
        (
            [0],
            time(7, 30),
            "Europe/Berlin",
            "2026-10-19T06:00:00+00:00",
            "2026-10-26T06:30:00+00:00",
        ),
    ],
)
def test_the_next_morning(
    weekdays: list[int], at: time, zone: str, after: str, expected: str
) -> None:
    found = coaches.next_digest(coach(weekdays, at, zone), after=datetime.fromisoformat(after))
    assert found == datetime.fromisoformat(expected)


def test_no_day_no_mail() -> None:
    assert coaches.next_digest(coach([]), after=MONDAY) is None


def test_every_day_is_a_week(db: None) -> None:
    mornings, at = [], MONDAY
    for _ in range(7):
        found = coaches.next_digest(coach(list(range(7))), after=at)
        assert found is not None
        mornings.append(found)
        at = found
    assert [each.date() for each in mornings] == [
        date(2026, 11, 24) + timedelta(days=n) for n in range(7)
    ]


def test_nobody_is_mailed_unasked(bob: User) -> None:
    made = coaches.make_coach(user=bob)
    assert made.digest_weekdays == []
    assert made.digest_due_at is None


def test_a_coach_may_enter_the_admin(db: None) -> None:
    erin = make_user("Erin")
    coaches.make_coach(user=erin)
    erin.refresh_from_db()
    assert erin.is_staff
    assert not erin.is_superuser


def test_what_an_operator_took_away_no_invitation_gives_back(bob: User) -> None:
    coaches.make_coach(user=bob)
    User.objects.filter(pk=bob.pk).update(is_staff=False)
    bob.refresh_from_db()
    with pytest.raises(ValidationError, match="administrator"):
        coaches.make_coach(user=bob)
    bob.refresh_from_db()
    assert not bob.is_staff


def test_a_coach_who_looks_for_a_job_keeps_the_zone(db: None) -> None:
    erin = make_candidate(make_user("Erin"), zone="Asia/Tokyo").user
    assert coaches.make_coach(user=erin).timezone == "Asia/Tokyo"


def test_made_twice_what_was_chosen_stays(bob: User) -> None:
    made = coaches.make_coach(user=bob)
    made.digest_weekdays = [0]
    coaches.change_coach(coach=made, now=MONDAY)
    assert coaches.make_coach(user=bob).digest_weekdays == [0]
    assert Coach.objects.get().digest_due_at == datetime(2026, 11, 30, 7, 30, tzinfo=UTC)


@pytest.mark.parametrize("wrong", [[7], [-1], [0, 0], ["0"], "0", {"0": 1}, [None]])
def test_days_that_are_none_are_refused(bob: User, wrong: object) -> None:
    made = coaches.make_coach(user=bob)
    made.digest_weekdays = wrong
    with pytest.raises(ValidationError):
        made.full_clean()
