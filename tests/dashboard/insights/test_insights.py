"""Insights, as the candidate reads them."""

import csv
from datetime import date, datetime, time, timedelta
from io import StringIO

import pytest
from django.test import Client
from django.utils import timezone

from dashboard.insights.views import bins_of, lead_of, number
from insights.statistics.figures import DAYS_SHOWN, DayCounts, Figures, WaitCounts
from insights.statistics.refresh import compute_due
from interviews.models import Candidate, CompanyIndex, Competence, Interview, WaitAssumptions
from tests.support.people import (
    make_agreement,
    make_candidate,
    make_interview,
    make_result,
    make_user,
)


def ended(candidate: Candidate, days: int, **named: object) -> Interview:
    """An hour that ended at noon of the candidate's day, so many days ago, whatever time it is."""
    now = timezone.now()
    day = now.astimezone(candidate.zone).date() - timedelta(days=days)
    starts_at = datetime.combine(day, time(11), candidate.zone)
    return make_interview(candidate, starts_at=starts_at, now=now, **named)


def told(row: Interview, after: int, kind: str = "refusal", **said: object) -> None:
    known_at = row.ends_at + timedelta(days=after)
    make_result(row, now=timezone.now(), kind=kind, known_at=known_at, **said)


def promised(row: Interview, by: int | None, **said: object) -> None:
    due_on = None if by is None else (row.ends_at + timedelta(days=by)).date()
    said = {"due_time": None, **said}
    make_agreement(row, now=timezone.now(), made_at=row.ends_at, due_on=due_on, **said)


