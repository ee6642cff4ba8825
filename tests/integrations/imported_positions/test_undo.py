"""Taking back an import leaves alone what was changed since."""

from datetime import datetime, timedelta

import pytest

from integrations.imported_positions import Undone, may_be_undone, undo_import
from interviews.models import (
    Candidate,
    Company,
    Interlocutor,
    Interview,
    PositionImport,
    Result,
    Vacancy,
)
from interviews.services.interviews import snooze_interview
from tests.integrations.imported_positions.conftest import Import
from tests.support.people import make_interview

pytestmark = pytest.mark.django_db

TALKED = "Brightfen,Carer,,2026-03-02,Interviewing,,2026-03-20 14:30,Lea Graf,lea@b.example,"


def test_everything_goes(bring: Import, now: datetime) -> None:
    saved = bring(f"Nordkai,Baker,,2026-03-02,Applied,,,,,\n{TALKED}")
    assert undo_import(position_import=saved, now=now) == Undone(taken_back=2, kept=0)
    for model in (Vacancy, Interview, Company, Interlocutor):
        assert not model.objects.exists()
    assert saved.state == PositionImport.State.UNDONE


@pytest.mark.parametrize(
    "change",
    [{"notes": "mine"}, {"desire": 4}, {"advert_text": "pasted"}, {"declared_state": "offer"}],
)
def test_what_was_changed_stays(bring: Import, now: datetime, change: dict[str, object]) -> None:
    saved = bring("Nordkai,Baker,,2026-03-02,Applied,,,,,\nPerlmutt,Cook,,2026-03-02,Applied,,,,,")
    Vacancy.objects.filter(title="Baker").update(**change)
    assert undo_import(position_import=saved, now=now) == Undone(taken_back=1, kept=1)
    assert [vacancy.title for vacancy in Vacancy.objects.all()] == ["Baker"]
    assert [company.name for company in Company.objects.all()] == ["Nordkai"]


def test_an_interview_with_something_new_stays(bring: Import, now: datetime) -> None:
    saved = bring(TALKED)
    interview = Interview.objects.get()
    interview.notes = "went well"
    interview.save()
    assert undo_import(position_import=saved, now=now).kept == 1


def test_an_offer_that_was_answered_since_stays(
    alice: Candidate, bring: Import, now: datetime
) -> None:
    starts_at = now - timedelta(days=9)
    make_interview(alice, starts_at=starts_at, now=now, company="Nordkai", title="Baker")
    saved = bring(f"Nordkai,Baker,,2026-03-02,Offer,,{starts_at:%Y-%m-%d},,,")
    Result.objects.update(offer_answer=Result.Answer.ACCEPTED)
    assert undo_import(position_import=saved, now=now) == Undone(taken_back=0, kept=1)
    assert Result.objects.get().kind == Result.Kind.OFFER


def test_what_was_filled_in_of_a_contact_is_emptied_again(
    alice: Candidate, bring: Import, now: datetime
) -> None:
    bring(TALKED.replace("lea@b.example", ""))
    saved = bring(TALKED)
    assert Interlocutor.objects.get().email == "lea@b.example"
    undo_import(position_import=saved, now=now)
    assert Interlocutor.objects.get().email == ""


def test_a_second_undo_does_nothing(bring: Import, now: datetime) -> None:
    saved = bring(TALKED)
    old = PositionImport.objects.get(pk=saved.pk)
    undo_import(position_import=saved, now=now)
    assert undo_import(position_import=old, now=now) == Undone(taken_back=0, kept=0)


def test_what_was_filled_in_is_emptied_again(
    alice: Candidate, bring: Import, now: datetime
) -> None:
    company = Company.objects.create(candidate=alice, name="Nordkai", normalised_name="nordkai")
    Vacancy.objects.create(candidate=alice, company=company, title="Baker", notes="typed")
    saved = bring("Nordkai,Baker,https://n.example/1,2026-03-02,Applied,,,,,")
    undo_import(position_import=saved, now=now)
    vacancy = Vacancy.objects.get()
    assert (vacancy.url, vacancy.applied_on, vacancy.state) == ("", None, "saved")
    assert vacancy.notes == "typed"


def test_a_snoozed_interview_stays(bring: Import, now: datetime) -> None:
    saved = bring(TALKED)
    until = now + timedelta(days=9)
    snooze_interview(interview=Interview.objects.get(), until=until, now=now)
    assert undo_import(position_import=saved, now=now + timedelta(hours=1)).kept == 1


@pytest.mark.parametrize(("days", "may"), [(0, True), (6, True), (7, False)])
def test_seven_days(bring: Import, now: datetime, days: int, may: bool) -> None:
    saved = bring(TALKED)
    assert may_be_undone(saved, now=now + timedelta(days=days)) is may
