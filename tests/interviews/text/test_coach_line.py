"""A wait in a coach's words: each rule, and how long ago it was."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from interviews import text
from interviews.rules import (
    Channel,
    Initiator,
    NextStep,
    Reason,
    ResultKind,
    Rule,
    Since,
    Step,
)

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 23, 11, 0, tzinfo=BERLIN)
FRIDAY = date(2026, 11, 20)
PAST, AHEAD = NOW - timedelta(days=1), NOW + timedelta(days=3)
THEIRS = Reason(is_on_promise=True, is_by_person=True, made_on=date(2026, 11, 9))
OWN = {"is_on_promise": True, "initiator": Initiator.CANDIDATE, "made_on": FRIDAY}


def said(rule: Rule, reason: Reason, step: Step = Step.CALL, due: datetime | None = PAST) -> str:
    made = NextStep(step=step, rule=rule, due=due, expires=None, person=None, reason=reason)
    return text.coach_line(made, candidate="Alice", person="Anna", company="Acme", now=NOW)


TABLE = [
    (
        said(Rule.PROMISE_LAPSED, Reason(is_on_promise=True, promised_on=FRIDAY)),
        "Acme promised an answer by Friday 20 November (3 days ago). No call has been made since.",
    ),
    (
        said(
            Rule.PROMISE_LAPSED,
            Reason(is_on_promise=True, is_by_person=True, promised_on=FRIDAY),
            due=AHEAD,
        ),
        "Anna promised an answer by Friday 20 November (3 days ago)."
        " Nothing to do until Thursday 26 November.",
    ),
    (
        said(Rule.PROMISE_LAPSED, THEIRS),
        "On Monday 9 November (14 days ago), Anna promised an answer but gave no date."
        " No call has been made since.",
    ),
    (
        said(Rule.YOUR_TURN, Reason(**OWN, channel=Channel.PHONE, promised_on=FRIDAY)),
        "Alice agreed to call by Friday 20 November (3 days ago).",
    ),
    (
        said(Rule.YOUR_TURN, Reason(**OWN, channel=Channel.EMAIL)),
        "On Friday 20 November (3 days ago), Alice agreed to write, with no date set.",
    ),
    (
        said(Rule.ALREADY_ASKED, Reason(since=Since.ANSWER, since_on=FRIDAY), Step.WRITE),
        "No decision yet on Friday 20 November (3 days ago). Already followed up once. A letter "
        "is next.",
    ),
    (
        said(Rule.WINDOW_CLOSED, Reason(since=Since.OWN_CONTACT, since_on=FRIDAY)),
        "Alice wrote on Friday 20 November (3 days ago), as agreed. Long enough. Time to call.",
    ),
    (
        said(Rule.NOT_REACHED, Reason(tried_on=(date(2026, 11, 19), FRIDAY)), Step.WRITE),
        "No answer on Thursday 19 November and Friday 20 November. A letter is next.",
    ),
    (
        said(Rule.SILENCE_IS_REFUSAL, Reason(promised_on=FRIDAY), Step.ASSUME_REFUSAL),
        "It was agreed that no answer by Friday 20 November (3 days ago) counts as a no. The "
        "wait can be closed.",
    ),
    (
        said(Rule.NOT_INTERESTED, Reason(), Step.LET_GO),
        "Alice gave this position a low rating. The wait can be closed.",
    ),
    (
        said(Rule.KEPT_ON_FILE, Reason(recontact_on=date(2026, 11, 24)), Step.RECONTACT),
        "Kept on file. Get in touch again on Tuesday 24 November (tomorrow).",
    ),
    (
        said(
            Rule.RESULT_KNOWN,
            Reason(result=ResultKind.OFFER, result_on=NOW.date()),
            Step.DONE,
            due=None,
        ),
        "Offer received on Monday 23 November (today).",
    ),
    (
        said(
            Rule.MISSED_CALL,
            Reason(called_at=datetime(2026, 11, 22, 23, 30, tzinfo=UTC), is_by_person=True),
        ),
        "Anna called on Monday 23 November (today) and hasn’t been called back.",
    ),
    (
        said(
            Rule.INTERVIEW_AHEAD,
            Reason(starts_at=datetime(2026, 11, 24, 13, 0, tzinfo=UTC)),
            Step.PREPARE,
        ),
        "Tomorrow at 14:00, with Anna.",
    ),
    (
        said(
            Rule.INTERVIEW_AHEAD,
            Reason(starts_at=datetime(2026, 11, 28, 13, 0, tzinfo=UTC)),
            Step.PREPARE,
        ),
        "In 5 days at 14:00, with Anna.",
    ),
]


@pytest.mark.parametrize(("found", "wanted"), TABLE)
def test_what_is_the_matter(found: str, wanted: str) -> None:
    assert found == wanted


@pytest.mark.parametrize("rule", list(Rule))
def test_every_rule_is_said(rule: Rule) -> None:
    assert said(rule, Reason()).endswith(".") or rule == Rule.AGREEMENT_MISSING


@pytest.mark.parametrize(
    ("due", "wanted"),
    [
        (PAST, "The next step is “Call”. It has been due since Friday 20 November (3 days ago)."),
        (NOW, "The next step is “Call”. It’s due on Monday 23 November (today)."),
        (AHEAD, "The next step is “Call”. It’s due on Thursday 26 November (in 3 days)."),
        (None, "Nothing to do."),
    ],
)
def test_a_step_alone(due: datetime | None, wanted: str) -> None:
    """As late as its row says: from the promised day on."""
    reason = Reason(is_on_promise=True, is_by_person=True, promised_on=FRIDAY)
    made = NextStep(
        step=Step.CALL, rule=Rule.PROMISE_LAPSED, due=due, expires=None, person=None, reason=reason
    )
    assert text.step_alone(made, now=NOW) == wanted
