"""The overview by candidate, for one candidate, and the few words of its rows."""

from datetime import date, timedelta

import pytest

from accounts.models import User
from coaching import text
from coaching.matters import Matter, shown_at
from coaching.morning import FEW_SHOWN, Grouping, morning_of
from coaching.morning_line import brief
from coaching.permissions import scope_of
from interviews.models import Candidate, Coach, Coaching, Proposal
from tests.coaching.test_morning import (
    NOW,
    days_ago,
    decided_anew,
    interviewed,
    morning,
    promised,
    told,
)
from tests.support.people import (
    make_agreement,
    make_candidate,
    make_coaching,
    make_contact,
    make_interview,
    make_note,
    make_result,
    make_user,
)
from tests.support.step_factories import stand


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
    assert told_of == [("Eve", ["First interview", "No call yet"]), ("Alice", ["Worth a call?"])]
    assert (found.candidates, found.needing) == (2, ["Eve"])


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
        ("waiting", "19:00", "First interview"),
        ("waiting", "from 10:00", "No call yet"),
        ("due", "2 days ago", "Who calls, and by when?"),
    ]


def test_steps_only_tell_no_reason(bob: User, alice: Candidate) -> None:
    Coaching.objects.filter(coach=bob).update(shares="steps")
    promised(alice)
    (line,) = morning(bob).sections[0].lines
    assert line.why == "Call"


@pytest.mark.parametrize(
    ("needing", "others", "said"),
    [
        ([], 0, "Nothing needs your attention right now."),
        ([], 2, "Nothing is urgent today."),
        (["Alice"], 1, "Alice needs you"),
        (["Alice", "Eve"], 3, "2 candidates need you"),
    ],
)
def test_the_heading(needing: list[str], others: int, said: str) -> None:
    assert text.heading(needing, others=others) == said


def test_the_counts_under_it() -> None:
    counts = {Matter.MISSED_CALLS: 1, Matter.PROMISES: 22}
    said = ["1 missed call", "22 promised dates passed", "2 interviews to prepare for"]
    assert text.urgent(counts, coming=2) == said
    assert text.urgent(counts, coming=0) == said[:2]


def test_those_to_start_with(bob: User, alice: Candidate) -> None:
    """Missed calls, offers near their last day, broken promises, and the next interview; without
    what was suggested just now. Each stands there only."""
    calls = [promised(alice, due_on=date(2026, 11, 14 + n)) for n in range(7)]
    missed = promised(alice, due_on=date(2026, 11, 30))
    make_contact(
        missed, now=NOW, at=days_ago(1), direction="in", outcome="no_answer", purpose="follow_up"
    )
    ahead = make_interview(alice, starts_at=NOW + timedelta(hours=2), now=days_ago(9))
    offers = [interviewed(alice, 9, company=f"Offer {days}") for days in (3, 30)]
    for offer, days in zip(offers, (3, 30), strict=True):
        day = (NOW + timedelta(days=days)).date()
        given = {"kind": "offer", "lessons": "skipped", "offer_answer": "open"}
        make_result(offer, now=days_ago(2), offer_answer_by_on=day, **given)
    coaching = Coaching.objects.get(coach=bob)
    Proposal.objects.create(
        coaching=coaching, interview=calls[0], action="call", proposed_at=days_ago(1)
    )
    first, *others = morning(bob).sections
    assert first.is_first
    expected = [missed.pk, offers[0].pk, ahead.pk, calls[1].pk, calls[2].pk]
    assert [line.key for line in first.lines] == expected
    assert [(each.matter, each.count) for each in others] == [
        (Matter.OFFERS, 1),
        (Matter.PROMISES, 5),
    ]
    assert len(others[1].lines) == FEW_SHOWN
    assert [each.is_rest for each in others] == [True, True]
    whole = morning_of(scope_of(bob, now=NOW), now=NOW, opened=others[1].key)
    assert [len(each.lines) for each in whole.sections] == [5, 1, 5]
    assert whole.sections[2].more == 0


