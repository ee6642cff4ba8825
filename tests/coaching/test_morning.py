"""Which facts put an interview into which section, each made through the services."""

from datetime import UTC, date, datetime, timedelta

import pytest

from accounts.models import User
from coaching.matters import (
    AFTER_RULES,
    CLOSING_RULES,
    LETTER_RULES,
    MISSED_RULES,
    PROMISE_RULES,
    WINDOW_RULES,
    Matter,
)
from coaching.morning import Morning, morning_of
from coaching.permissions import scope_of
from interviews.models import (
    Candidate,
    Coach,
    Coaching,
    CoachingVacancy,
    Interview,
    Proposal,
)
from interviews.rules import Rule
from interviews.services import interviews, verify_steps
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

# A Monday, 09:00 in Berlin: an hour before candidates call.
NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
FRIDAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def own(bob: User) -> Coach:
    """In the candidate's zone."""
    return Coach.objects.create(user=bob, timezone="Europe/Berlin")


def morning(coach: User, *, now: datetime = NOW) -> Morning:
    return morning_of(scope_of(coach, now=now), now=now)


def told(coach: User, *, now: datetime = NOW) -> dict[Matter, list[str]]:
    return {
        section.matter: [line.said for line in section.lines]
        for section in morning(coach, now=now).sections
    }


def days_ago(days: float) -> datetime:
    return NOW - timedelta(days=days)


def interviewed(candidate: Candidate, days: float, **fields: object) -> Interview:
    starts_at = days_ago(days)
    return make_interview(candidate, starts_at=starts_at, now=starts_at, **fields)


def decided_anew(row: Interview, *, now: datetime = NOW) -> None:
    """As a sweep does, a minute after the stored step has expired."""
    verify_steps.recompute_steps([row.pk], now=now)


def promised(candidate: Candidate, due_on: date = FRIDAY, **fields: object) -> Interview:
    row = interviewed(candidate, 10)
    make_agreement(row, now=row.ends_at, due_on=due_on, **fields)
    return row


def test_every_rule_of_a_wait_has_a_section() -> None:
    has_own_condition = {Rule.INTERVIEW_AHEAD, Rule.AGREEMENT_MISSING, Rule.RESULT_KNOWN}
    waits = [*MISSED_RULES, *PROMISE_RULES, *WINDOW_RULES, *LETTER_RULES, *CLOSING_RULES]
    listed = [*waits, *AFTER_RULES]
    assert sorted(listed) == sorted({*Rule} - has_own_condition)


def test_a_broken_promise_an_hour_before_the_call_may_be_made(bob: User, alice: Candidate) -> None:
    promised(alice)
    assert told(bob) == {
        Matter.PROMISES: [
            "Anna Petrova promised an answer by Friday 20 November (3 days ago)."
            " No call has been made since."
        ]
    }


def test_a_promise_that_still_runs_is_nobodys_business(bob: User, alice: Candidate) -> None:
    promised(alice, due_on=NOW.date())
    assert told(bob) == {}


def test_whose_promise_it_was_is_said(bob: User, alice: Candidate) -> None:
    promised(alice, initiator="candidate")
    assert told(bob) == {
        Matter.PROMISES: ["Alice agreed to call by Friday 20 November (3 days ago)."]
    }


def test_where_a_call_is_not_wanted(bob: User, alice: Candidate) -> None:
    promised(alice, may_call="no")
    (said,) = told(bob)[Matter.PROMISES]
    assert said.endswith("They asked not to be called. Follow up by letter.")


def test_a_call_that_nobody_answered_is_said(bob: User, alice: Candidate) -> None:
    row = promised(alice, due_on=date(2026, 11, 18))
    make_contact(row, now=datetime(2026, 11, 20, 10, 0, tzinfo=UTC))
    (said,) = told(bob)[Matter.PROMISES]
    assert said.endswith("No answer on Friday 20 November. Time to try again.")


