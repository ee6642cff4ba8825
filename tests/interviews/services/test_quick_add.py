"""A form sent twice records its content once, whatever was recorded in between."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from interviews.models import Candidate, Company, Interlocutor, Interview, Result, Vacancy
from interviews.services import interviews
from interviews.services.interviews import Attendee
from tests.support.people import make_interview, make_result

NOW = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)
FORM, LATER_FORM = UUID(int=1), UUID(int=2)


def submit(candidate: Candidate, form: UUID, company: str = "Acme") -> Interview:
    """What quick-add posts: everything in it is new."""
    employer = Company(candidate=candidate, name=company)
    vacancy = Vacancy(candidate=candidate, company=employer, title="Product analyst")
    person = Interlocutor(candidate=candidate, name="Anna Petrova", company=employer)
    interview = Interview(
        candidate=candidate,
        vacancy=vacancy,
        starts_at=NOW + timedelta(days=2),
        submission_id=form,
    )
    people = [Attendee(person, "recruiter")]
    return interviews.create_interview(interview=interview, people=people, now=NOW)


def test_twice_with_a_new_company_is_one_interview(alice: Candidate) -> None:
    first = submit(alice, FORM)
    assert submit(alice, FORM) == first
    for noun in (Company, Vacancy, Interlocutor, Interview):
        assert noun._default_manager.count() == 1, noun


def test_another_form_is_another_interview(alice: Candidate) -> None:
    assert submit(alice, FORM) != submit(alice, LATER_FORM, company="Bolt")


def test_the_same_form_of_another_candidate_is_theirs(alice: Candidate, charlie: Candidate) -> None:
    assert submit(alice, FORM) != submit(charlie, FORM)


def test_an_old_result_form_resent_after_a_newer_changes_nothing(alice: Candidate) -> None:
    interview = make_interview(alice, starts_at=NOW - timedelta(days=6), now=NOW)
    make_result(interview, now=NOW, kind="no_response", submission_id=FORM)
    make_result(interview, now=NOW, kind="refusal")
    offer = make_result(interview, now=NOW, kind="offer", submission_id=LATER_FORM)
    for form in (FORM, LATER_FORM):
        resent = make_result(interview, now=NOW, kind="no_response", submission_id=form)
        assert resent == offer
    assert Result.objects.get().kind == "offer"
