"""A row that the rules cannot decide is reported, and delays nobody else."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from interviews.models import Candidate, Interview, Reminder
from interviews.next_step import refresh_stale
from interviews.services import candidates
from interviews.services.verify_steps import verify_all, verify_foreign_rows
from tests.support.people import make_agreement, make_contact, make_interview
from tests.support.step_factories import reminder_of, stand

NOW = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)
STARTS = datetime(2026, 11, 16, 13, 0, tzinfo=UTC)
ENDED = STARTS + timedelta(hours=1)


@pytest.fixture
def broken(alice: Candidate) -> Interview:
    """Its agreement names a zone that no service lets through."""
    interview = make_interview(alice, starts_at=STARTS, now=ENDED, company="Bolt")
    make_agreement(interview, now=ENDED, due_on=date(2026, 11, 20), due_time=time(10))
    interview.agreements.update(due_timezone="Nowhere/Land")
    return interview


def forget_region(candidate: Candidate) -> None:
    """As an upgrade of the holiday library does that renames one."""
    Candidate.objects.filter(pk=candidate.pk).update(country="DE", subdivision="ZZ")


def test_a_region_no_longer_known_stops_no_service(alice: Candidate) -> None:
    interview = make_interview(alice, starts_at=STARTS, now=ENDED)
    forget_region(alice)
    make_agreement(Interview.objects.get(), now=ENDED, due_on=date(2026, 11, 20))
    interview.refresh_from_db()
    assert (interview.step, interview.review_error) == ("call", "")
    assert list(verify_all(now=ENDED)) == []


def test_a_region_no_longer_known_still_has_its_countrys_holidays(alice: Candidate) -> None:
    interview = make_interview(alice, starts_at=STARTS, now=ENDED)
    forget_region(alice)
    make_agreement(Interview.objects.get(), now=ENDED, due_on=date(2026, 12, 24))
    interview.refresh_from_db()
    # Christmas, Boxing Day and the weekend are over.
    assert interview.step_due_at == datetime(2026, 12, 28, 9, 0, tzinfo=UTC)


def test_a_country_no_longer_known_leaves_the_weekend(alice: Candidate) -> None:
    interview = make_interview(alice, starts_at=STARTS, now=ENDED)
    Candidate.objects.update(country="QZ")
    make_agreement(Interview.objects.get(), now=ENDED, due_on=date(2026, 11, 20))
    interview.refresh_from_db()
    assert interview.step_due_at == datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def test_today_shows_what_expired_though_the_region_is_no_longer_known(alice: Candidate) -> None:
    make_interview(alice, starts_at=NOW + timedelta(hours=1), now=NOW)
    forget_region(alice)
    row = Interview.objects.with_parties().get()
    refresh_stale([row], now=NOW + timedelta(hours=3))
    assert row.step == "fix_agreement"


def test_today_shows_the_others_where_one_cannot_be_decided(
    alice: Candidate, broken: Interview
) -> None:
    make_interview(alice, starts_at=NOW + timedelta(hours=1), now=NOW)
    Interview.objects.filter(pk=broken.pk).update(step_expires_at=NOW)
    before = Interview.objects.get(pk=broken.pk).step
    rows = {row.pk: row for row in Interview.objects.with_parties()}
    refresh_stale(rows.values(), now=NOW + timedelta(hours=3))
    assert rows.pop(broken.pk).step == before
    assert [row.step for row in rows.values()] == ["fix_agreement"]


def test_a_service_sets_it_aside_and_keeps_the_fact(broken: Interview) -> None:
    make_contact(broken, now=NOW)
    broken.refresh_from_db()
    assert broken.contacts.count() == 1
    assert "Nowhere/Land" in broken.review_error
    assert broken.review_at is None


def test_a_change_of_all_sets_one_aside_and_re_decides_the_others(
    alice: Candidate, broken: Interview
) -> None:
    sound = make_interview(alice, starts_at=STARTS, now=ENDED)
    make_agreement(sound, now=ENDED, due_on=date(2026, 11, 20))
    alice.timezone = "America/New_York"
    candidates.change_settings(candidate=alice, now=ENDED)
    sound.refresh_from_db()
    broken.refresh_from_db()
    assert sound.step_due_at == datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
    assert "Nowhere/Land" in broken.review_error


def test_check_steps_names_it(alice: Candidate, broken: Interview) -> None:
    make_interview(alice, starts_at=STARTS, now=ENDED)
    (difference,) = verify_all(now=ENDED)
    assert difference.interview_id == broken.pk
    assert difference.what.startswith("cannot be decided: ")
    assert "Nowhere/Land" in difference.what


def test_check_steps_names_a_row_that_nothing_would_look_at(alice: Candidate) -> None:
    forgotten = make_interview(alice, starts_at=NOW + timedelta(days=3), now=NOW)
    assert list(verify_all(now=NOW)) == []
    Interview.objects.update(review_at=None)
    (difference,) = verify_all(now=NOW)
    assert difference.interview_id == forgotten.pk
    assert "will never be looked at" in difference.what


def test_check_steps_names_a_due_step_that_was_never_told(alice: Candidate) -> None:
    interview = stand(alice, "call", now=NOW)
    Interview.objects.update(review_at=None)
    assert "never be looked at" in next(verify_all(now=NOW)).what
    reminder_of(interview, now=NOW)
    assert list(verify_all(now=NOW)) == []


def test_check_steps_names_a_reminder_of_another_candidate(
    alice: Candidate, charlie: Candidate
) -> None:
    reminder = reminder_of(stand(alice, "call", now=NOW), now=NOW)
    assert list(verify_foreign_rows()) == []
    Reminder.objects.update(candidate=charlie)
    assert list(verify_foreign_rows()) == [
        f"reminder of another candidate's interview: {reminder.pk}"
    ]
