"""Half a page before a talk: what happened since coach and candidate last spoke, what is open, and
what was missing more than once, of what is shared."""

from datetime import date, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import AuditEntry, User
from coaching import notes
from coaching.permissions import CoachScope, scope_of
from coaching.talk import Talk, last_spoken_on, talk_of
from interviews.models import Candidate, Coaching, CoachingVacancy, CoachNote, Interview
from tests.support.people import (
    make_contact,
    make_interview,
    make_note,
    make_proposal,
    make_result,
)
from tests.support.queries import count_queries
from tests.support.step_factories import stand

NOW = datetime(2026, 11, 27, 12, 0, tzinfo=timezone.get_default_timezone())
SINCE = date(2026, 11, 20)


def over(candidate: Candidate, days: int, company: str, *gaps: str) -> Interview:
    """Held and refused that many days ago."""
    at = NOW - timedelta(days=days)
    row = make_interview(candidate, starts_at=at, now=at, company=company)
    make_result(row, now=at + timedelta(hours=5), competences=list(gaps), feedback=f"By {company}")
    return row


@pytest.fixture
def told(alice: Candidate, bob: User) -> Interview:
    """Before the last talk a refusal; since then another, a call, a letter and a suggestion."""
    over(alice, 20, "Before", "SQL", "English")
    over(alice, 3, "Since", "SQL")
    held = make_interview(alice, starts_at=NOW - timedelta(days=2), now=NOW, company="Held")
    make_contact(held, now=NOW)
    make_contact(held, now=NOW, channel="email", outcome="sent")
    make_contact(held, now=NOW, direction="in", outcome="reached")
    make_proposal(held, bob, now=NOW)
    make_note(held, bob, now=NOW, text="Told a story", is_shared=False)
    make_interview(alice, starts_at=NOW + timedelta(days=2), now=NOW, company="Ahead")
    return held


def scope(bob: User) -> CoachScope:
    return scope_of(bob, now=NOW)


def talk(bob: User, alice: Candidate) -> Talk:
    return talk_of(scope(bob), alice, since=SINCE, now=NOW)


def companies(rows: object) -> list[str]:
    return [row.vacancy.company.name for row in rows]  # type: ignore[attr-defined]


def test_what_happened_since(bob: User, alice: Candidate, told: Interview) -> None:
    found = talk(bob, alice)
    assert companies(found.held) == ["Held"]
    assert companies(found.results) == ["Since"]
    assert (found.calls, found.letters) == (1, 1)
    assert [each.interview for each in found.unanswered] == [told]
    assert [each.text for each in found.notes] == ["Told a story"]
    assert [(each.name, each.count) for each in found.gaps] == [("SQL", 2)]
    assert not found.is_quiet


def test_next_steps_only_tell_nothing_but_the_interviews(
    bob: User, alice: Candidate, told: Interview
) -> None:
    Coaching.objects.filter(coach=bob).update(shares="steps")
    found = talk(bob, alice)
    assert set(companies(found.held)) == {"Since", "Held"}
    assert (found.results, found.calls, found.letters, found.gaps) == ([], 0, 0, [])


def test_only_of_chosen_positions(bob: User, alice: Candidate, told: Interview) -> None:
    coaching = Coaching.objects.get(coach=bob)
    Coaching.objects.filter(pk=coaching.pk).update(covers_all=False)
    CoachingVacancy.objects.create(coaching=coaching, vacancy=told.vacancy)
    found = talk(bob, alice)
    assert companies(found.held) == ["Held"]
    assert (found.results, found.gaps) == ([], [])


