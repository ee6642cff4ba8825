"""A candidate's page for the coach: the candidate's timeline, read-only, of what is shared."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from interviews.models import Candidate, Coach, Coaching, Interview
from interviews.services import interviews
from interviews.wait_line.axis import MarkKind
from staff.coach.candidate_page import CLOSED_SHOWN, InterviewRow
from tests.support.people import (
    make_agreement,
    make_contact,
    make_interview,
    make_proposal,
    make_result,
)


@pytest.fixture
def waited(filled: object, alice: Candidate) -> Interview:
    """With a promise that was not kept, and a call."""
    now = timezone.now()
    row = make_interview(alice, starts_at=now - timedelta(days=12), now=now, company="Waited")
    make_agreement(row, now=row.ends_at, due_on=(now - timedelta(days=6)).date())
    make_contact(row, now=now, at=now - timedelta(days=5), outcome="no_answer")
    return row


def row_of(client: Client, interview: Interview) -> tuple[InterviewRow, str]:
    answer = client.get(f"/admin/interviews/candidate/{interview.candidate_id}/change/")
    (row,) = [each for each in answer.context["waits"] if each.interview == interview]
    return row, answer.content.decode()


def test_the_wait_is_drawn_as_the_candidate_sees_it(as_bob: Client, waited: Interview) -> None:
    row, page = row_of(as_bob, waited)
    assert row.line is not None
    kinds = {each.kind for each in row.line.marks}
    assert {MarkKind.INTERVIEW, MarkKind.FLAG, MarkKind.CALL} <= kinds
    assert "l" in {each.kind for each in row.line.segments}
    assert f'/change/?open={waited.pk}#row-{waited.pk}"' in page
    assert "Candidate’s call" in page


def test_nothing_on_it_speaks_to_the_candidate(as_bob: Client, waited: Interview) -> None:
    row, page = row_of(as_bob, waited)
    assert row.line is not None
    said = [row.line.sentence, *(each.title for each in row.line.marks)]
    assert not [each for each in said if "you" in each.lower().split()]
    assert "Your call" not in page


def test_next_steps_only_draw_the_interview_and_the_time_since(
    as_bob: Client, coaching: Coaching, waited: Interview
) -> None:
    Coaching.objects.filter(pk=coaching.pk).update(shares="steps")
    row, page = row_of(as_bob, waited)
    assert row.line is not None
    assert [each.kind for each in row.line.marks] == [MarkKind.INTERVIEW]
    assert {each.kind for each in row.line.segments} == {"w"}
    assert row.line.window is None
    assert "m-flag" not in page.split("</defs>")[1]
    assert "Anna Petrova" not in page


def test_the_line_is_read_out_in_the_third_person(as_bob: Client, waited: Interview) -> None:
    row, _page = row_of(as_bob, waited)
    assert row.line is not None
    assert "The candidate called on" in row.line.sentence
    assert any(each.title.startswith("The candidate called on") for each in row.line.marks)


def test_closed_interviews_are_counted_whole(
    as_bob: Client, alice: Candidate, of_alice: Interview
) -> None:
    now = timezone.now()
    for number in range(CLOSED_SHOWN + 3):
        row = make_interview(
            alice, starts_at=now - timedelta(days=9), now=now, company=f"C{number}"
        )
        interviews.cancel_interview(interview=row, now=now)
    shown = as_bob.get(f"/admin/interviews/candidate/{alice.pk}/change/")
    page = " ".join(shown.content.decode().split())
    assert len(shown.context["closed"]) == CLOSED_SHOWN
    assert shown.context["closed_count"] > CLOSED_SHOWN + 2
    assert f"The newest {CLOSED_SHOWN} are shown." in page


def test_a_row_is_as_late_as_in_the_overview(
    as_bob: Client, coaching: Coaching, alice: Candidate, of_alice: Interview
) -> None:
    """An offer and an interview ahead have one colour and one word on every page."""
    Coach.objects.create(user=coaching.coach, timezone=alice.timezone)
    Coaching.objects.filter(pk=coaching.pk).update(covers_all=True)
    now = timezone.now()
    offered = make_interview(alice, starts_at=now - timedelta(days=9), now=now, company="Offer")
    last = (now + timedelta(days=3)).astimezone(alice.zone).date()
    offer = {"kind": "offer", "lessons": "skipped", "offer_answer": "open"}
    make_result(offered, now=now, offer_answer_by_on=last, **offer)
    make_interview(alice, starts_at=now + timedelta(hours=3), now=now, company="Ahead")
    page = as_bob.get(f"/admin/interviews/candidate/{alice.pk}/change/").context
    rows = [*page["offers"], *page["coming"]]
    here = {each.interview.pk: (each.state, each.chip) for each in rows}
    sections = as_bob.get("/admin/").context["morning"].sections
    lines = [line for section in sections for line in section.lines if line.key in here]
    assert len(lines) == 2
    assert here == {line.key: (line.state, line.when) for line in lines}


def test_a_row_says_what_was_just_suggested(
    as_bob: Client, coaching: Coaching, of_alice: Interview
) -> None:
    """It is the candidate's turn, in the overview too."""
    now = timezone.now()

    def offered() -> tuple[bool, bool]:
        found = [as_bob.get(address).content.decode() for address in addresses]
        rows = [page.partition(f'<li id="row-{of_alice.pk}"')[2] for page in found]
        each = ["btn btn-quiet verb" in row.partition("</li>")[0] for row in rows]
        assert ["Suggested today" in page for page in found] == [not offers for offers in each]
        return each[0], each[1]

    addresses = ("/admin/", f"/admin/interviews/candidate/{of_alice.candidate_id}/change/")
    assert offered() == (True, True)
    make_proposal(of_alice, coaching.coach, now=now)
    assert offered() == (False, False)


