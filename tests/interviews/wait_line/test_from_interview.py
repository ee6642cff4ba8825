"""From stored rows to timelines: each fact is in its place, at a constant cost."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from interviews.current_step import CurrentStep
from interviews.models import Candidate, Interview
from interviews.services import interviews
from interviews.wait_line.axis import MarkKind, Reach, axis_for
from interviews.wait_line.from_interview import axis_row_of, own_line_of
from interviews.wait_line.layout import WaitLine
from tests.support import people
from tests.support.step_factories import stand


@pytest.fixture
def now(alice: Candidate) -> datetime:
    return timezone.now().astimezone(alice.zone)


def drawn(interview: Interview, now: datetime) -> WaitLine:
    row = Interview.objects.with_parties().get(pk=interview.pk)
    line = own_line_of(CurrentStep.of(row, now=now))
    assert line is not None
    return line


@pytest.mark.parametrize("step", ["call", "write", "assume_refusal", "let_go", "close"])
def test_a_promise_has_its_flag(alice: Candidate, now: datetime, step: str) -> None:
    line = drawn(stand(alice, step, now=now), now)
    assert line.flag
    assert line.window is None


@pytest.mark.parametrize("agreed", [None, {}])
def test_without_a_day_there_is_a_window(
    alice: Candidate, now: datetime, agreed: dict[str, object] | None
) -> None:
    """Nothing was agreed, or that they would call, with no day named."""
    starts = now - timedelta(days=3)
    interview = people.make_interview(alice, starts_at=starts, now=starts)
    if agreed is None:
        interviews.note_nothing_agreed(interview=interview, now=interview.ends_at)
    else:
        people.make_agreement(interview, now=now, **agreed)
    line = drawn(interview, now)
    assert line.window is not None
    assert line.flag == ""


def test_a_missed_call_does_not_hide_what_was_agreed(alice: Candidate, now: datetime) -> None:
    interview = people.make_interview(alice, starts_at=now - timedelta(days=6), now=now)
    people.make_agreement(interview, now=now, due_on=(now + timedelta(days=2)).date())
    people.make_contact(interview, now=now, direction="in")
    interview.refresh_from_db()
    assert interview.step_rule == "missed-call"
    line = drawn(interview, now)
    assert line.flag
    assert [dot.kind for dot in line.dots] == ["theirs"]


def test_a_result_ends_it(alice: Candidate, now: datetime) -> None:
    interview = stand(alice, "call", now=now)
    people.make_result(interview, now=now)
    line = drawn(interview, now)
    assert line.now == ""
    assert line.flag
    assert line.sentence.endswith(": No.")


def test_nothing_is_waited_for(alice: Candidate, now: datetime) -> None:
    ahead = people.make_interview(alice, starts_at=now + timedelta(days=2), now=now)
    over = stand(alice, "call", now=now, company="Bolt")
    interviews.cancel_interview(interview=over, now=now)
    for row in Interview.objects.filter(pk__in=[ahead.pk, over.pk]):
        assert own_line_of(CurrentStep.of(row, now=now)) is None


def test_its_own_page_shades_weekends_and_holidays(alice: Candidate) -> None:
    """Christmas Day 2026 is a Friday: with the weekend one stretch, and so is the weekend after
    New Year's Day; between them lie four working days."""
    alice.country = "DE"
    alice.save()
    starts = datetime(2026, 12, 21, 10, tzinfo=alice.zone)
    now = datetime(2027, 1, 4, 12, tzinfo=alice.zone)
    interview = people.make_interview(alice, starts_at=starts, now=now)
    row = Interview.objects.with_parties().get(pk=interview.pk)
    line = own_line_of(CurrentStep.of(row, now=now))
    assert line is not None
    assert len(line.rests) == 2


def test_a_list_tells_the_newest_of_many_calls(alice: Candidate, now: datetime) -> None:
    interview = stand(alice, "call", now=now)
    for number in range(9):
        people.make_contact(interview, now=now, at=now - timedelta(hours=6 * number))
    current = CurrentStep.of(Interview.objects.with_parties().get(pk=interview.pk), now=now)
    row = axis_row_of(current, axis_for(Reach.SIX_WEEKS, now=now, oldest=None))
    assert row is not None
    assert [mark.kind for mark in row.marks].count(MarkKind.CALL) == 6
    assert len(drawn(interview, now).dots) == 9


@pytest.mark.parametrize("count", [1, 7])
def test_rows_fetched_with_their_facts_need_no_more_queries(
    alice: Candidate, now: datetime, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        stand(alice, "call", now=now, company=f"Company {number}")
    rows = list(Interview.objects.with_parties().prefetch_related("agreements", "contacts"))
    with django_assert_num_queries(0):
        axis = axis_for(Reach.SIX_WEEKS, now=now, oldest=None)
        assert all(axis_row_of(CurrentStep.of(row, now=now), axis) for row in rows)
