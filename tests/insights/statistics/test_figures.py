"""The figures of a candidate's own rows, counted by hand."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from insights.statistics.compute import compute
from insights.statistics.figures import Figures, FollowUpCounts, PromiseCounts
from interviews.models import Candidate, Company, Competence, Interview, Vacancy
from interviews.services.competences import plan_competence
from tests.support.people import make_agreement, make_contact, make_interview, make_result

NOW = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)


def ended(alice: Candidate, days: int, **named: Any) -> Interview:
    """An hour that ended at noon, so many days ago."""
    starts = NOW - timedelta(days=days, hours=1)
    return make_interview(alice, starts_at=starts, now=NOW, **named)


def told(row: Interview, after: int, kind: str = "refusal", **said: Any) -> None:
    make_result(row, now=NOW, kind=kind, known_at=row.ends_at + timedelta(days=after), **said)


def asked(row: Interview, after: int, *, channel: str = "phone", outcome: str = "reached") -> None:
    at = row.ends_at + timedelta(days=after)
    make_contact(row, now=NOW, at=at, direction="out", channel=channel, outcome=outcome)


def promised(row: Interview, by: int, **said: Any) -> None:
    due_on = (row.ends_at + timedelta(days=by)).date()
    make_agreement(row, now=NOW, made_at=row.ends_at, due_on=due_on, due_time=None, **said)


def figures(alice: Candidate) -> Figures:
    return compute(Candidate.objects.get(pk=alice.pk), {}, now=NOW).figures


def test_nothing_yet(alice: Candidate) -> None:
    ended(alice, -3)  # ahead
    assert figures(alice).waits.ended == 0
    assert Figures.from_json(figures(alice).to_json()) == figures(alice)


def test_waits_and_days(alice: Candidate) -> None:
    for number, (after, kind) in enumerate([(2, "offer"), (4, "refusal"), (9, "refusal")]):
        told(ended(alice, 40, company=f"C{number}"), after, kind)
    told(ended(alice, 40, company="D"), 20, "no_response")
    ended(alice, 3, company="E")
    read = figures(alice)
    assert (read.waits.ended, read.waits.answered, read.waits.positive) == (5, 3, 1)
    assert (read.waits.open, read.waits.given_up) == (1, 1)
    assert read.days.median == 4
    assert (read.days.positive[2], read.days.negative[4], read.days.negative[9]) == (1, 1, 1)
    assert Figures.from_json(read.to_json()) == read


def test_what_followed(alice: Candidate) -> None:
    called = ended(alice, 40, company="A")
    asked(called, 5, outcome="no_answer")
    asked(called, 6, channel="email", outcome="sent")
    told(called, 8)
    written = ended(alice, 40, company="B")
    asked(written, 6, channel="email", outcome="sent")
    quiet = ended(alice, 40, company="C")
    told(quiet, 7)
    told(ended(alice, 40, company="D"), 3)  # before anything could be asked
    asked(ended(alice, 6, company="E"), 5)  # yesterday: too young to tell
    call, letter, nothing = figures(alice).followed
    assert call == FollowUpCounts("call", 1, 1, 1, 1, in_vain=1, median=3.0)
    assert letter == FollowUpCounts("letter", 1, 0, 0, 0)
    assert nothing == FollowUpCounts("nothing", 1, 1, 1, 1, median=2.0)


def test_silence_beside_asking(alice: Candidate) -> None:
    told(ended(alice, 40, company="A"), 15)
    asked_first = ended(alice, 40, company="B")
    asked(asked_first, 5)
    told(asked_first, 6)
    told(ended(alice, 40, company="C"), 3, "withdrawn")
    silence, steps = figures(alice).helped
    assert (silence.waits, silence.known_10, silence.of_10, silence.known_20) == (1, 0, 1, 1)
    assert (steps.waits, steps.known_10, steps.calls, steps.calls_in_vain) == (1, 1, 1, 0)


@pytest.mark.parametrize(
    ("word", "kept", "late", "broken", "days_late"),
    [(5, 1, 0, 0, None), (7, 1, 0, 0, None), (10, 0, 1, 0, 3.0), (None, 0, 0, 1, None)],
)
def test_a_promise(
    alice: Candidate,
    word: int | None,
    kept: int,
    late: int,
    broken: int,
    days_late: float | None,
) -> None:
    row = ended(alice, 40, company="Acme", people=(("Anna", "recruiter"), ("Ben", "peer")))
    promised(row, 7, channel="email")
    if word is not None:
        told(row, word)
    promises = figures(alice).promises
    assert promises.companies == {"acme": PromiseCounts("Acme", kept, late, broken, days_late)}
    counts = (kept, late, broken, days_late)
    assert promises.roles == [PromiseCounts("recruiter", *counts)]
    assert promises.stages == [PromiseCounts("first", *counts)]
    assert promises.channels == [PromiseCounts("email", *counts)]


def test_promises_that_say_nothing(alice: Candidate) -> None:
    promised(ended(alice, 3, company="A"), 7)  # its day is not over
    promised(ended(alice, 40, company="B"), 7, silence_is_refusal=True)
    promised(ended(alice, 40, company="C"), 7, initiator="candidate")
    withdrawn = ended(alice, 40, company="D")
    promised(withdrawn, 7)
    told(withdrawn, 3, "withdrawn")
    assert figures(alice).promises.all.made == 0


def test_an_agency_answers_for_the_employer(alice: Candidate) -> None:
    row = ended(alice, 40, company="Acme")
    agency = Company(candidate=alice, name="Hunters", kind="agency")
    agency.full_clean()
    agency.save()
    Vacancy.objects.filter(pk=row.vacancy_id).update(agency=agency)
    promised(row, 7)
    statistics = compute(alice, {}, now=NOW)
    assert list(statistics.figures.promises.companies) == ["hunters"]
    assert {spell.employer for spell in statistics.spells} == {"agency"}


def test_the_funnel(alice: Candidate) -> None:
    told(ended(alice, 40, company="A", stage="screening"), 2, "refusal")
    told(ended(alice, 40, company="B", stage="screening"), 2, "offer")
    ended(alice, 40, company="C", stage="final")
    screening, final = figures(alice).stages
    assert (screening.stage, screening.held, screening.went_on, screening.offers) == (
        "screening",
        2,
        1,
        1,
    )
    assert (screening.refused, final.stage, final.open) == (1, "final", 1)


def test_lacking_less_since_the_candidate_works_on_it(alice: Candidate) -> None:
    for number, (days, lacking) in enumerate([(80, ["SQL"]), (70, ["sql "]), (30, []), (20, [])]):
        told(ended(alice, days, company=f"C{number}"), 1, competences=lacking)
    sql = Competence.objects.get()
    sql.plan, sql.working_since_on = "A course", date(2026, 10, 1)
    plan_competence(competence=sql, now=NOW)
    (found,) = figures(alice).lacking
    assert (found.name, found.times) == ("SQL", 2)
    assert (found.before, found.before_lacking) == (2, 2)
    assert (found.since, found.since_lacking) == (2, 0)


def test_months_without_a_gap(alice: Candidate) -> None:
    told(ended(alice, 90, company="A"), 3)  # 28 August, known on the 31st
    told(ended(alice, 10, company="B"), 2, "offer")
    read = [(each.month, each.interviews, each.answers) for each in figures(alice).months]
    assert read == [("2026-08", 1, 1), ("2026-09", 0, 0), ("2026-10", 0, 0), ("2026-11", 1, 1)]


def test_days_are_of_the_candidates_calendar(alice: Candidate) -> None:
    """Ended at 23:30 in Berlin and known half an hour after midnight: the next day."""
    row = make_interview(
        alice, starts_at=datetime(2026, 11, 2, 21, 30, tzinfo=UTC), now=NOW, company="A"
    )
    make_result(row, now=NOW, kind="refusal", known_at=row.ends_at + timedelta(hours=1))
    assert figures(alice).days.negative[1] == 1


def test_as_many_queries_for_many(alice: Candidate) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            figures(alice)
        return len(captured)

    told(ended(alice, 40, company="A"), 3, competences=["SQL"])
    few = queries()
    for number in range(6):
        row = ended(alice, 40, company=f"B{number}", people=(("Anna", "recruiter"),))
        promised(row, 3)
        asked(row, 5)
        told(row, 6, competences=[f"S{number}"])
    assert queries() == few
