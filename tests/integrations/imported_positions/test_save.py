"""What an import brings into an account, and what it leaves alone."""

import json
from datetime import date, datetime, timedelta

import pytest
from django.test import Client

from integrations.imported_positions import (
    known_rows,
    long_silent,
    reminders_at_once,
    save_positions,
)
from interviews.models import (
    Candidate,
    Company,
    Interlocutor,
    Interview,
    PositionImport,
    Reminder,
    Result,
    Vacancy,
)
from reminders.sweep import sweep
from tests.integrations.imported_positions.conftest import Import, rows_of
from tests.support.people import make_interview

pytestmark = pytest.mark.django_db

NORDKAI = "Nordkai,Baker,https://n.example/1,2026-03-02,Applied,,,,,by hand"
TALKED = "Brightfen,Carer,,2026-03-02,Rejected,2026-04-01,2026-03-20 14:30,Lea Graf,lea@b.example,"


def test_a_position_is_saved_with_what_the_row_says(alice: Candidate, bring: Import) -> None:
    saved = bring(NORDKAI)
    vacancy = Vacancy.objects.get(candidate=alice)
    assert (vacancy.company.name, vacancy.title) == ("Nordkai", "Baker")
    assert (vacancy.url, vacancy.notes) == ("https://n.example/1", "by hand")
    assert (vacancy.applied_on, vacancy.state) == (date(2026, 3, 2), "applied")
    assert saved.rows_done == 1
    assert saved.counts == {"positions": 1}


def test_an_interview_comes_with_its_person_and_its_result(alice: Candidate, bring: Import) -> None:
    bring(TALKED)
    interview = Interview.objects.get(candidate=alice)
    assert interview.starts_at.astimezone(alice.zone).isoformat() == "2026-03-20T14:30:00+01:00"
    assert [person.name for person in interview.interlocutors.all()] == ["Lea Graf"]
    assert interview.result.kind == Result.Kind.REFUSAL
    assert interview.result.known_at.astimezone(alice.zone).date() == date(2026, 4, 1)
    assert interview.result.is_day_known
    assert interview.vacancy.state == Vacancy.State.CLOSED
    assert interview.step == "done"


def test_a_result_without_a_day_is_told_without_one(
    alice: Candidate, bring: Import, client: Client
) -> None:
    bring(TALKED.replace("2026-04-01", ""))
    interview = Interview.objects.get(candidate=alice)
    assert not interview.result.is_day_known
    client.force_login(alice.user)
    page = client.get(f"/interviews/{interview.pk}/").content.decode()
    assert "They said no." in page
    assert "the day isn’t known" in page


def test_the_file_says_no_time_of_day(alice: Candidate, bring: Import) -> None:
    bring("Brightfen,Carer,,2026-03-02,Interviewing,,2026-03-20,,,")
    interview = Interview.objects.get()
    assert interview.starts_at.astimezone(alice.zone).hour == 12
    assert "no time of day" in interview.notes


def test_the_same_file_adds_nothing(alice: Candidate, bring: Import, now: datetime) -> None:
    text = f"{NORDKAI}\n{TALKED}\nPerlmutt,Cook,,2026-05-02,Interviewing,,2026-05-20,,,"
    bring(text)
    tables = (Vacancy, Interview, Company, Interlocutor, Result)
    before = [model.objects.count() for model in tables]
    again = bring(text, at=now + timedelta(days=1))
    assert [model.objects.count() for model in tables] == before
    assert again.counts == {"joined": 3}
    assert again.changes == []
    assert known_rows(candidate=alice, rows=rows_of(text, now)) == [True, True, True]


def test_a_newer_file_updates_what_nobody_changed(bring: Import, now: datetime) -> None:
    bring("Nordkai,Baker,,2026-03-02,Applied,,,,,\nPerlmutt,Cook,,2026-03-02,Applied,,,,,mine")
    Vacancy.objects.filter(title="Cook").update(notes="typed by alice", declared_state="offer")
    later = now + timedelta(days=3)
    bring(
        "Nordkai,Baker,,2026-03-02,Rejected,2026-11-20,,,,\n"
        "Perlmutt,Cook,,2026-03-02,Interviewing,,,,,theirs",
        at=later,
    )
    baker, cook = Vacancy.objects.get(title="Baker"), Vacancy.objects.get(title="Cook")
    assert (baker.state, baker.closing_reason) == ("closed", "refused")
    assert baker.closed_on == date(2026, 11, 20)
    assert (cook.notes, cook.declared_state) == ("typed by alice", "offer")


def test_only_what_is_empty_is_filled(alice: Candidate, bring: Import, now: datetime) -> None:
    company = Company.objects.create(candidate=alice, name="Nordkai", normalised_name="nordkai")
    Vacancy.objects.create(candidate=alice, company=company, title="baker", notes="typed")
    bring(NORDKAI)
    vacancy = Vacancy.objects.get()
    assert (vacancy.title, vacancy.notes) == ("baker", "typed")
    assert (vacancy.url, vacancy.applied_on) == ("https://n.example/1", date(2026, 3, 2))