def test_they_spoke_when_the_coach_wrote_about_the_whole_search(
    bob: User, alice: Candidate, told: Interview
) -> None:
    coaching = Coaching.objects.get(coach=bob)
    assert last_spoken_on(scope(bob), alice) is None
    note = CoachNote(coaching=coaching, about="candidate", text="Talked")
    notes.write_note(note=note, now=NOW - timedelta(days=4))
    assert last_spoken_on(scope(bob), alice) == date(2026, 11, 23)
    before = CoachNote(coaching=coaching, about="candidate", text="Ask about the offer")
    notes.write_note(note=before, now=NOW - timedelta(hours=1))
    assert last_spoken_on(scope(bob), alice) == date(2026, 11, 23)


def test_as_many_queries_for_many_as_for_few(bob: User, alice: Candidate, told: Interview) -> None:
    few = count_queries(lambda: talk(bob, alice))
    for number in range(5):
        over(alice, 4, f"More {number}", "SQL")
    assert count_queries(lambda: talk(bob, alice)) == few <= 8


# --- the page -----------------------------------------------------------------------------------


def path_of(candidate: Candidate) -> str:
    return f"/admin/interviews/candidate/{candidate.pk}/talk/"


def test_the_page_asks_since_when(as_bob: Client, bob: User, alice: Candidate) -> None:
    page = as_bob.get(path_of(alice), {"since": "2026-11-20"})
    said = " ".join(page.content.decode().split())
    assert page.status_code == 200
    assert page.context["talk"].since == SINCE
    assert "Since Friday 20 November" in said
    assert "Open questions" in said
    link = f'href="{path_of(alice)}"'
    assert link in as_bob.get(path_of(alice).replace("talk", "change")).content.decode()
    assert AuditEntry.objects.about(alice.user).filter(actor_id=bob.pk).exists()


@pytest.mark.parametrize("since", ["", "yesterday", "0001-01-01", "9999-12-31"])
def test_another_day_is_refused(as_bob: Client, alice: Candidate, since: str) -> None:
    answer = as_bob.get(path_of(alice), {"since": since})
    assert answer.status_code == 422
    assert "Check this field" in answer.content.decode()


def test_it_is_for_the_coach_alone(as_bob: Client, alice: Candidate, charlie: Candidate) -> None:
    assert as_bob.get(path_of(charlie)).status_code == 404
    assert as_bob.post(path_of(alice)).status_code == 404
    Coaching.objects.update(ended_at=timezone.now())
    assert as_bob.get(path_of(alice)).status_code == 404


def test_strangers_and_the_candidate_have_no_such_page(
    client: Client, alice: Candidate, charlie: Candidate
) -> None:
    for user in (alice.user, charlie.user):
        client.force_login(user)
        assert client.get(path_of(alice)).status_code != 200


def test_what_is_due_is_listed_once_with_a_question(
    client: Client, bob: User, alice: Candidate
) -> None:
    now = timezone.now()
    late = stand(alice, "call", now=now, company="Late")
    make_interview(alice, starts_at=now - timedelta(hours=2), now=now, company="Fresh")
    client.force_login(bob)
    asked = {"since": (now - timedelta(days=30)).date().isoformat()}
    context = client.get(f"/admin/interviews/candidate/{alice.pk}/talk/", asked).context
    questions = {
        each.row.interview.pk: question for question, some in context["open"] for each in some
    }
    assert questions[late.pk] == "When will you call, and what will you ask first?"
    held = context["talk"].held
    assert late.pk not in {each.pk for each in held}
    assert len(questions) + len(held) == 2


def test_what_is_asked_about_above_is_not_all_that_happened(
    client: Client, bob: User, alice: Candidate
) -> None:
    now = timezone.now()
    stand(alice, "call", now=now, company="Late")
    client.force_login(bob)
    asked = {"since": (now - timedelta(days=30)).date().isoformat()}
    page = client.get(path_of(alice), asked)
    assert page.context["talk"].held == []
    assert "Nothing was recorded." in page.content.decode()


