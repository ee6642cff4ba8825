"""A coach's proposals and notes on Today and on the interview's page; the candidate's answer."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from coaching import coachings, proposals
from interviews.models import Candidate, Coaching, CoachingVacancy, Interview, Proposal
from tests.support.people import (
    make_contact,
    make_interview,
    make_note,
    make_proposal,
    make_result,
)

WORDS = "They like a call"


@pytest.fixture
def proposal(interview: Interview, bob: User, now: datetime) -> Proposal:
    return make_proposal(interview, bob, now=now)


@pytest.fixture
def url(proposal: Proposal) -> str:
    return f"/proposals/{proposal.pk}/answer/"


def today(client: Client) -> str:
    return client.get("/today/").content.decode()


def about(client: Client, interview: Interview) -> str:
    return client.get(f"/interviews/{interview.pk}/").content.decode()


def test_it_is_alices_to_answer(url: str, takes_posts_of_alice_alone: Callable[..., None]) -> None:
    takes_posts_of_alice_alone(url, answer="accepted")


def test_it_stands_on_today_and_with_its_interview_as_the_coachs(
    as_alice: Client, proposal: Proposal, interview: Interview, url: str
) -> None:
    for page in (today(as_alice), about(as_alice, interview)):
        assert "Bob suggests you call" in page
        assert f"“{WORDS}”" in page
        assert f'action="{url}"' in page
        assert "From your coach" in page


def test_it_is_mailed_once_as_the_coachs(
    interview: Interview, bob: User, alice: Candidate, now: datetime
) -> None:
    by_on = timezone.localtime(now, alice.zone).date() + timedelta(days=2)
    make_proposal(interview, bob, now=now, by_on=by_on)
    (sent,) = mail.outbox
    assert (sent.to, sent.subject) == (["alice@example.org"], "Bob suggested a next step")
    assert f"Bob suggests you call by {by_on:%A} {by_on.day} {by_on:%B}" in sent.body
    assert f"Your coach writes: “{WORDS}”" in sent.body
    assert f"/interviews/{interview.pk}/" in sent.body


def test_a_discreet_subject_names_nobody(
    interview: Interview, bob: User, alice: Candidate, now: datetime
) -> None:
    alice.has_discreet_subjects = True
    alice.save()
    make_proposal(Interview.objects.get(pk=interview.pk), bob, now=now)
    assert mail.outbox[0].subject == "You have a new suggestion"


def test_accepted_it_stays_with_the_way_to_do_it_until_it_is_done(
    as_alice: Client, url: str, interview: Interview, now: datetime
) -> None:
    before = Interview.objects.values().get(pk=interview.pk)
    page = as_alice.post(url, {"answer": "accepted", "next": "/today/"}, follow=True)
    assert "Suggestion accepted. It stays on Today until you do it." in page.content.decode()
    assert "Bob suggested calling" in page.content.decode()
    assert f'href="/interviews/{interview.pk}/call/">Open call script' in page.content.decode()
    assert Interview.objects.values().get(pk=interview.pk) == before  # it changes no fact
    make_contact(interview, now=now + timedelta(minutes=5))
    assert "As Bob proposed" not in today(as_alice)


@pytest.mark.parametrize(
    ("action", "page"), [("write", "letter"), ("prepare", "questions"), ("other", "")]
)
def test_each_kind_has_its_way(
    as_alice: Client, ahead: Interview, bob: User, now: datetime, action: str, page: str
) -> None:
    made = make_proposal(ahead, bob, now=now, action=action)
    proposals.answer_proposal(proposal=made, answer="accepted", now=now)
    row = f'<li id="w-{ahead.pk}".*?</li>'
    shown = re.search(row, today(as_alice), re.DOTALL)
    assert shown is not None
    assert f'href="/interviews/{ahead.pk}/{page and page + "/"}"' in shown.group()


def test_declined_it_goes_and_can_be_taken_back(
    as_alice: Client, url: str, interview: Interview, proposal: Proposal
) -> None:
    page = as_alice.post(url, {"answer": "declined", "next": "/today/"}, follow=True)
    assert WORDS not in page.content.decode()
    assert "Accept instead" in about(as_alice, interview)
    token = re.search(r'name="token" value="([^"]+)"', page.content.decode())
    assert token is not None
    undone = as_alice.post("/undo/", {"token": token.group(1), "next": "/today/"}, follow=True)
    assert "Undone." in undone.content.decode()
    assert WORDS in undone.content.decode()
    proposal.refresh_from_db()
    assert (proposal.answer, proposal.answered_at) == ("", None)
    again = as_alice.post("/undo/", {"token": token.group(1)}, follow=True).content.decode()
    assert "nothing left to undo" in again


def test_declined_after_accepting_it_is_accepted_again_by_undoing(
    as_alice: Client, url: str, proposal: Proposal
) -> None:
    as_alice.post(url, {"answer": "accepted"})
    page = as_alice.post(url, {"answer": "declined"}, follow=True).content.decode()
    token = re.search(r'name="token" value="([^"]+)"', page)
    assert token is not None
    as_alice.post("/undo/", {"token": token.group(1)})
    proposal.refresh_from_db()
    assert proposal.answer == "accepted"


def test_an_answer_that_is_none_changes_nothing(
    as_alice: Client, url: str, proposal: Proposal
) -> None:
    page = as_alice.post(url, {"answer": "perhaps"}, follow=True).content.decode()
    assert "Choose Accept or Decline." in page
    proposal.refresh_from_db()
    assert proposal.answer == ""


def test_what_leaves_no_fact_is_said_to_be_done(
    as_alice: Client, interview: Interview, bob: User, now: datetime
) -> None:
    made = make_proposal(interview, bob, now=now, action="other", words=WORDS)
    url = f"/proposals/{made.pk}/answer/"
    assert 'value="done"' not in today(as_alice)
    as_alice.post(url, {"answer": "accepted"})
    assert "Bob suggested a next step" in today(as_alice)
    assert 'value="done"' in today(as_alice)
    page = as_alice.post(url, {"answer": "done", "next": "/today/"}, follow=True)
    assert "Marked as done. Your coach will see it." in page.content.decode()
    assert WORDS not in page.content.decode()
    made.refresh_from_db()
    assert (made.answer, made.done_at is not None) == ("accepted", True)
    token = re.search(r'name="token" value="([^"]+)"', page.content.decode())
    assert token is not None
    as_alice.post("/undo/", {"token": token.group(1)})
    assert WORDS in today(as_alice)


def test_only_what_the_candidate_accepted_is_done(
    as_alice: Client, url: str, proposal: Proposal
) -> None:
    assert as_alice.post(url, {"answer": "done"}).status_code == 404
    as_alice.post(url, {"answer": "accepted"})
    assert 'value="done"' not in today(as_alice)  # a call is noted


def test_it_says_how_long_an_accepted_one_stands(
    as_alice: Client, ahead: Interview, bob: User, alice: Candidate, now: datetime
) -> None:
    day = timezone.localtime(now, alice.zone).date()
    for given, said in (
        ({"action": "call", "by_on": day}, "until you do it or its day passes."),
        ({"action": "prepare"}, "until you do it or the interview is over."),
        ({"action": "other"}, "until you do it."),
    ):
        made = make_proposal(ahead, bob, now=now, **given)
        answer = as_alice.post(f"/proposals/{made.pk}/answer/", {"answer": "accepted"}, follow=True)
        assert said in answer.content.decode()


def test_with_nothing_else_to_do_the_heading_leads_to_it(
    as_alice: Client, alice: Candidate, bob: User, now: datetime
) -> None:
    far = make_interview(alice, starts_at=now + timedelta(days=20), now=now)
    assert ": nothing to do today." in today(as_alice)
    make_proposal(far, bob, now=now)
    assert ": only your coach’s suggestions today." in today(as_alice)


def test_about_what_is_shared_no_longer_it_does_not_stand(
    as_alice: Client, url: str, proposal: Proposal, interview: Interview
) -> None:
    Coaching.objects.update(covers_all=False)
    assert WORDS not in today(as_alice)
    assert WORDS not in about(as_alice, interview)
    assert as_alice.post(url, {"answer": "accepted"}).status_code == 404
    CoachingVacancy.objects.create(coaching=proposal.coaching, vacancy=interview.vacancy)
    assert WORDS in today(as_alice)


@pytest.mark.parametrize("how", ["withdrawn", "ended", "lapsed"])
def test_one_that_no_longer_stands_is_not_there(
    as_alice: Client, url: str, proposal: Proposal, bob: User, how: str
) -> None:
    now = timezone.now()
    if how == "withdrawn":
        proposals.withdraw_proposal(proposal=proposal, now=now)
    elif how == "ended":
        coachings.end_coaching(coaching=Coaching.objects.get(), actor=bob, now=now)
    else:
        Coaching.objects.update(ends_at=now)
    assert WORDS not in today(as_alice)
    assert as_alice.post(url, {"answer": "accepted"}).status_code == 404
    assert as_alice.post(f"/proposals/{uuid4()}/answer/").status_code == 404


def test_a_result_ends_it(as_alice: Client, proposal: Proposal, interview: Interview) -> None:
    assert WORDS in today(as_alice)
    make_result(interview, now=timezone.now())
    assert WORDS not in today(as_alice)
    assert WORDS not in about(as_alice, interview)


def test_proposals_wait_out_of_sight_while_the_candidate_looks_for_something(
    as_alice: Client, proposal: Proposal
) -> None:
    assert WORDS not in as_alice.get("/today/?stage=first").content.decode()


def test_many_proposals_do_not_bury_the_page(
    as_alice: Client, alice: Candidate, bob: User, now: datetime
) -> None:
    row = make_interview(alice, starts_at=now - timedelta(hours=26), now=now)
    for number in range(14):
        make_proposal(row, bob, now=now, action="other", words=f"Word {number}")
    assert today(as_alice).count("wait from-coach") == 10
    assert about(as_alice, row).count("wait from-coach") == 14


def test_one_query_more_and_none_where_nobody_coaches(
    as_charlie: Client,
    charlie: Candidate,
    as_alice: Client,
    alice: Candidate,
    bob: User,
    now: datetime,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for owner in (alice, charlie):
        rows = [
            make_interview(owner, starts_at=now - timedelta(days=9), now=now, company=f"C {n}")
            for n in range(3)
        ]
    rows = list(Interview.objects.of(alice))
    for row in rows:
        make_proposal(row, bob, now=now)
    for client, count in ((as_charlie, 7), (as_alice, 8)):
        today(client)
        with django_assert_num_queries(count):
            today(client)


# --- notes --------------------------------------------------------------------------------------


def test_shared_notes_stand_with_the_interview_also_after_the_end(
    as_alice: Client, interview: Interview, bob: User, now: datetime
) -> None:
    make_note(interview, bob, now=now, text="Well told")
    make_note(interview, bob, now=now, text="For myself", is_shared=False)
    for end in (None, now):
        Coaching.objects.update(ended_at=end)
        page = about(as_alice, interview)
        assert "From your coach" in page
        assert "Well told" in page
        assert "For myself" not in page


def test_comments_on_the_letter_stand_beside_its_draft(
    as_alice: Client, interview: Interview, bob: User, now: datetime
) -> None:
    make_note(interview, bob, now=now, text="About the talk")
    make_note(interview, bob, now=now, text="Shorter, please", about="letter")
    page = as_alice.get(f"/interviews/{interview.pk}/letter/").content.decode()
    assert page.index("Shorter, please") < page.index('name="subject"')
    assert "About the talk" not in page


def test_an_interview_nobody_said_anything_of_has_no_such_part(
    as_alice: Client, bob: User, interview: Interview
) -> None:
    assert "From your coach" not in about(as_alice, interview)
    assert "From your coach" not in today(as_alice)
