"""What the services refuse, and what they clear because it can no longer be true."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError

from interviews.models import Agreement, Candidate, Company, Interview, Reminder, Result
from interviews.services import interviews
from tests.support.people import make_agreement, make_contact, make_interview, make_result
from tests.support.step_factories import reminder_of, stand

NOW = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)
STARTS = datetime(2026, 11, 16, 13, 0, tzinfo=UTC)
ENDED = STARTS + timedelta(hours=1)


@pytest.fixture
def interview(alice: Candidate) -> Interview:
    return make_interview(alice, starts_at=STARTS, now=ENDED)


@pytest.mark.parametrize("day", [date(1969, 12, 31), date(2200, 1, 1), date(9999, 12, 31)])
@pytest.mark.parametrize(
    ("kind", "field"),
    [
        ("refusal", "recontact_on"),
        ("offer", "offer_answer_by_on"),
        ("offer", "offer_starts_on"),
    ],
)
def test_a_day_outside_the_known_years(
    interview: Interview, kind: str, field: str, day: date
) -> None:
    with pytest.raises(ValidationError, match="Check the year") as refused:
        make_result(interview, now=NOW, kind=kind, **{field: day})
    assert list(refused.value.message_dict) == [field]
    assert not Result.objects.exists()


def test_an_agreement_reached_in_another_interviews_contact(
    alice: Candidate, interview: Interview
) -> None:
    other = make_interview(alice, starts_at=STARTS, now=ENDED, company="Bolt")
    contact = make_contact(other, now=NOW, outcome="reached")
    with pytest.raises(ValidationError, match="belongs to another interview") as refused:
        make_agreement(interview, now=NOW, contact=contact, due_on=date(2026, 11, 27))
    assert list(refused.value.message_dict) == ["contact"]
    assert not Agreement.objects.exists()


def test_a_move_past_it_clears_that_nothing_was_agreed(interview: Interview) -> None:
    interviews.note_nothing_agreed(interview=interview, now=ENDED + timedelta(minutes=5))
    stale = Interview.objects.get(pk=interview.pk)
    stale.starts_at = NOW + timedelta(days=2)
    interviews.change_interview(interview=stale, now=NOW)
    stale.refresh_from_db()
    assert (stale.nothing_agreed_at, stale.step) == (None, "prepare")


def test_a_small_move_keeps_that_nothing_was_agreed(interview: Interview) -> None:
    said = ENDED + timedelta(minutes=5)
    interviews.note_nothing_agreed(interview=interview, now=said)
    # An instance of before it was said, as another tab holds it.
    interview.starts_at = STARTS - timedelta(minutes=30)
    interviews.change_interview(interview=interview, now=NOW)
    interview.refresh_from_db()
    assert interview.nothing_agreed_at == said


def test_nothing_agreed_can_be_taken_back(interview: Interview) -> None:
    moment = ENDED + timedelta(minutes=5)
    interviews.note_nothing_agreed(interview=interview, now=moment)
    interviews.take_back_nothing_agreed(interview=interview, now=moment)
    interview.refresh_from_db()
    assert (interview.nothing_agreed_at, interview.step) == (None, "fix_agreement")


def test_a_user_with_interviews_can_be_deleted(alice: Candidate, charlie: Candidate) -> None:
    called = stand(alice, "call", now=NOW)
    reminder_of(called, now=NOW)
    make_interview(alice, starts_at=NOW + timedelta(days=2), now=NOW, continues=called)
    make_result(stand(alice, "write", now=NOW, company="Bolt"), now=NOW, competences=["SQL"])
    kept = stand(charlie, "prepare", now=NOW, company="Cedar")
    alice.user.delete()
    assert list(Interview.objects.all()) == [kept]
    assert [each.name for each in Company.objects.all()] == ["Cedar"]
    assert not Reminder.objects.exists()