def waiting_at_nordkai(alice: Candidate, now: datetime) -> Interview:
    """An interview of last week, recorded here, about which nothing is known yet."""
    return make_interview(
        alice, starts_at=now - timedelta(days=7), now=now, company="Nordkai", title="Baker"
    )


def test_a_rejection_answers_the_interview_that_waits_here(
    alice: Candidate, bring: Import, now: datetime
) -> None:
    interview = waiting_at_nordkai(alice, now)
    bring(f"Nordkai,Baker,,2026-03-02,Rejected,{now.date()},,,,")
    interview.refresh_from_db()
    assert interview.result.kind == Result.Kind.REFUSAL
    assert interview.vacancy.state == Vacancy.State.CLOSED


def test_a_position_is_not_closed_while_an_interview_lies_ahead(
    alice: Candidate, bring: Import, now: datetime
) -> None:
    ahead = now + timedelta(days=2)
    make_interview(alice, starts_at=ahead, now=now, company="Nordkai", title="Baker")
    bring(NORDKAI.replace("Applied", "Rejected"))
    vacancy = Vacancy.objects.get()
    assert (vacancy.closing_reason, vacancy.state) == ("", Vacancy.State.IN_TALKS)


def test_a_run_that_somebody_else_has_overtaken_saves_nothing(
    alice: Candidate, now: datetime
) -> None:
    rows = rows_of(f"{NORDKAI}\n{TALKED}", now)
    saved = PositionImport.objects.create(candidate=alice, file_name="f", rows_total=2)
    old = PositionImport.objects.get(pk=saved.pk)
    save_positions(position_import=saved, rows=rows, now=now)
    save_positions(position_import=old, rows=rows, now=now)
    saved.refresh_from_db()
    assert (saved.rows_done, len(saved.changes)) == (2, 2)


def test_no_text_of_the_file_is_remembered(alice: Candidate, bring: Import) -> None:
    saved = bring(NORDKAI)
    assert "by hand" not in json.dumps(saved.changes)


def test_a_known_contact_gets_an_address_only_if_it_is_one(alice: Candidate, bring: Import) -> None:
    bring("Brightfen,Carer,,2026-03-02,Interviewing,,2026-03-20,Lea Graf,,")
    bring(
        "Brightfen,Carer,,2026-03-02,Interviewing,,2026-03-20,Lea Graf,lea@"
        + "b" * 300
        + ".example,"
    )
    assert Interlocutor.objects.get().email == ""


def test_stages_continue_each_other(alice: Candidate, now: datetime) -> None:
    rows = rows_of(TALKED, now)
    first = rows_of(TALKED.replace("2026-03-20 14:30", "2026-03-10 10:00"), now)
    saved = PositionImport.objects.create(candidate=alice, file_name="f", rows_total=2)
    save_positions(position_import=saved, rows=[*first, *rows], now=now)
    early, late = Interview.objects.order_by("starts_at")
    assert late.continues == early
    assert early.result.kind == Result.Kind.REFUSAL


def test_an_interrupted_import_goes_on(alice: Candidate, now: datetime) -> None:
    rows = rows_of(f"{NORDKAI}\n{TALKED}", now)
    saved = PositionImport.objects.create(candidate=alice, file_name="f", rows_total=2)
    save_positions(position_import=saved, rows=rows[:1], now=now)
    assert (saved.rows_done, Vacancy.objects.count()) == (1, 1)
    save_positions(position_import=saved, rows=rows, now=now)
    assert (saved.rows_done, Vacancy.objects.count()) == (2, 2)


def test_nothing_reminds_of_the_past(alice: Candidate, bring: Import, now: datetime) -> None:
    text = "\n".join(
        f"Company {n},Carer,,2026-0{n}-01,Interviewing,,2026-0{n}-15 10:00,,," for n in range(1, 9)
    )
    recent = "Lumen,Carer,,2026-11-01,Interviewing,,2026-11-17 10:00,,,"
    saved = bring(f"{text}\n{recent}\n{TALKED}")
    rows = rows_of(f"{text}\n{recent}\n{TALKED}", now)
    assert reminders_at_once(candidate=alice, rows=rows, now=now) == 0
    sweep(now=now + timedelta(hours=6))
    assert Reminder.objects.count() == 0
    silent = long_silent(position_import=saved, now=now)
    assert [row.vacancy.company.name for row in silent] == [f"Company {n}" for n in range(1, 9)]
    # What is not silent for long falls due from the next day on; the others stay quiet.
    sweep(now=now + timedelta(days=2))
    assert {row.interview.vacancy.company.name for row in Reminder.objects.all()} == {"Lumen"}


def test_a_stranger_gets_nothing(charlie: Candidate, bring: Import) -> None:
    bring(NORDKAI)
    assert not Vacancy.objects.filter(candidate=charlie).exists()
