"""Positions before, without and after interviews: added, changed, closed, reopened, deleted."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from django.core.exceptions import ValidationError

from interviews.models import Candidate, Company, Interview, Tag, Vacancy
from interviews.services import interviews, vacancies
from interviews.services.tags import TAGS_MAX
from interviews.services.withdrawals import withdraw_from
from tests.support.people import make_interview, make_position, make_result

NOW = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)
APPLIED = date(2026, 11, 11)


def test_one_that_was_applied_for(alice: Candidate) -> None:
    made = make_position(alice, now=NOW, applied_on=APPLIED, tags=("Remote", "remote ", "Berlin"))
    assert (made.state, made.declared_state) == ("applied", "applied")
    assert [tag.name for tag in made.tags.all()] == ["Berlin", "Remote"]


def test_a_form_sent_twice_saves_once(alice: Candidate) -> None:
    key = UUID("01a20000-0000-7000-8000-000000000001")
    first = make_position(alice, now=NOW, pk=key)
    again = make_position(alice, now=NOW, pk=key, company="Bolt")
    assert first.pk == again.pk == key
    assert Vacancy.objects.get().company.name == "Acme"


def test_a_strangers_key_is_neither_taken_nor_told(alice: Candidate, charlie: Candidate) -> None:
    hers = make_position(alice, now=NOW)
    his = make_position(charlie, now=NOW, pk=hers.pk, title="Baker")
    assert his.pk != hers.pk
    assert Vacancy.objects.get(pk=hers.pk).title == "Product analyst"


@pytest.mark.parametrize(
    ("field", "day", "sentence"),
    [
        ("applied_on", date(2026, 11, 24), "Choose today or an earlier date."),
        ("applied_on", date(1900, 1, 1), "Check the year. It looks too early or too late."),
        ("follow_up_on", date(9999, 1, 1), "Check the year. It looks too early or too late."),
    ],
)
def test_days_that_cannot_be(alice: Candidate, field: str, day: date, sentence: str) -> None:
    with pytest.raises(ValidationError) as refused:
        make_position(alice, now=NOW, **{field: day})
    assert refused.value.message_dict == {field: [sentence]}
    assert not Company.objects.exists()


def test_tags_of_nobody_go(alice: Candidate) -> None:
    made = make_position(alice, now=NOW, tags=("remote", "old"))
    vacancies.change_vacancy(vacancy=made, tags=["remote"], now=NOW)
    assert [tag.name for tag in Tag.objects.all()] == ["remote"]
    vacancies.change_vacancy(vacancy=made, now=NOW)
    assert made.tags.count() == 1
    vacancies.delete_vacancy(vacancy=made)
    assert not Tag.objects.exists()


def test_too_many_tags(alice: Candidate) -> None:
    with pytest.raises(ValidationError, match=r"Use at most 20 tags\."):
        make_position(alice, now=NOW, tags=tuple(map(str, range(TAGS_MAX + 1))))


def close(position: Vacancy, reason: str = "refused", day: date = APPLIED) -> Vacancy:
    return vacancies.close_position(vacancy=position, reason=reason, closed_on=day, now=NOW)


def test_closed_and_reopened(alice: Candidate) -> None:
    position = make_position(alice, now=NOW, applied_on=APPLIED)
    closed = close(position)
    assert (closed.state, closed.closing_reason, closed.closed_on) == ("closed", "refused", APPLIED)
    assert vacancies.reopen_position(vacancy=closed).state == "applied"
    assert Vacancy.objects.get().closed_on is None


def test_an_open_wait_is_closed_by_its_answer(alice: Candidate) -> None:
    talk = make_interview(alice, starts_at=NOW - timedelta(days=6), now=NOW)
    with pytest.raises(ValidationError, match=r"Record their answer\."):
        close(talk.vacancy)
    make_result(talk, now=NOW, kind="offer", offer_answer="open")
    with pytest.raises(ValidationError):
        close(talk.vacancy)
    assert Vacancy.objects.get().closing_reason == ""


@pytest.mark.parametrize(("reason", "day"), [("", APPLIED), ("bored", APPLIED)])
def test_a_reason_is_needed(alice: Candidate, reason: str, day: date) -> None:
    with pytest.raises(ValidationError):
        close(make_position(alice, now=NOW), reason, day)
    assert Vacancy.objects.get().state == "saved"


def test_another_interview_reopens_it(alice: Candidate) -> None:
    position = close(make_position(alice, now=NOW))
    talk = Interview(candidate=alice, vacancy=position, starts_at=NOW + timedelta(days=2))
    interviews.create_interview(interview=talk, now=NOW)
    assert Vacancy.objects.get().state == "in_talks"
    interviews.cancel_interview(interview=talk, now=NOW)
    close(position)
    interviews.reinstate_interview(interview=talk, now=NOW)
    assert Vacancy.objects.get().state == "in_talks"


def test_withdrawn_before_any_interview_took_place(alice: Candidate) -> None:
    talk = make_interview(alice, starts_at=NOW + timedelta(days=2), now=NOW)
    withdraw_from(candidate=alice, vacancies=[talk.vacancy], now=NOW)
    position = Vacancy.objects.get()
    assert (position.state, position.closing_reason) == ("closed", "withdrawn")


def test_one_with_interviews_is_not_deleted(alice: Candidate) -> None:
    talk = make_interview(alice, starts_at=NOW - timedelta(days=6), now=NOW)
    with pytest.raises(ValidationError, match="This position has interviews"):
        vacancies.delete_vacancy(vacancy=talk.vacancy)
    assert Interview.objects.count() == 1
