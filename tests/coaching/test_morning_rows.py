"""The overview by candidate, for one candidate, and the few words of its rows."""

from datetime import timedelta

import pytest

from accounts.models import User
from coaching import text
from coaching.morning import Grouping, morning_of
from coaching.permissions import scope_of
from interviews.models import Candidate, Coach, Coaching
from tests.coaching.test_morning import (
    NOW,
    days_ago,
    decided_anew,
    interviewed,
    morning,
    promised,
)
from tests.support.people import (
    make_candidate,
    make_coaching,
    make_interview,
    make_result,
    make_user,
)


@pytest.fixture(autouse=True)
def own(bob: User) -> Coach:
    return Coach.objects.create(user=bob, timezone="Europe/Berlin")


def test_each_candidate_has_one_section_the_most_urgent_first(bob: User, alice: Candidate) -> None:
    eve = make_candidate(make_user("Eve"))
    make_coaching(bob, eve)
    promised(eve)
    make_interview(eve, starts_at=NOW + timedelta(hours=2), now=days_ago(9), company="Ahead")
    decided_anew(interviewed(alice, 4))
    found = morning_of(scope_of(bob, now=NOW), now=NOW, grouping=Grouping.CANDIDATE)
    told_of = [(each.title, [line.why for line in each.lines]) for each in found.sections]
    assert told_of == [("Eve", ["No call yet", "Prepare"]), ("Alice", ["Worth a call?"])]
    assert (found.candidates, found.waits) == (2, 2)


def test_the_newest_result_comes_first(bob: User, alice: Candidate) -> None:
    for days in (5, 3, 4):
        make_result(interviewed(alice, 9), now=days_ago(days), lessons="skipped")
    (section,) = morning(bob).sections
    assert [
        line.said.count(f"({days} days ago)")
        for line, days in zip(section.lines, (3, 4, 5), strict=True)
    ] == [1] * 3


def test_one_candidate_alone(bob: User, alice: Candidate) -> None:
    eve = make_candidate(make_user("Eve"))
    make_coaching(bob, eve)
    promised(eve)
    promised(alice)
    found = morning_of(scope_of(bob, now=NOW), now=NOW, only=eve.pk)
    assert [line.candidate for section in found.sections for line in section.lines] == ["Eve"]
    assert {(chip.name, chip.count) for chip in found.chips} == {("Alice", 1), ("Eve", 1)}


def test_a_row_says_why_in_a_few_words_and_by_the_coachs_clock(bob: User, alice: Candidate) -> None:
    promised(alice)
    decided_anew(interviewed(alice, 2, company="Young"))
    make_interview(alice, starts_at=NOW + timedelta(hours=2), now=days_ago(9), company="Ahead")
    Coach.objects.filter(user=bob).update(timezone="Asia/Tokyo")
    lines = [line for each in morning(bob).sections for line in each.lines]
    assert [(line.state, line.when, line.why) for line in lines] == [
        ("waiting", "from 10:00", "No call yet"),
        ("due", "2 days ago", "No agreement recorded"),
        ("waiting", "19:00", "Prepare"),
    ]


def test_steps_only_tell_no_reason(bob: User, alice: Candidate) -> None:
    Coaching.objects.filter(coach=bob).update(shares="steps")
    promised(alice)
    (line,) = morning(bob).sections[0].lines
    assert line.why == "Call"


@pytest.mark.parametrize(
    ("candidates", "waits", "said"),
    [
        (0, 0, "Nothing needs your attention right now."),
        (1, 0, "1 candidate needs you"),
        (1, 1, "1 candidate needs you in 1 wait"),
        (3, 8, "3 candidates need you in 8 waits"),
    ],
)
def test_the_heading(candidates: int, waits: int, said: str) -> None:
    assert text.heading(candidates, waits) == said
