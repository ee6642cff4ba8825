"""The sentences of every rule while it waits, when it is due, and when it is late.
tests/data/why.txt and subjects.txt contain the texts, to be read as a reader would."""

import json
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation
from hypothesis import given

from interviews import text
from interviews.rules import Rule, State, Step, decide, parse_case
from interviews.working_days import calendar_for
from tests.interviews.rules.strategies import case_objects
from tests.interviews.text.wording_table import (
    BERLIN,
    DUE,
    NO_DAY,
    OVERDUE,
    OWN,
    PROMISE,
    STEPS,
    TEN,
    WAITING,
    WINDOW,
    at,
    said,
    step,
)

DATA = Path(__file__).parents[2] / "data"
BY_NAME = {name: what for name, what, _moments in STEPS}


def sentences() -> list[tuple[str, str, str, str]]:
    found, name = [], ""
    for line in (DATA / "why.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            name = line[2:]
        elif line:
            when, sentence = line.split(": ", 1)
            moment, who = when.rsplit(" ", 1)
            found.append((name, moment, who, sentence))
    return found


@pytest.mark.parametrize(("name", "moment", "who", "sentence"), sentences())
def test_why(name: str, moment: str, who: str, sentence: str) -> None:
    person = "Anna Petrova" if who == "named" else None
    assert said(BY_NAME[name], moment, person) == sentence


@pytest.mark.parametrize(
    ("moment", "possible", "sentence"),
    [
        ("2026-11-28 20:00", "2026-11-30 10:00", "Call on Monday from 10:00."),
        ("2026-11-24 08:00", "2026-11-24 10:00", "Call today from 10:00."),
    ],
)
def test_a_call_that_cannot_be_made_now(moment: str, possible: str, sentence: str) -> None:
    now, later = at(moment).astimezone(BERLIN), at(possible).astimezone(BERLIN)
    names: dict[str, Any] = {"person": "Anna Petrova", "company": None, "now": now}
    told = text.why(BY_NAME["promise"], **names, possible_from=later)
    assert told == f"Anna Petrova promised an answer by Friday 20 November. {sentence}"
    back = text.why(BY_NAME["missed call"], **names, possible_from=later)
    assert back.endswith(f". {sentence.replace('Call', 'Call back')}")


def test_every_step_of_the_table_is_pinned() -> None:
    pinned = {(name, moment) for name, moment, _who, _sentence in sentences()}
    assert pinned == {(name, moment) for name, _step, moments in STEPS for moment in moments}
    assert {what.rule for _name, what, _moments in STEPS} == set(Rule)


@given(case_objects())
def test_there_is_something_to_say_of_every_case(value: dict[str, Any]) -> None:
    case, now = parse_case(value, calendars=calendar_for)
    answer, local = decide(case, now), now.astimezone(case.candidate.zone)
    for company in (None, "100 % Acme"):
        names = {"person": answer.person, "company": company}
        sentences = [
            text.why(answer, now=local, **names),
            text.subject(answer, now=local, **names),
            text.action(answer, **names),
            text.state_label(answer, now=local),
        ]
        for sentence in sentences:
            assert sentence
            assert "%(" not in sentence
            assert "None" not in sentence
            assert "  " not in sentence
            assert " ;" not in sentence


def test_the_company_stands_in_for_an_unknown_person() -> None:
    own = BY_NAME["own call"]
    now = at(DUE).astimezone(BERLIN)
    assert text.why(own, person=None, company="Acme", now=now).startswith(
        "You agreed to call Acme on Friday 20 November."
    )


def test_sentences_are_spoken_in_the_readers_language() -> None:
    with translation.override("de"):
        assert "Freitag" in said(BY_NAME["promise"], DUE, None)


SUBJECTS = [
    line.split(" | ") for line in (DATA / "subjects.txt").read_text(encoding="utf-8").splitlines()
]


@pytest.mark.parametrize(("name", "subject"), SUBJECTS, ids=[name for name, _ in SUBJECTS])
def test_subject(name: str, subject: str) -> None:
    now = at(DUE).astimezone(BERLIN)
    assert text.subject(BY_NAME[name], person="Anna Petrova", company="Acme", now=now) == subject


@pytest.mark.parametrize(
    ("person", "company", "head"),
    [
        ("Anna Petrova", None, "Call Anna Petrova today"),
        (None, "Acme", "Call Acme today"),
        (None, None, "Call the employer today"),
    ],
)
def test_the_subject_names_who_is_known(person: str | None, company: str | None, head: str) -> None:
    now = at(DUE).astimezone(BERLIN)
    assert text.subject(BY_NAME["promise"], person=person, company=company, now=now) == head


def test_subjects_of_several_and_of_none() -> None:
    assert text.discreet_subject(1) == "Hearback: 1 thing to do today"
    assert text.discreet_subject(3) == "Hearback: 3 things to do today"
    assert text.subject_of_several("Call Acme", more=1) == "Call Acme, and 1 more"
    assert text.subject_of_several("Call Acme", more=2) == "Call Acme, and 2 more"


ACTIONS = [
    ("promise", "Call Anna Petrova", "Call"),
    ("missed call", "Call Anna Petrova back", "Call back"),
    ("may not call", "Write to Anna Petrova", "Write"),
    ("window open", "Rate position", "Rate position"),
    ("agreement missing", "Record agreement", "Record agreement"),
    ("interview ahead", "Prepare your questions", "Prepare your questions"),
    ("silence", "Count it as a no", "Count it as a no"),
    ("letter", "Close the wait", "Close the wait"),
    ("not interested", "Close the wait", "Close the wait"),
    ("kept on file", "Get in touch with Anna Petrova", "Get in touch again"),
    ("known: offer", "Nothing to do", "Nothing to do"),
]


@pytest.mark.parametrize(("name", "named", "unnamed"), ACTIONS, ids=[row[0] for row in ACTIONS])
def test_action(name: str, named: str, unnamed: str) -> None:
    assert text.action(BY_NAME[name], person="Anna Petrova") == named
    assert text.action(BY_NAME[name], person=None) == unnamed


@pytest.mark.parametrize(
    ("name", "moment", "label"),
    [
        ("promise", WAITING, "Until Monday"),
        ("promise", "2026-11-10 12:00", "Until Monday 23 November"),
        ("promise", "2026-11-23 09:00", "From 10:00 today"),
        ("promise", DUE, "Due today, since 10:00"),
        ("promise", OVERDUE, "5 days late"),
        ("promise", "2026-12-03 12:00", "13 days late"),
        ("kept on file", WAITING, "Until Monday 1 March 2027"),
        ("interview ahead", WAITING, "Tuesday at 14:00"),
        ("interview ahead", "2026-11-24 12:00", "Today at 14:00"),
        ("interview ahead", "2026-11-24 14:30", "Happening now"),
        ("known: offer", DUE, "Nothing to do"),
    ],
)
def test_state_label(name: str, moment: str, label: str) -> None:
    assert text.state_label(BY_NAME[name], now=at(moment).astimezone(BERLIN)) == label


def test_days_are_those_of_the_zone_of_now() -> None:
    """Ten on Monday in Berlin is Sunday evening in Honolulu."""
    now = at(WAITING).astimezone(ZoneInfo("Pacific/Honolulu"))
    assert text.state_label(BY_NAME["promise"], now=now) == "Until Sunday"


def test_every_value_has_a_name() -> None:
    assert all(text.step_label(each) for each in Step)
    assert all(text.rule_label(each) for each in Rule)
    assert set(text.STATES) == set(State)


def test_reasons_survive_storage() -> None:
    for said_of in (PROMISE, NO_DAY, OWN, WINDOW):
        what = step(Step.CALL, Rule.PROMISE_LAPSED, TEN, **said_of)
        stored = json.loads(json.dumps(what.reason.to_json()))
        assert type(what.reason).from_json(stored | {"of_a_later_version": 1}) == what.reason