def text_of(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


# --- the lead --------------------------------------------------------------------------------


def test_what_can_be_said_with_so_many() -> None:
    def lead(ended: int, answered: int, median: float | None = None) -> str:
        return lead_of(Figures(waits=WaitCounts(ended, answered), days=DayCounts(median=median)))

    assert lead(0, 0) == "Your insights will appear here after your first interview."
    assert lead(1, 0).startswith("You’ve had 1 interview and no answer yet.")
    assert lead(3, 1, 4) == (
        "You’ve heard back from 1 of 3 interviews. That’s too few to tell much about the next one."
    )
    assert lead(5, 2, 4).endswith("That’s too few to tell much about the next one.")
    assert lead(5, 3, 4.5) == (
        "You’ve heard back from 3 of 5 interviews. Half the answers came within 4½ days."
    )


@pytest.mark.parametrize(("value", "said"), [(3, "3"), (3.5, "3½"), (0.5, "0½"), (10.0, "10")])
def test_numbers_in_the_middle(value: float, said: str) -> None:
    assert number(value) == said


# --- the page --------------------------------------------------------------------------------


def test_before_anything_was_counted(as_alice: Client, alice: Candidate) -> None:
    assert "Your insights will appear here after your first interview." in text_of(
        as_alice, "/learned/"
    )


def test_a_result_counts_at_once(as_alice: Client, alice: Candidate) -> None:
    row = ended(alice, 4, company="Acme")
    compute_due(now=timezone.now())
    assert "no answer yet" in text_of(as_alice, "/learned/")
    told(row, 2, competences=["SQL"])
    shown = text_of(as_alice, "/learned/")
    assert "no answer yet" not in shown
    assert "You’ve heard back from your one interview so far." in shown
    assert "SQL" in shown
    assert "Forecasts are updated within a minute." in shown
    assert "SQL" in as_alice.get("/learned/competences.csv").content.decode()


def test_what_it_tells(as_alice: Client, alice: Candidate) -> None:
    for number_, days in enumerate((80, 70, 60)):
        row = ended(alice, days, company="Acme")
        promised(row, 7)
        told(row, 5 + 3 * number_, competences=["SQL"])
    ended(alice, 4, company="Bolt", title="Planner")
    compute_due(now=timezone.now())
    shown = text_of(as_alice, "/learned/")
    assert "You’ve heard back from 3 of 4 interviews. Half the answers came within 8 days." in shown
    assert "Planner, Bolt" in shown
    assert "After 4 days of waiting, the chance of an answer is" in shown
    assert "They kept 1 of 3 promised dates." in shown
    assert "What was missing most often is SQL: in 3 results." in shown
    assert "Missing 3 times." in shown
    assert "Charts and tables appear after five answers." in shown
    assert "<table" not in shown
    assert ".csv" not in shown


def test_charts_and_tables_from_five_answers_on(as_alice: Client, alice: Candidate) -> None:
    for number_, days in enumerate((80, 70, 60, 50, 40)):
        row = ended(alice, days, company="Acme")
        promised(row, 2)
        told(row, 5 + 3 * number_)
    compute_due(now=timezone.now())
    shown = text_of(as_alice, "/learned/")
    assert "They kept 0 of 5 promised dates. Acme kept none of 5." in shown
    assert "5 promised dates have passed: 0 kept, 5 late, 0 broken." in shown
    assert "/learned/days.csv" in shown
    assert [label for label, _good, _other in bins_of(day_counts({5: 1, 17: 2}))] == [
        *("0–1", "2–3", "4–5", "6–7", "8–9", "10–11", "12–13", "14–15", "16–17"),
    ]


def test_columns_of_days_are_equally_wide() -> None:
    assert bins_of(DayCounts()) == []
    assert bins_of(day_counts({1: 2})) == [("0", 0, 0), ("1", 0, 2)]
    rows = bins_of(day_counts({0: 1, 60: 3}))
    assert [label for label, _good, _other in rows][-2:] == ["49–55", "56+"]
    assert rows[-1][2] == 3


def day_counts(others: dict[int, int]) -> DayCounts:
    counted = [others.get(day, 0) for day in range(DAYS_SHOWN + 1)]
    return DayCounts([0] * len(counted), counted)


def test_what_was_noted_since(as_alice: Client, alice: Candidate) -> None:
    told(ended(alice, 40), 3)
    compute_due(now=timezone.now())
    assert "updated within a minute" not in text_of(as_alice, "/learned/")
    ended(alice, 4, company="B")
    assert "Forecasts are updated within a minute." in text_of(as_alice, "/learned/")


def test_nobody_sees_anothers(as_alice: Client, alice: Candidate) -> None:
    charlie = make_candidate(make_user("Charlie"))
    told(ended(charlie, 40, company="Secret"), 3, competences=["Tact"])
    compute_due(now=timezone.now())
    shown = text_of(as_alice, "/learned/")
    assert "Secret" not in shown
    competence = Competence.objects.get()
    assert as_alice.get(f"/competences/{competence.pk}/").status_code == 404


# --- its files -------------------------------------------------------------------------------


def rows_of(client: Client, name: str) -> list[dict[str, str]]:
    response = client.get(f"/learned/{name}.csv")
    assert response.status_code == 200
    assert response["Content-Type"].startswith("text/csv")
    return list(csv.DictReader(StringIO(response.content.decode("utf-8-sig"))))


def test_files(as_alice: Client, alice: Candidate) -> None:
    for count in range(12):
        row = ended(alice, 40 + count, company=f"={count}")
        promised(row, 7)
        told(row, 5, competences=["SQL"])
    compute_due(now=timezone.now())
    assert sum(int(row["Other answers"]) for row in rows_of(as_alice, "days")) == 12
    promises = rows_of(as_alice, "promises")
    companies = [row for row in promises if row["Grouped by"] == "Company"]
    assert len(companies) == 12  # the page shows ten
    assert all(row["Group"].startswith("'=") for row in companies)
    assert rows_of(as_alice, "competences")[0]["Times missing"] == "12"
    for name in ("followed", "helped", "stages", "months"):
        assert rows_of(as_alice, name)
    assert as_alice.get("/learned/nothing.csv").status_code == 404


# --- one wait --------------------------------------------------------------------------------


def test_an_open_wait(as_alice: Client, alice: Candidate) -> None:
    row = ended(alice, 6)
    promised(row, 9)
    compute_due(now=timezone.now())
    shown = text_of(as_alice, f"/interviews/{row.pk}/")
    assert "Chance of an answer" in shown
    assert "After 6 days of waiting, the chance of an answer is" in shown
    assert "By the promised date, " in shown
    assert "published figures only" in shown
    assert "Show as table" in shown


def test_where_silence_means_no(as_alice: Client, alice: Candidate) -> None:
    row = ended(alice, 6)
    promised(row, 9, silence_is_refusal=True)
    compute_due(now=timezone.now())
    shown = text_of(as_alice, f"/interviews/{row.pk}/")
    assert "You agreed that no answer by" in shown
    assert "After 6 days of waiting" not in shown


def test_where_silence_means_no_and_no_day_was_named(as_alice: Client, alice: Candidate) -> None:
    row = ended(alice, 1)
    promised(row, None, silence_is_refusal=True)
    compute_due(now=timezone.now())
    shown = text_of(as_alice, f"/interviews/{row.pk}/")
    assert "You agreed that no answer counts as a no." in shown
    assert ", the chance of an answer is" in shown
    assert "day of waiting" not in shown


@pytest.mark.parametrize(("days", "is_told"), [(365, True), (366, False), (1100, False)])
@pytest.mark.parametrize("promised_in", [None, 9, 360])
def test_a_silence_as_long_as_the_model_reaches_and_longer(
    as_alice: Client, alice: Candidate, days: int, promised_in: int | None, is_told: bool
) -> None:
    row = ended(alice, days)
    if promised_in is not None:
        promised(row, promised_in)
    compute_due(now=timezone.now())
    assert ("Chance of an answer" in text_of(as_alice, f"/interviews/{row.pk}/")) == is_told
    assert ("Chance of an answer" in text_of(as_alice, "/learned/")) == is_told


@pytest.mark.parametrize("state", ["answered", "ahead", "not counted"])
def test_where_nothing_is_said(as_alice: Client, alice: Candidate, state: str) -> None:
    row = ended(alice, -3 if state == "ahead" else 6)
    if state == "answered":
        told(row, 2)
    if state != "not counted":
        compute_due(now=timezone.now())
    assert "Chance of an answer" not in text_of(as_alice, f"/interviews/{row.pk}/")


def test_what_the_law_says_where_the_candidate_is(as_alice: Client, alice: Candidate) -> None:
    row = ended(alice, 6)
    path = f"/interviews/{row.pk}/"
    assert "within 45 days" not in text_of(as_alice, path)
    Candidate.objects.update(country="CA", subdivision="ON")
    if date.today() <= date(2027, 11, 25):  # noqa: DTZ011 - then it falls silent by itself
        assert "within 45 days" in text_of(as_alice, path)


# --- beside a new agreement ------------------------------------------------------------------


def test_a_companys_word(as_alice: Client, alice: Candidate) -> None:
    for after in (5, 12, 9):
        row = ended(alice, 60 + after, company="Acme")
        promised(row, 7)
        told(row, after)
    new = ended(alice, 1, company="Acme")
    compute_due(now=timezone.now())
    path = f"/interviews/{new.pk}/agreement/"
    assert "Acme has kept 1 of 3 promises on time. 2 came late." in text_of(as_alice, path)
    CompanyIndex.objects.create(
        normalised_name="acme",
        waits=15,
        answered_percent=60,
        promises=10,
        kept_percent=40,
        reckoned_at=timezone.now(),
    )
    shown = text_of(as_alice, path)
    assert "People on Hearback have waited for this company about 15 times." in shown
    assert "It kept about 40% of roughly 10 promises on time." in shown


# --- assumptions, sharing, competences -------------------------------------------------------

RIGHT = {
    "told_percent": "60",
    "kept_percent": "30",
    "positive_percent": "20",
    "median_days": "9",
    "published_worth": "5",
}


def test_assumptions(as_alice: Client, alice: Candidate) -> None:
    path = "/learned/assumptions/"
    assert "Restore defaults" not in text_of(as_alice, path)
    assert as_alice.post(path, RIGHT).status_code == 302
    own = WaitAssumptions.objects.get()
    assert (own.told_percent, own.median_days, own.counts_others) == (60, 9, False)
    assert "Restore defaults" in text_of(as_alice, path)
    as_alice.post(path, {**RIGHT, "told_percent": "80"})
    assert WaitAssumptions.objects.get().told_percent == 80
    as_alice.post("/learned/assumptions/published/")
    assert not WaitAssumptions.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"told_percent": "100"}, "Enter a whole number from 1 to 99."),
        ({"median_days": "soon"}, "Enter a whole number from 1 to 90."),
        ({"kept_percent": "61"}, "higher than interviews answered"),
    ],
)
def test_assumptions_that_make_no_sense(
    as_alice: Client, alice: Candidate, wrong: dict[str, str], said: str
) -> None:
    response = as_alice.post("/learned/assumptions/", {**RIGHT, **wrong})
    assert response.status_code == 422
    assert said in response.content.decode()
    assert f'value="{next(iter(wrong.values()))}"' in response.content.decode()


def test_sharing(as_alice: Client, alice: Candidate) -> None:
    for shares, is_shared in (("yes", True), ("yes", True), ("no", False)):
        assert as_alice.post("/learned/sharing/", {"shares": shares}).status_code == 302
        alice.refresh_from_db()
        assert (alice.shares_waits_at is not None) == is_shared
    assert "Too few people share yet" in text_of(as_alice, "/learned/sharing/")


def test_working_on_a_competence(as_alice: Client, alice: Candidate) -> None:
    told(ended(alice, 40), 3, competences=["SQL"])
    sql = Competence.objects.get()
    plan = {"plan": "A course", "working_since_on": "2026-10-01"}
    assert as_alice.post(f"/competences/{sql.pk}/", plan).status_code == 302
    sql.refresh_from_db()
    assert (sql.plan, sql.working_since_on) == ("A course", date(2026, 10, 1))
    compute_due(now=timezone.now())
    assert "Since you started working on it (Thursday 1 October" in text_of(as_alice, "/learned/")