def test_an_agreement_missing_a_day_after_the_interview(bob: User, alice: Candidate) -> None:
    row = interviewed(alice, 1)
    assert told(bob, now=row.ends_at + timedelta(hours=23)) == {}
    late = row.ends_at + timedelta(hours=24)
    said = "The interview was on Sunday 22 November (yesterday). No agreement recorded."
    # As the row stands while no sweep has seen it, and once one has.
    assert told(bob, now=late) == {Matter.AGREEMENTS: [said]}
    decided_anew(row, now=late)
    assert Interview.objects.get(pk=row.pk).step_rule == "window-open"
    assert told(bob, now=late) == {Matter.AGREEMENTS: [said]}


def test_a_row_that_was_left_at_prepare_for_days(bob: User, alice: Candidate) -> None:
    row = make_interview(alice, starts_at=days_ago(2), now=days_ago(9))
    assert row.step == "prepare"
    assert list(told(bob)) == [Matter.AGREEMENTS]


def test_nothing_was_agreed_is_no_agreement_missing(bob: User, alice: Candidate) -> None:
    row = interviewed(alice, 2)
    interviews.note_nothing_agreed(interview=row, now=row.ends_at)
    assert told(bob) == {}


def test_with_an_agreement_nothing_is_missing(bob: User, alice: Candidate) -> None:
    row = interviewed(alice, 2)
    make_agreement(row, now=row.ends_at, due_on=date(2026, 11, 30))
    assert told(bob) == {}


def test_once_the_window_opens_it_stands_under_the_windows(bob: User, alice: Candidate) -> None:
    decided_anew(interviewed(alice, 4))
    assert told(bob) == {
        Matter.WINDOWS: [
            "No date was agreed at the interview on Thursday 19 November (4 days ago). Time to "
            "decide if the position is worth a call."
        ]
    }


def test_a_window_that_closed_with_nothing_done(bob: User, alice: Candidate) -> None:
    decided_anew(interviewed(alice, 9))
    (said,) = told(bob)[Matter.WINDOWS]
    assert said.endswith("Long enough. Time to call.")


def test_a_letter_unanswered(bob: User, alice: Candidate) -> None:
    stand(alice, "close", now=NOW)
    (said,) = told(bob)[Matter.LETTERS]
    assert said == (
        "No reply to the letter of Friday 13 November (10 days ago). The wait can be closed."
    )


@pytest.mark.parametrize("kind", ["refusal", "offer", "no_response", "withdrawn"])
def test_a_result_to_talk_over(bob: User, alice: Candidate, kind: str) -> None:
    row = interviewed(alice, 9)
    make_result(row, now=days_ago(3), kind=kind, lessons="skipped")
    (said,) = told(bob)[Matter.RESULTS]
    assert "Friday 20 November (3 days ago)" in said


def test_talked_over_once_this_coach_has_noted_something(bob: User, alice: Candidate) -> None:
    row = interviewed(alice, 9)
    make_note(row, bob, now=days_ago(8))
    make_result(row, now=days_ago(3), lessons="skipped")
    assert list(told(bob)) == [Matter.RESULTS]
    nora = make_user("Nora", is_staff=True)
    make_coaching(nora, alice)
    make_note(row, nora, now=days_ago(1), is_shared=False)
    assert list(told(bob)) == [Matter.RESULTS]
    make_note(row, bob, now=days_ago(1), is_shared=False)
    assert told(bob) == {}
    assert told(nora) == {}


def test_a_result_of_three_weeks_ago_is_past(bob: User, alice: Candidate) -> None:
    row = interviewed(alice, 30)
    make_result(row, now=days_ago(21), lessons="skipped")
    assert told(bob) == {}


def test_a_next_stage_is_told_by_the_stage_alone(bob: User, alice: Candidate) -> None:
    row = interviewed(alice, 9)
    starts_at = NOW + timedelta(hours=6)
    make_interview(alice, starts_at=starts_at, now=days_ago(1), continues=row, people=())
    assert told(bob) == {Matter.COMING: ["Today at 15:00, with Acme."]}


