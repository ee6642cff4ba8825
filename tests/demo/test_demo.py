"""The demo: a dozen interviews in every state, which could have happened on any day."""

from datetime import UTC, datetime

import pytest
from django.contrib.auth import authenticate
from pytest_django import DjangoDbBlocker

from demo.load import CANDIDATE, COACH, Login, load_demo
from interviews.models import Candidate, Coaching, Interview, Vacancy
from interviews.rules import Step
from interviews.services.verify_steps import verify_all, verify_foreign_rows
from reminders.sweep import sweep
from tests.support.kept_data import Kept

MONDAY = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
# Every weekday, small hours and late ones, a leap day, both clock changes, the turn of a year.
MOMENTS = [
    datetime(2026, 11, 23, 0, 1, tzinfo=UTC),  # a Monday
    datetime(2026, 11, 23, 22, 59, tzinfo=UTC),
    datetime(2028, 2, 29, 12, 0, tzinfo=UTC),  # a Tuesday
    datetime(2026, 11, 25, 14, 30, tzinfo=UTC),
    datetime(2026, 12, 31, 23, 30, tzinfo=UTC),  # a Thursday
    datetime(2026, 11, 27, 20, 30, tzinfo=UTC),
    datetime(2026, 11, 28, 23, 30, tzinfo=UTC),
    datetime(2027, 3, 28, 1, 0, tzinfo=UTC),  # a Sunday, as days of a change of clocks are
    datetime(2026, 10, 25, 1, 0, tzinfo=UTC),
]


@pytest.fixture(scope="module")
def kept_demo(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Kept[tuple[Login, Login]]:
    return Kept(lambda: load_demo(now=MONDAY), django_db_blocker)


@pytest.fixture
def logins(db: None, kept_demo: Kept[tuple[Login, Login]]) -> tuple[Login, Login]:
    """Of the demo as it was loaded that Monday."""
    return kept_demo.put_back()


@pytest.mark.pages  # any moment on one database; the next tests load it on both
@pytest.mark.parametrize("now", MOMENTS, ids=lambda each: f"{each:%a-%Y-%m-%d-%H:%M}")
def test_it_loads_on_any_day(db: None, now: datetime) -> None:
    load_demo(now=now)
    assert Interview.objects.count() >= 12
    assert list(verify_all(now=now)) == []
    assert list(verify_foreign_rows()) == []
    sweep(now=now)
    assert list(verify_all(now=now)) == []


def test_it_shows_every_step_there_is(logins: object) -> None:
    steps = set(Interview.objects.not_cancelled().values_list("step", flat=True))
    assert steps == {step.value for step in Step}
    assert Interview.objects.filter(cancelled_at__isnull=False).exists()
    assert Interview.objects.filter(result__kind="offer").exists()
    assert Interview.objects.filter(result__kind="next_stage").exists()


def test_something_is_due_waiting_and_coming(logins: object) -> None:
    rows = Interview.objects.not_cancelled()
    assert rows.filter(step_due_at__lte=MONDAY).count() >= 3
    assert rows.filter(step_due_at__gt=MONDAY).count() >= 3
    assert rows.filter(starts_at__gt=MONDAY).count() >= 2


def test_positions_without_an_interview_are_of_every_kind(logins: object) -> None:
    rows = Vacancy.objects.filter(interviews=None)
    assert set(rows.values_list("state", flat=True)) == {"saved", "applied", "closed"}
    assert rows.exclude(advert_text="").exclude(attachments=None).exclude(tags=None).exists()


def test_both_can_sign_in_and_the_coach_is_let_in(logins: tuple[Login, Login]) -> None:
    assert [each.email for each in logins] == [CANDIDATE[1], COACH[1]]
    for login in logins:
        assert authenticate(email=login.email, password=login.password) is not None
        assert len(login.password) >= 8
    coaching = Coaching.objects.active(MONDAY).get()
    assert coaching.coach.is_staff
    assert coaching.candidate == Candidate.objects.get()
    assert not coaching.candidate.user.is_staff


def test_it_shows_what_follows_an_interview(logins: object) -> None:
    """Positions rated by criteria, an offer to decide, and an own letter."""
    candidate = Candidate.objects.get(user__email=CANDIDATE[1])
    assert candidate.vacancies.filter(is_attractiveness_proposed=True).count() >= 3
    assert Interview.objects.with_open_offer().count() == 1
    assert candidate.own_letters.filter(occasion="late_answer").exists()
    assert candidate.notice_days
