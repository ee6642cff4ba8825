"""A step of every rule, as it may be stored, for the tests of what is said of it."""

from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from interviews import text
from interviews.rules import (
    Channel,
    Initiator,
    MayCall,
    NextStep,
    Reason,
    ResultKind,
    Rule,
    Since,
    Step,
)

BERLIN = ZoneInfo("Europe/Berlin")


def at(text: str) -> datetime:
    """A moment in Berlin, in UTC, as the database gives it."""
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN).astimezone(UTC)


def step(what: Step, rule: Rule, due: str | None, **said: Any) -> NextStep[Any]:
    reason = Reason.from_json(Reason(**said).to_json())
    return NextStep(what, rule, due and at(due), None, None, reason)  # type: ignore[arg-type]


def said(what: NextStep[Any], now: str, person: str | None) -> str:
    local = at(now).astimezone(BERLIN)
    return text.why(what, person=person, company=None, now=local)


FRIDAY, MONDAY, TUESDAY = date(2026, 11, 20), date(2026, 11, 23), date(2026, 11, 24)
INTERVIEW_DAY = date(2026, 11, 16)
PROMISE: dict[str, Any] = {
    "is_on_promise": True,
    "is_by_person": True,
    "made_on": INTERVIEW_DAY,
    "promised_on": FRIDAY,
    "initiator": Initiator.EMPLOYER,
    "may_call": MayCall.YES,
}
NO_DAY = PROMISE | {"promised_on": None, "may_call": MayCall.NOT_ASKED}
OWN = PROMISE | {"initiator": Initiator.CANDIDATE, "channel": Channel.PHONE}
WINDOW: dict[str, Any] = {"since": Since.INTERVIEW, "since_on": INTERVIEW_DAY}
ANSWER: dict[str, Any] = {"since": Since.ANSWER, "since_on": FRIDAY, "is_by_person": True}
KEPT: dict[str, Any] = {"since": Since.OWN_CONTACT, "since_on": FRIDAY}
REFUSAL: dict[str, Any] = {"result": ResultKind.REFUSAL, "result_on": FRIDAY}

WAITING, DUE, OVERDUE = "2026-11-19 12:00", "2026-11-23 12:00", "2026-11-25 12:00"
EVERY = (WAITING, DUE, OVERDUE)
TEN = "2026-11-23 10:00"