@pytest.mark.parametrize(
    ("hours", "said"),
    [
        (2, "Today at 11:00, with Anna Petrova."),
        (38, "Tomorrow at 23:00, with Anna Petrova."),
        (40, None),
    ],
)
def test_interviews_of_today_and_tomorrow(
    bob: User, alice: Candidate, hours: int, said: str | None
) -> None:
    """In the candidate's own zone."""
    make_interview(alice, starts_at=NOW + timedelta(hours=hours), now=days_ago(9))
    assert told(bob) == ({Matter.COMING: [said]} if said else {})


def test_each_candidates_own_day(bob: User, db: None) -> None:
    """At 20:00 in Berlin it is tomorrow in Tokyo: what comes due there this evening is due."""
    now = datetime(2026, 11, 23, 19, 0, tzinfo=UTC)
    for name, zone in (("Yui", "Asia/Tokyo"), ("Eve", "America/New_York")):
        other = make_candidate(make_user(name), zone=zone)
        make_coaching(bob, other)
        row = make_interview(other, starts_at=days_ago(12), now=days_ago(12))
        make_agreement(row, now=row.ends_at, due_on=date(2026, 11, 23))
    (section,) = morning(bob, now=now).sections
    assert [line.candidate for line in section.lines] == ["Yui"]


def test_an_interview_stands_in_one_section_only(bob: User, alice: Candidate) -> None:
    """Known, and still to be asked what was lacking: it is talked over once."""
    row = interviewed(alice, 9)
    make_result(row, now=days_ago(3))
    shown = [line.key for section in morning(bob).sections for line in section.lines]
    assert shown == [row.pk]


def test_a_cancelled_one_is_nowhere(bob: User, alice: Candidate) -> None:
    interviews.cancel_interview(interview=promised(alice), now=NOW)
    assert told(bob) == {}


def test_next_steps_only_tell_the_step_and_its_day(bob: User, alice: Candidate) -> None:
    promised(alice)
    Coaching.objects.filter(coach=bob).update(shares="steps")
    row = interviewed(alice, 9, company="Known")
    make_result(row, now=days_ago(3))
    decided_anew(interviewed(alice, 3, company="Unsaid"))
    make_interview(alice, starts_at=NOW + timedelta(hours=5), now=NOW, company="Ahead")
    assert told(bob) == {
        Matter.STEPS: [
            "The next step is “Call”. It’s due on Monday 23 November (today).",
            "The next step is “Write”. It’s due on Monday 23 November (today).",
        ],
        Matter.COMING: ["The next step is “Prepare”. Today at 14:00."],
    }


def test_chosen_positions_only(bob: User, alice: Candidate) -> None:
    shown = promised(alice)
    interviewed(alice, 9, company="Hidden")
    coaching = Coaching.objects.get(coach=bob)
    Coaching.objects.filter(pk=coaching.pk).update(covers_all=False)
    assert told(bob) == {}
    CoachingVacancy.objects.create(coaching=coaching, vacancy=shown.vacancy)
    assert list(told(bob)) == [Matter.PROMISES]


def test_once_it_has_ended_there_is_nothing(bob: User, alice: Candidate) -> None:
    promised(alice)
    Coaching.objects.filter(coach=bob).update(ended_at=NOW)
    found = morning(bob)
    assert not found
    assert found.next_at is None


def test_the_coachs_own_zone(bob: User, alice: Candidate) -> None:
    Coach.objects.filter(user=bob).update(timezone="Asia/Tokyo")
    assert morning(bob).now.hour == 17


def test_whoever_called_is_not_asked_for_an_agreement(bob: User, alice: Candidate) -> None:
    """The wait goes on from there, and nothing is to be done yet."""
    row = interviewed(alice, 2)
    decided_anew(row)
    assert list(told(bob)) == [Matter.AGREEMENTS]
    make_contact(row, now=days_ago(1), outcome="no_answer")
    assert told(bob) == {}


