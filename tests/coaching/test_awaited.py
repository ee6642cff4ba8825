"""Whose turn it is after a suggestion, and what outweighs an offer."""

from datetime import date, timedelta

import pytest

from accounts.models import User
from coaching.caseload import caseload_of, next_steps_of
from coaching.matters import Matter, needing_coach
from coaching.morning import Grouping, morning_of
from coaching.permissions import scope_of
from interviews.models import Candidate, Coach, Coaching, Interview, Proposal
from tests.coaching.test_morning import NOW, days_ago, interviewed, morning, promised
from tests.support.people import (
    make_candidate,
    make_coaching,
    make_contact,
    make_result,
    make_user,
)


@pytest.fixture(autouse=True)
def own(bob: User) -> Coach:
    return Coach.objects.create(user=bob, timezone="Europe/Berlin")


def suggested(row: Interview, *, hours_ago: int = 20) -> Proposal:
    Interview.objects.filter(pk=row.pk).update(active_at=days_ago(3))
    return Proposal.objects.create(
        coaching=Coaching.objects.get(candidate=row.candidate),
        interview=row,
        action="call",
        proposed_at=NOW - timedelta(hours=hours_ago),
    )


def miss_call(row: Interview) -> None:
    given = {"direction": "in", "outcome": "no_answer", "purpose": "follow_up"}
    make_contact(row, now=NOW, at=NOW - timedelta(hours=1), **given)


def urgent_of(bob: User) -> list[int]:
    """In the overview, in the caseload, and in the lists behind "Show all"."""
    scope = scope_of(bob, now=NOW)
    (row,) = caseload_of(scope, now=NOW)
    needing = needing_coach(scope, now=NOW)
    return [sum(morning(bob).urgent.values()), row.urgent, needing.exclude(matter=None).count()]


def test_after_a_suggestion_it_is_the_candidates_turn(bob: User, alice: Candidate) -> None:
    row = promised(alice)
    assert urgent_of(bob) == [1, 1, 1]
    suggested(row)
    assert urgent_of(bob) == [0, 0, 0]


def test_what_happened_since_needs_the_coach_again(bob: User, alice: Candidate) -> None:
    row = promised(alice)
    suggested(row)
    miss_call(row)
    assert urgent_of(bob) == [1, 1, 1]
    assert morning(bob).sections[0].matter == Matter.MISSED_CALLS


def test_what_was_done_is_nobodys_turn(bob: User, alice: Candidate) -> None:
    proposal = suggested(promised(alice))
    Proposal.objects.filter(pk=proposal.pk).update(answer="accepted", answered_at=NOW, done_at=NOW)
    assert urgent_of(bob) == [1, 1, 1]


def test_suggestions_count_in_any_number(bob: User, alice: Candidate) -> None:
    """Also those of rows that are folded away."""
    for row in [promised(alice) for _ in range(22)]:
        suggested(row, hours_ago=1)
    (section,) = morning(bob).sections
    assert (section.open_count, section.suggested, morning(bob).sent_today) == (0, 22, 22)


def test_a_missed_call_outweighs_an_offer(bob: User, alice: Candidate) -> None:
    """It is counted once, and everywhere told as a missed call."""
    promised(alice)
    offered = interviewed(alice, 9, company="Offer")
    given = {"kind": "offer", "lessons": "skipped", "offer_answer": "open"}
    make_result(offered, now=days_ago(2), offer_answer_by_on=date(2026, 12, 20), **given)
    miss_call(offered)
    (row,) = caseload_of(scope_of(bob, now=NOW), now=NOW)
    first = next_steps_of([row], now=NOW)[alice.pk]
    assert (row.urgent, first) == (2, offered)
    (line, _other) = (line for section in morning(bob).sections for line in section.lines)
    assert line.interview == offered
    assert "called" in line.said


def test_a_chosen_candidate_without_rows_leaves_the_others(bob: User, alice: Candidate) -> None:
    eve = make_candidate(make_user("Eve"))
    make_coaching(bob, eve)
    promised(alice)
    found = morning_of(scope_of(bob, now=NOW), now=NOW, grouping=Grouping.CANDIDATE, only=eve.pk)
    assert (found.only, [each.title for each in found.sections]) == (None, ["Alice"])


def test_candidates_follow_by_what_is_urgent(bob: User, alice: Candidate) -> None:
    eve = make_candidate(make_user("Eve"))
    make_coaching(bob, eve)
    promised(alice, due_on=date(2026, 11, 13))
    for day in (14, 15):
        promised(eve, due_on=date(2026, 11, day))
    found = morning_of(scope_of(bob, now=NOW), now=NOW, grouping=Grouping.CANDIDATE)
    assert [each.title for each in found.sections] == ["Eve", "Alice"]


def test_next_steps_alone_tell_neither_a_promise_nor_a_missed_call(
    bob: User, alice: Candidate
) -> None:
    """Neither by the day since which they are late, nor by their order."""
    Coaching.objects.filter(coach=bob).update(shares="steps")
    sunday = promised(alice, due_on=date(2026, 11, 15))
    missed = promised(alice, due_on=date(2026, 11, 30))
    given = {"direction": "in", "outcome": "no_answer", "purpose": "follow_up"}
    make_contact(missed, now=days_ago(3), at=days_ago(3), **given)
    lines = [line for section in morning(bob).sections for line in section.lines]
    late = [(line.interview, line.when) for line in lines]
    assert late == [(sunday, "7 days late"), (missed, "3 days late")]
    assert "Monday 16 November" in lines[0].said
    (row,) = caseload_of(scope_of(bob, now=NOW), now=NOW)
    assert next_steps_of([row], now=NOW)[alice.pk] == sunday
    assert row.next_at == lines[0].interview.step_due_at