def test_questions_stand_in_the_overviews_order(
    client: Client, bob: User, alice: Candidate
) -> None:
    """A call to return comes first, with what the same question is asked of; what can be closed
    comes last."""
    now = timezone.now()
    at = now - timedelta(days=9)
    stand(alice, "close", now=now, company="Closing")
    stand(alice, "call", now=now, company="Promised")
    offered = make_interview(alice, starts_at=at, now=at, company="Offer")
    offer = {"kind": "offer", "lessons": "skipped", "offer_answer": "open"}
    make_result(offered, now=now - timedelta(days=1), **offer)
    missed = make_interview(alice, starts_at=at, now=at, company="Missed")
    make_contact(missed, now=now, direction="in", outcome="no_answer")
    client.force_login(bob)
    context = client.get(path_of(alice)).context
    rows = [each.row.interview for _question, some in context["open"] for each in some]
    assert companies(rows) == ["Missed", "Promised", "Offer", "Closing"]
    page = client.get(path_of(alice).replace("talk", "change")).context
    waits = [each.interview for each in page["waits"]]
    assert companies(waits) == ["Missed", "Promised", "Closing"]


def test_a_suggestion_stands_below_what_it_is_about(
    client: Client, bob: User, alice: Candidate
) -> None:
    now = timezone.now()
    late = stand(alice, "call", now=now, company="Late")
    ahead = make_interview(alice, starts_at=now + timedelta(days=9), now=now, company="Ahead")
    for row in (late, ahead):
        make_proposal(row, bob, now=now, action="other", words=f"About {row.vacancy.company}")
    client.force_login(bob)
    context = client.get(path_of(alice)).context
    topics = [each for _question, some in context["open"] for each in some]
    told = [(each.row.interview, [p.words for p in each.unanswered]) for each in topics]
    assert told == [(late, ["About Late"])]
    assert [each.words for each in context["unanswered"]] == ["About Ahead"]


def test_what_a_rejection_leaves_to_do_is_asked_about(
    client: Client, bob: User, alice: Candidate
) -> None:
    """And what was missing leads to the results that say so."""
    now = timezone.now()
    for company, gaps in (("One", ["SQL, advanced"]), ("Two", ["SQL, advanced"]), ("Unasked", [])):
        at = now - timedelta(days=9)
        row = make_interview(alice, starts_at=at, now=at, company=company)
        make_result(row, now=now - timedelta(days=3), competences=gaps)
    client.force_login(bob)
    shown = client.get(path_of(alice), {"sent": "note"})
    questions = dict(shown.context["open"])
    asked = "What is the one thing you want to ask in your letter?"
    assert companies(each.row.interview for each in questions[asked]) == ["Unasked"]
    ((_gap, searched),) = shown.context["gaps"]
    results = client.get("/admin/interviews/result/", {"q": searched})
    assert len(results.context["cl"].result_list) == 2
    assert b"?q=%22SQL%2C" in shown.content


def test_results_to_discuss_are_those_of_the_overview(
    client: Client, bob: User, alice: Candidate
) -> None:
    now = timezone.now()
    for company, days in (("Fresh", 3), ("Old", 40)):
        at = now - timedelta(days=days)
        row = make_interview(alice, starts_at=at - timedelta(days=9), now=at, company=company)
        make_result(row, now=at, lessons="skipped")
    client.force_login(bob)
    found = client.get("/admin/interviews/result/", {"discuss": "yes"})
    assert companies(each.interview for each in found.context["cl"].result_list) == ["Fresh"]
    assert 'To discuss <span class="count">1</span>' in found.content.decode()


def test_a_note_refused_beside_the_questions_stays_there(as_bob: Client, alice: Candidate) -> None:
    """With the chosen date."""
    address = f"/admin/interviews/candidate/{alice.pk}/"
    back = "talk?since=2026-11-20"
    refused = as_bob.post(f"{address}note/", {"text": " ", "back": back})
    page = refused.content.decode()
    assert refused.status_code == 422
    assert "Enter a note." in page
    assert f'<input type="hidden" name="back" value="{back}">' in page
    assert refused.context["talk"].since == SINCE