# a name, the step, the moments it is looked at
STEPS: list[tuple[str, NextStep[Any], tuple[str, ...]]] = [
    (
        "missed call",
        step(
            Step.CALL,
            Rule.MISSED_CALL,
            TEN,
            called_at=at("2026-11-20 18:30"),
            is_by_person=True,
        ),
        ("2026-11-21 12:00", DUE, OVERDUE),
    ),
    (
        "missed call, returned once",
        step(
            Step.CALL,
            Rule.MISSED_CALL,
            "2026-11-24 10:00",
            called_at=at("2026-11-20 18:30"),
            tried_on=(MONDAY,),
        ),
        (DUE, "2026-11-24 12:00", OVERDUE),
    ),
    ("refused", step(Step.WRITE, Rule.LEARN_FROM_REFUSAL, TEN, **REFUSAL), EVERY),
    (
        "refusal assumed",
        step(
            Step.WRITE,
            Rule.LEARN_FROM_REFUSAL,
            TEN,
            result=ResultKind.ASSUMED_REFUSAL,
            result_on=FRIDAY,
        ),
        (DUE,),
    ),
    (
        "kept on file",
        step(
            Step.RECONTACT,
            Rule.KEPT_ON_FILE,
            "2027-03-01 10:00",
            recontact_on=date(2027, 3, 1),
            **REFUSAL,
        ),
        (WAITING, "2027-03-01 12:00", "2027-03-03 12:00"),
    ),
    (
        "kept on file, tried once",
        step(
            Step.RECONTACT,
            Rule.KEPT_ON_FILE,
            TEN,
            recontact_on=date(2026, 11, 18),
            tried_on=(FRIDAY,),
            **REFUSAL,
        ),
        ("2026-11-21 12:00", DUE),
    ),
    *(
        (
            f"known: {kind}",
            step(Step.DONE, Rule.RESULT_KNOWN, None, result=kind, result_on=FRIDAY),
            (DUE,),
        )
        for kind in ResultKind
    ),
    (
        "interview ahead",
        step(
            Step.PREPARE, Rule.INTERVIEW_AHEAD, "2026-11-23 14:00", starts_at=at("2026-11-24 14:00")
        ),
        (WAITING, "2026-11-23 15:00", "2026-11-24 12:00", "2026-11-24 14:30"),
    ),
    (
        "agreement missing",
        step(
            Step.FIX_AGREEMENT,
            Rule.AGREEMENT_MISSING,
            "2026-11-23 11:00",
            ended_at=at("2026-11-23 11:00"),
        ),
        (DUE, "2026-11-24 09:00"),
    ),
    ("silence", step(Step.ASSUME_REFUSAL, Rule.SILENCE_IS_REFUSAL, TEN, **PROMISE), EVERY),
    (
        "silence, no day",
        step(Step.ASSUME_REFUSAL, Rule.SILENCE_IS_REFUSAL, TEN, **NO_DAY),
        (WAITING, DUE),
    ),
    (
        "letter",
        step(
            Step.CLOSE,
            Rule.LETTER_UNANSWERED,
            "2026-12-01 10:00",
            letter_on=TUESDAY,
            **PROMISE,
        ),
        (OVERDUE, "2026-12-01 12:00", "2026-12-03 12:00"),
    ),
    ("not interested", step(Step.LET_GO, Rule.NOT_INTERESTED, TEN, **PROMISE), EVERY),
    (
        "in vain",
        step(
            Step.WRITE,
            Rule.NOT_REACHED,
            "2026-11-25 10:00",
            tried_on=(MONDAY, TUESDAY),
            **PROMISE,
        ),
        (DUE, OVERDUE, "2026-11-27 12:00"),
    ),
    ("own call", step(Step.CALL, Rule.YOUR_TURN, "2026-11-20 10:00", **OWN), EVERY),
    (
        "own call, on its day",
        step(Step.CALL, Rule.YOUR_TURN, "2026-11-20 10:00", **OWN),
        ("2026-11-20 09:00", "2026-11-20 12:00"),
    ),
    (
        "own call, tried once",
        step(Step.CALL, Rule.YOUR_TURN, TEN, tried_on=(FRIDAY,), **OWN),
        ("2026-11-21 12:00", DUE, OVERDUE),
    ),
    (
        "own call, no day",
        step(Step.CALL, Rule.YOUR_TURN, TEN, **OWN | {"promised_on": None}),
        (WAITING, OVERDUE),
    ),
    (
        "own letter",
        step(Step.WRITE, Rule.YOUR_TURN, "2026-11-20 10:00", **OWN | {"channel": Channel.EMAIL}),
        (WAITING, "2026-11-20 12:00", OVERDUE),
    ),
    (
        "own letter, no day",
        step(
            Step.WRITE,
            Rule.YOUR_TURN,
            TEN,
            **OWN | {"promised_on": None, "channel": Channel.MESSAGE},
        ),
        (DUE,),
    ),
    ("may not call", step(Step.WRITE, Rule.MAY_NOT_CALL, TEN, **PROMISE), EVERY),
    (
        "asked before",
        step(Step.WRITE, Rule.ALREADY_ASKED, "2026-11-27 10:00", **ANSWER),
        (OVERDUE, "2026-11-27 12:00", "2026-11-30 12:00"),
    ),
    (
        "asked while a promise runs on",
        step(
            Step.WRITE,
            Rule.ALREADY_ASKED,
            TEN,
            **PROMISE,
            reached_on=date(2026, 11, 18),
            reached_by=Channel.PHONE,
            is_reached_person=True,
        ),
        ("2026-11-18 12:00", WAITING, DUE),
    ),
    (
        "window open",
        step(Step.WEIGH, Rule.WINDOW_OPEN, "2026-11-20 10:00", **WINDOW),
        (WAITING, "2026-11-20 12:00", "2026-11-22 12:00"),
    ),
    ("promise", step(Step.CALL, Rule.PROMISE_LAPSED, TEN, **PROMISE), EVERY),
    (
        "promise, between its day and the call",
        step(Step.CALL, Rule.PROMISE_LAPSED, TEN, **PROMISE),
        ("2026-11-21 12:00",),
    ),
    (
        "promise of another person",
        step(Step.CALL, Rule.PROMISE_LAPSED, TEN, **PROMISE | {"is_by_person": False}),
        (DUE,),
    ),
    (
        "promise, calling was not spoken of",
        step(Step.CALL, Rule.PROMISE_LAPSED, TEN, **PROMISE | {"may_call": MayCall.NOT_ASKED}),
        (DUE,),
    ),
    (
        "promise with a time",
        step(
            Step.CALL,
            Rule.PROMISE_LAPSED,
            "2026-11-20 13:00",
            **PROMISE | {"promised_time": time(12)},
        ),
        (WAITING, "2026-11-20 12:30", "2026-11-20 13:20", DUE),
    ),
    ("promise, no day", step(Step.CALL, Rule.PROMISE_LAPSED, TEN, **NO_DAY), EVERY),
    (
        "promise, tried once",
        step(Step.CALL, Rule.PROMISE_LAPSED, "2026-11-24 10:00", tried_on=(MONDAY,), **PROMISE),
        (DUE, "2026-11-24 12:00", OVERDUE),
    ),
    (
        "promise, put off",
        step(Step.CALL, Rule.PROMISE_LAPSED, "2026-11-25 10:00", is_snoozed=True, **PROMISE),
        (DUE, OVERDUE),
    ),
    ("window", step(Step.CALL, Rule.WINDOW_CLOSED, TEN, **WINDOW), EVERY),
    (
        "window after an answer",
        step(Step.CALL, Rule.WINDOW_CLOSED, "2026-11-25 10:00", **ANSWER),
        (DUE, OVERDUE),
    ),
    (
        "window after the own letter",
        step(Step.CALL, Rule.WINDOW_CLOSED, "2026-11-25 10:00", **KEPT),
        (DUE, OVERDUE),
    ),
]
