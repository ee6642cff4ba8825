"""The stored step follows every fact, at once."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.core.exceptions import ValidationError

from interviews.models import Candidate, Interview, Reminder, Vacancy
from interviews.services import agreements, candidates, contacts, interviews, results, vacancies
from interviews.services.next_step import later
from interviews.services.verify_steps import verify_all
from tests.support.people import make_agreement, make_contact, make_interview, make_result

# Monday 23 November 2026, noon in Berlin; the interview was the Monday before, at 14:00.
NOW = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)
STARTS = datetime(2026, 11, 16, 13, 0, tzinfo=UTC)
ENDED = STARTS + timedelta(hours=1)


@pytest.fixture
def interview(alice: Candidate) -> Interview:
    return make_interview(alice, starts_at=STARTS, now=ENDED)


def stored(interview: Interview) -> tuple[str, datetime | None, str]:
    interview.refresh_from_db()
    return interview.step, interview.step_due_at, interview.step_rule


def test_an_interview_just_over_asks_for_the_agreement(interview: Interview) -> None:
    assert stored(interview) == ("fix_agreement", ENDED, "agreement-missing")
    assert interview.step_expires_at == ENDED + timedelta(days=1)
    assert interview.step_person is not None
    assert interview.step_person.name == "Anna Petrova"


def test_one_written_down_later_asks_for_the_agreement_from_then_on(alice: Candidate) -> None:
    late = make_interview(alice, starts_at=STARTS, now=NOW)
    assert stored(late) == ("fix_agreement", NOW, "agreement-missing")
    assert late.step_expires_at == NOW + timedelta(days=1)
    late.place = "Room 12"
    interviews.change_interview(interview=late, now=NOW + timedelta(hours=3))
    assert stored(late) == ("fix_agreement", NOW, "agreement-missing")


def test_one_from_an_invitation_is_not_taken_for_one_written_down_later(alice: Candidate) -> None:
    make_interview(alice, starts_at=STARTS, now=NOW, invitation_uid="a@b", invitation_sequence=0)
    assert Interview.objects.get().noted_at is None


@pytest.mark.parametrize(
    ("hours", "expected"),
    [
        (-1, ("fix_agreement", NOW, "agreement-missing")),  # it had seemed to be ahead
        (2, ("prepare", NOW + timedelta(hours=1) - timedelta(days=1), "interview-ahead")),
    ],
)
def test_one_moved_is_asked_for_from_the_later_of_its_end_and_now(
    alice: Candidate, hours: int, expected: tuple[str, datetime, str]
) -> None:
    ahead = make_interview(alice, starts_at=NOW + timedelta(days=1), now=NOW - timedelta(days=1))
    ahead.starts_at = NOW + timedelta(hours=hours) - timedelta(hours=1)
    interviews.change_interview(interview=ahead, now=NOW)
    assert stored(ahead) == expected
    assert (ahead.noted_at == NOW) == (hours < 0)


def test_one_moved_ahead_after_all_was_not_written_down_too_late(alice: Candidate) -> None:
    moved = make_interview(alice, starts_at=STARTS, now=NOW)
    moved.starts_at = NOW + timedelta(days=2)
    interviews.change_interview(interview=moved, now=NOW)
    assert stored(moved)[0] == "prepare"
    assert moved.noted_at is None


def test_an_agreement_moves_the_step_to_its_lapse(interview: Interview) -> None:
    make_agreement(interview, now=ENDED, due_on=date(2026, 11, 20))
    # They have the whole Friday; the next contact moment is Monday at 10:00 in Berlin.
    monday = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    assert stored(interview) == ("call", monday, "promise-lapsed")
    assert interview.review_at == monday


def test_deleting_the_agreement_takes_the_step_back(interview: Interview) -> None:
    agreement = make_agreement(interview, now=ENDED, due_on=date(2026, 11, 20))
    agreements.delete_agreement(agreement=agreement, now=ENDED)
    assert stored(interview) == ("fix_agreement", ENDED, "agreement-missing")


def test_a_step_already_due_is_mailed_an_hour_later_at_the_earliest(alice: Candidate) -> None:
    late = make_interview(alice, starts_at=STARTS, now=NOW, company="Bolt")
    interviews.note_nothing_agreed(interview=late, now=NOW)
    # Nothing agreed for a week: the window closed this morning, so the call is due already.
    assert stored(late)[0] == "call"
    assert late.step_due_at == datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    assert late.review_at == NOW + timedelta(hours=1)


def test_a_step_already_due_in_the_evening_is_mailed_the_next_morning(alice: Candidate) -> None:
    evening = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)
    late = make_interview(alice, starts_at=STARTS, now=evening, company="Bolt")
    assert late.review_at == datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def test_nothing_agreed_opens_the_window(interview: Interview) -> None:
    interviews.note_nothing_agreed(interview=interview, now=ENDED + timedelta(minutes=5))
    friday = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
    assert stored(interview) == ("weigh", friday, "window-open")


def test_nothing_agreed_before_the_end_is_refused(interview: Interview) -> None:
    with pytest.raises(ValidationError, match="isn’t over yet"):
        interviews.note_nothing_agreed(interview=interview, now=STARTS)


def test_weighing_it_low_lets_it_go(interview: Interview) -> None:
    vacancies.rate_vacancy(vacancy=interview.vacancy, attractiveness=2, desire=2, now=NOW)
    assert stored(interview)[2] == "not-interested"


def test_snoozing_puts_off_and_a_contact_clears_it(interview: Interview) -> None:
    make_agreement(interview, now=ENDED, due_on=date(2026, 11, 20))
    until = later(candidate=interview.candidate, now=NOW, days=1)
    interviews.snooze_interview(interview=interview, until=until, now=NOW)
    assert stored(interview)[1] == datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
    make_contact(interview, now=NOW + timedelta(minutes=5))
    assert interview.snoozed_until is not None
    interview.refresh_from_db()
    assert interview.snoozed_until is None


def test_later_is_a_local_morning_across_the_clock_change(alice: Candidate) -> None:
    before = datetime(2027, 3, 24, 12, 0, tzinfo=UTC)
    assert later(candidate=alice, now=before, days=7) == datetime(2027, 3, 31, 8, 0, tzinfo=UTC)


def test_a_cancelled_interview_has_no_step_and_comes_back(interview: Interview) -> None:
    interviews.cancel_interview(interview=interview, now=ENDED)
    assert stored(interview) == ("", None, "")
    assert interview.review_at is None
    interviews.reinstate_interview(interview=interview, now=ENDED)
    assert stored(interview)[0] == "fix_agreement"


def test_moving_an_interview_moves_its_step_and_keeps_where_it_was(alice: Candidate) -> None:
    ahead = make_interview(alice, starts_at=NOW + timedelta(days=3), now=NOW)
    ahead.starts_at = NOW + timedelta(days=5)
    interviews.change_interview(interview=ahead, now=NOW)
    assert stored(ahead)[1] == NOW + timedelta(days=4)
    assert ahead.moved_from_at == NOW + timedelta(days=3)


def test_moving_past_what_already_happened_is_refused(interview: Interview) -> None:
    make_contact(interview, now=NOW, at=ENDED + timedelta(hours=2))
    interview.starts_at = NOW + timedelta(days=2)
    with pytest.raises(ValidationError, match="already recorded"):
        interviews.change_interview(interview=interview, now=NOW)


def test_another_zone_re_decides_open_waits_and_keeps_the_promised_day(
    alice: Candidate, interview: Interview
) -> None:
    make_agreement(interview, now=ENDED, due_on=date(2026, 11, 20))
    alice.timezone = "America/New_York"
    candidates.change_settings(candidate=alice, now=ENDED)
    # Still Friday, and so Monday at 10:00, now in New York.
    assert stored(interview)[1] == datetime(2026, 11, 23, 15, 0, tzinfo=UTC)


def test_a_time_said_in_another_zone_stays_that_instant(
    alice: Candidate, interview: Interview
) -> None:
    make_agreement(interview, now=ENDED, due_on=date(2026, 11, 20), due_time=time(15, 0))
    before = stored(interview)[1]
    assert before == datetime(2026, 11, 20, 15, 0, tzinfo=UTC)  # 15:00 in Berlin, and an hour
    alice.timezone = "America/New_York"
    candidates.change_settings(candidate=alice, now=ENDED)
    assert stored(interview)[1] == before


def test_deleting_a_contact_re_decides(interview: Interview) -> None:
    make_agreement(interview, now=ENDED, due_on=date(2026, 11, 20))
    before = stored(interview)
    contact = make_contact(interview, now=NOW)
    assert stored(interview) != before
    contacts.delete_contact(contact=contact, now=NOW)
    assert stored(interview) == before


def test_a_result_ends_the_wait_and_taking_it_back_reopens_it(interview: Interview) -> None:
    make_agreement(interview, now=ENDED, due_on=date(2026, 11, 20))
    before = stored(interview)
    result = make_result(interview, now=NOW, competences=["SQL"])
    assert stored(interview) == ("done", None, "result-known")
    assert [each.name for each in result.competences.all()] == ["SQL"]
    results.delete_result(result=result, now=NOW)
    assert stored(interview) == before


def test_a_late_answer_replaces_an_assumed_refusal(interview: Interview) -> None:
    make_result(interview, now=NOW, kind="assumed_refusal")
    make_result(interview, now=NOW + timedelta(days=9), kind="offer")
    interview.refresh_from_db()
    assert interview.result.kind == "offer"
    assert stored(interview) == ("done", None, "result-known")


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"at": NOW + timedelta(minutes=1)}, "in the future"),
        ({"at": ENDED - timedelta(days=1, seconds=1)}, "at most a day before the interview ended"),
        ({"outcome": "sent"}, "letters and messages"),
        ({"direction": "in", "channel": "email", "outcome": "sent"}, "letters and messages"),
    ],
)
def test_contacts_that_make_no_sense_are_refused(
    interview: Interview, fields: dict[str, object], sentence: str
) -> None:
    with pytest.raises(ValidationError, match=sentence):
        make_contact(interview, now=NOW, **fields)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"due_on": date(2026, 11, 15)}, "Choose the date you agreed on this, or a later one."),
        ({"due_on": date(2027, 11, 17)}, "Choose a date within the next year"),
        (
            {"due_on": date(2026, 11, 16), "due_time": time(14, 0)},
            "Choose a time after you agreed on this",
        ),
        ({"due_time": time(14, 0)}, "Choose a date for this time"),
        ({"made_at": NOW + timedelta(hours=1)}, "in the future"),
    ],
)
def test_agreements_that_make_no_sense_are_refused(
    interview: Interview, fields: dict[str, object], sentence: str
) -> None:
    with pytest.raises(ValidationError, match=sentence):
        make_agreement(interview, now=NOW, **fields)


def test_another_candidates_person_is_refused(interview: Interview, charlie: Candidate) -> None:
    foreign = make_interview(charlie, starts_at=STARTS, now=NOW)
    stranger = foreign.participations.get().interlocutor
    with pytest.raises(ValidationError, match="Choose one of your own entries"):
        make_contact(interview, now=NOW, person=stranger)


def test_a_fact_settles_the_reminders_of_the_step_before(interview: Interview) -> None:
    make_agreement(interview, now=ENDED, due_on=date(2026, 11, 20))
    interview.refresh_from_db()
    reminder = Reminder.objects.create(
        interview=interview,
        candidate=interview.candidate,
        step=interview.step,
        due_at=interview.step_due_at,
        created_at=NOW,
    )
    make_contact(interview, now=NOW)
    reminder.refresh_from_db()
    assert (reminder.state, reminder.settled_at) == ("settled", NOW)


def test_ratings_out_of_range_are_refused_by_the_database_too(interview: Interview) -> None:
    with pytest.raises(ValidationError):
        vacancies.rate_vacancy(vacancy=interview.vacancy, attractiveness=6, desire=1, now=NOW)
    assert Vacancy.objects.get().attractiveness is None


def test_a_step_in_the_hour_that_is_repeated_is_stored_once(alice: Candidate) -> None:
    """25 October 2026, 02:30 in Berlin comes twice; what is stored equals what was decided."""
    ended = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    interview = make_interview(alice, starts_at=ended - timedelta(hours=1), now=ended)
    assert stored(interview) == ("fix_agreement", ended, "agreement-missing")
    assert list(verify_all(now=ended + timedelta(hours=1))) == []


@pytest.mark.parametrize("away", [timedelta(0), -timedelta(days=1), timedelta(days=400)])
def test_a_step_is_put_off_into_the_coming_year_alone(
    interview: Interview, away: timedelta
) -> None:
    with pytest.raises(ValidationError, match="within the next year"):
        interviews.snooze_interview(interview=interview, until=NOW + away, now=NOW)
