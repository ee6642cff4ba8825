"""What must always hold (docs/rules.md), over whatever may be stored."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from interviews.rules import (
    Agreement,
    Case,
    Initiator,
    NextStep,
    Reason,
    Rule,
    Step,
    date_of,
    decide,
    parse_case,
)
from interviews.rules.calendar import days_after
from interviews.working_days import calendar_for
from tests.interviews.rules.simulation import Game
from tests.interviews.rules.strategies import case_objects, moments

EXPIRING = {Step.PREPARE, Step.FIX_AGREEMENT, Step.WEIGH}
STAGES = {Step.PREPARE: 0, Step.FIX_AGREEMENT: 1, Step.WEIGH: 2}


def parse(value: dict[str, Any]) -> tuple[Case[str], datetime]:
    return parse_case(value, calendars=calendar_for)


def ends(case: Case[str]) -> datetime:
    return case.interview.starts + timedelta(minutes=case.interview.minutes)


def current(case: Case[str]) -> Agreement[str] | None:
    return max(reversed(case.agreements), key=lambda each: each.made, default=None)


def stage(step: NextStep[str]) -> int:
    return STAGES.get(step.step, 3)


def due_on(case: Case[str], step: NextStep[str]) -> date:
    assert step.due is not None
    return date_of(case.candidate, step.due)


@given(case_objects())
def test_every_storable_case_gives_one_step(value: dict[str, Any]) -> None:
    case, now = parse(value)
    step = decide(case, now)
    assert (step.due is None) == (step.step == Step.DONE)
    assert (step.expires is not None) == (step.step in EXPIRING)
    if step.expires is not None and step.due is not None:
        assert now < step.expires
        assert step.due.astimezone(UTC) <= step.expires.astimezone(UTC)
    assert Reason.from_json(step.reason.to_json()) == step.reason


@given(case_objects(), st.data())
def test_a_later_moment_never_gives_an_earlier_step(value: dict[str, Any], data: Any) -> None:
    case, now = parse(value)
    other = data.draw(moments(ends(case), first=-5 * 24 * 60))
    before, after = (decide(case, moment) for moment in sorted((now, other)))
    assert stage(before) <= stage(after)
    if stage(before) == stage(after) and before.due is not None and after.due is not None:
        assert before.due.astimezone(UTC) <= after.due.astimezone(UTC)


@given(case_objects(has_result=False))
def test_nobody_is_nagged(value: dict[str, Any]) -> None:
    case, now = parse(value)
    step, agreement = decide(case, now), current(case)
    if step.rule == Rule.MISSED_CALL or step.step in (Step.PREPARE, Step.FIX_AGREEMENT):
        return
    if agreement is None:
        fourth = days_after(case.candidate, date_of(case.candidate, ends(case)), 4)
        assert due_on(case, step) >= fourth
    elif agreement.initiator == Initiator.EMPLOYER and agreement.due is not None:
        assert step.step not in (Step.CALL, Step.WRITE) or due_on(case, step) >= agreement.due


def check_wait_ends(value: dict[str, Any], data: Any, *, days: int, for_each: int) -> None:
    case, _now = parse(value)
    case = replace(case, snoozed_until=None)
    agreement = current(case)
    noted = max(ends(case), case.interview.noted or ends(case))
    noted_on = promised_on = date_of(case.candidate, noted)
    begins = noted + timedelta(minutes=1)
    if agreement is not None:
        promised_on = agreement.due or date_of(case.candidate, agreement.made)
        begins = max(begins, agreement.made)
    game = Game(case, begins, data.draw, not_yets_left=data.draw(st.integers(0, 3)))
    given_up_on = game.run()
    allowed = timedelta(days=days + for_each * game.not_yets)
    assert given_up_on - max(promised_on, noted_on) <= allowed


@given(case_objects(has_result=False, has_contacts=False, has_holidays=False), st.data())
def test_no_wait_is_infinite(value: dict[str, Any], data: Any) -> None:
    check_wait_ends(value, data, days=28, for_each=18)


@given(case_objects(has_result=False, has_contacts=False), st.data())
def test_no_wait_is_infinite_whatever_the_holidays(value: dict[str, Any], data: Any) -> None:
    check_wait_ends(value, data, days=45, for_each=30)


@given(case_objects(), st.randoms(use_true_random=False))
def test_the_order_in_which_facts_were_stored_does_not_matter(
    value: dict[str, Any], random: Any
) -> None:
    """As long as no two of a kind are of one instant: then the later in the list is the newer."""
    case, now = parse(value)
    unique = replace(
        case,
        agreements=tuple({each.made: each for each in case.agreements}.values()),
        contacts=tuple({each.at: each for each in case.contacts}.values()),
    )
    shuffled = replace(
        unique,
        agreements=tuple(random.sample(unique.agreements, len(unique.agreements))),
        contacts=tuple(random.sample(unique.contacts, len(unique.contacts))),
    )
    assert decide(shuffled, now) == decide(unique, now)