def test_whoever_was_just_written_to_needs_nobody_and_keeps_the_place(
    bob: User, alice: Candidate
) -> None:
    eve = make_candidate(make_user("Eve"))
    make_coaching(bob, eve)
    rows = [promised(alice, due_on=date(2026, 11, 13 + n)) for n in range(8)]
    own = interviewed(eve, 12)
    make_agreement(own, now=own.ends_at, due_on=date(2026, 11, 12))
    scope = scope_of(bob, now=NOW)
    assert len(morning(bob).needing) == 2
    proposal = Proposal.objects.create(
        coaching=Coaching.objects.get(coach=bob, candidate=eve),
        interview=own,
        action="call",
        proposed_at=NOW,
    )
    found = morning_of(scope, now=NOW, kept=own.pk)
    assert found.sections[0].lines[0].key == own.pk
    assert found.needing == ["Alice"]
    assert [(chip.name, chip.count) for chip in found.chips] == [("Alice", 8)]
    assert (sum(each.count for each in found.sections), found.urgent[Matter.PROMISES]) == (9, 8)
    moved = morning(bob).sections
    assert rows[0].pk == moved[0].lines[0].key
    assert own.pk not in {line.key for line in moved[1].lines}
    opened = morning_of(scope, now=NOW, opened=moved[1].key).sections[1].lines
    assert own.pk == opened[-1].key
    assert opened[-1].awaited == "Suggested today"
    Proposal.objects.filter(pk=proposal.pk).update(proposed_at=days_ago(3))
    assert len(morning(bob).needing) == 2


def test_the_order_by_due_follows_what_the_rows_say(bob: User, alice: Candidate) -> None:
    """A promise is late from its own day on, though a call waits for the next working day."""
    own = promised(alice, due_on=date(2026, 11, 15), initiator="candidate")
    theirs = promised(alice, due_on=date(2026, 11, 14))
    for row in (own, theirs):
        row.refresh_from_db()
    assert own.step_due_at < theirs.step_due_at
    ahead = make_interview(alice, starts_at=NOW + timedelta(hours=2), now=days_ago(9))
    sharing = scope_of(bob, now=NOW)
    rows = sharing.interviews().with_parties().annotate(shown_at=shown_at(sharing, NOW))
    found = list(rows.order_by("shown_at"))
    assert [row.pk for row in found] == [theirs.pk, own.pk, ahead.pk]
    told = [brief(sharing, row, now=NOW, reader=sharing.zone) for row in found]
    assert told == [
        ("overdue", "9 days late", "Call"),
        ("overdue", "8 days late", "Call"),
        ("waiting", "11:00", "Prepare"),
    ]


@pytest.mark.parametrize(
    ("by_on", "state", "when"),
    [
        (date(2026, 11, 25), "due", "by Wed 25 Nov"),
        (date(2026, 11, 22), "overdue", "1 day late"),
        (None, "due", "20 days ago"),
    ],
)
def test_an_offer_stands_until_it_is_answered(
    bob: User, alice: Candidate, by_on: date | None, state: str, when: str
) -> None:
    """Also if it is older than other results, and was talked over."""
    row = interviewed(alice, 30)
    offer = {"kind": "offer", "lessons": "skipped", "offer_answer": "open"}
    make_result(row, now=days_ago(20), offer_answer_by_on=by_on, **offer)
    make_note(row, bob, now=days_ago(1))
    (section,) = morning(bob).sections
    (line,) = section.lines
    assert (section.matter, line.state, line.when) == (Matter.OFFERS, state, when)
    row.result.offer_answer = "declined"
    row.result.save()
    assert told(bob) == {}


def test_what_can_be_closed_is_not_late(bob: User, alice: Candidate) -> None:
    stand(alice, "close", now=NOW, company="Silent")
    promised(alice, due_on=date(2026, 11, 18))
    lines = [line for section in morning(bob).sections for line in section.lines]
    assert [(line.state, line.when) for line in lines] == [
        ("overdue", "5 days late"),
        ("plain", "since 20 Nov"),
    ]