def test_fresh_results_stand_apart_from_what_is_long_over(
    as_bob: Client, coaching: Coaching, alice: Candidate, of_alice: Interview
) -> None:
    Coaching.objects.filter(pk=coaching.pk).update(covers_all=True)
    now = timezone.now()
    for company, days in (("Fresh", 3), ("Old", 40)):
        at = now - timedelta(days=days)
        row = make_interview(alice, starts_at=at - timedelta(days=9), now=at, company=company)
        make_result(row, now=at, lessons="skipped")

    def told(name: str) -> set[str]:
        rows = as_bob.get(f"/admin/interviews/candidate/{alice.pk}/change/").context[name]
        return {each.interview.vacancy.company.name for each in rows} & {"Fresh", "Old"}

    assert (told("fresh"), told("closed")) == ({"Fresh"}, {"Old"})
    Coaching.objects.filter(pk=coaching.pk).update(shares="steps")
    assert (told("fresh"), told("closed")) == (set(), {"Fresh", "Old"})


def test_a_result_after_a_long_wait_is_among_the_latest(
    as_bob: Client, coaching: Coaching, alice: Candidate, of_alice: Interview
) -> None:
    """The newest first, though many interviews were later."""
    Coaching.objects.filter(pk=coaching.pk).update(covers_all=True)
    now = timezone.now()
    for number in range(CLOSED_SHOWN):
        row = make_interview(
            alice, starts_at=now - timedelta(days=30), now=now, company=f"C{number}"
        )
        interviews.cancel_interview(interview=row, now=now)
    for company, days, hours in (("Long", 90, 3), ("Short", 9, 90)):
        at = now - timedelta(days=days)
        row = make_interview(alice, starts_at=at, now=at, company=company)
        make_result(row, now=now - timedelta(hours=hours), lessons="skipped")
    page = as_bob.get(f"/admin/interviews/candidate/{alice.pk}/change/").context
    names = [each.interview.vacancy.company.name for each in page["fresh"]]
    assert [each for each in names if each in ("Long", "Short")] == ["Long", "Short"]
    assert len(page["closed"]) == page["closed_count"] == CLOSED_SHOWN


def test_a_note_refused_on_the_candidates_page_leaves_its_links(
    as_bob: Client, of_alice: Interview
) -> None:
    address = f"/admin/interviews/candidate/{of_alice.candidate_id}/"
    refused = as_bob.post(f"{address}note/", {"text": " "})
    assert refused.status_code == 422
    assert f'href="{address}change/?open={of_alice.pk}#row-' in refused.content.decode()