def test_what_can_be_closed_or_let_go(bob: User, alice: Candidate) -> None:
    """Whatever is overdue stands somewhere in the morning."""
    stand(alice, "assume_refusal", now=NOW, company="No response")
    stand(alice, "let_go", now=NOW, company="Unloved")
    lines = told(bob)
    assert list(lines) == [Matter.CLOSING]
    assert {said.split(". ")[-1] for said in lines[Matter.CLOSING]} == {
        "The wait can be closed.",
    }


def test_a_missed_call_is_no_passed_promise(bob: User, alice: Candidate) -> None:
    row = promised(alice, due_on=date(2026, 11, 30))
    make_contact(
        row, now=NOW, at=days_ago(1), direction="in", outcome="no_answer", purpose="follow_up"
    )
    (section,) = morning(bob).sections
    (line,) = section.lines
    assert (section.matter, line.state, line.when) == (Matter.MISSED_CALLS, "due", "from 10:00")
    assert line.why.endswith(" called yesterday")


def test_what_a_result_leaves_to_do(bob: User, alice: Candidate) -> None:
    """However long it is known, until the coach has written about it; to get in touch again is
    told anew when its day comes."""
    kept = stand(alice, "recontact", now=NOW, company="Kept")
    row = interviewed(alice, 30, company="Asked nothing")
    make_result(row, now=days_ago(21))
    make_note(kept, bob, now=days_ago(20))
    lines = told(bob)
    assert list(lines) == [Matter.RESULTS]
    assert len(lines[Matter.RESULTS]) == 2
    assert any("Ask what was missing." in said for said in lines[Matter.RESULTS])
    for each in (row, kept):
        make_note(each, bob, now=NOW)
    assert told(bob) == {}
    (section,) = morning_of(scope_of(bob, now=NOW), now=NOW, kept=row.pk).sections
    assert [line.key for line in section.lines] == [row.pk]


def test_a_result_that_asks_for_something_much_later_is_told_as_a_result(
    bob: User, alice: Candidate
) -> None:
    row = interviewed(alice, 9)
    day = (NOW + timedelta(days=90)).date()
    make_result(row, now=days_ago(3), lessons="skipped", recontact_on=day)
    assert told(bob) == {Matter.RESULTS: ["Rejected on Friday 20 November (3 days ago)."]}


def test_the_zone_is_named_where_it_is_not_the_coachs(bob: User, alice: Candidate) -> None:
    make_interview(alice, starts_at=NOW + timedelta(hours=2), now=days_ago(9))
    assert told(bob) == {Matter.COMING: ["Today at 11:00, with Anna Petrova."]}
    Coach.objects.filter(user=bob).update(timezone="Asia/Tokyo")
    said = "Today at 11:00, with Anna Petrova. Times are Berlin time."
    assert told(bob) == {Matter.COMING: [said]}


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "Suggested 22 Nov, no answer yet"),
        ({"answer": "accepted", "answered_at": NOW}, "Suggested 22 Nov, accepted"),
        (
            {"answer": "accepted", "answered_at": NOW, "done_at": NOW},
            "Suggested 22 Nov, done",
        ),
        ({"answer": "declined", "answered_at": NOW}, ""),
        ({"withdrawn_at": NOW}, ""),
    ],
)
def test_what_this_coach_proposed_stands_beside_it(
    bob: User, alice: Candidate, fields: dict[str, object], said: str
) -> None:
    row = promised(alice)
    values = {"action": "call", "by_on": date(2026, 11, 27), "proposed_at": days_ago(1)} | fields
    Proposal.objects.create(coaching=Coaching.objects.get(coach=bob), interview=row, **values)
    (section,) = morning(bob).sections
    assert [line.suggested for line in section.lines] == [said]
