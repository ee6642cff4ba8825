"""What a coach adds on the coach's pages: notes, comments, proposals; requests, and ending a
coaching."""

from datetime import timedelta

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from django.utils import timezone

from accounts.audit_log import Kind
from accounts.models import AuditEntry, User
from coaching import coachings, requests
from interviews.models import (
    Candidate,
    Coaching,
    CoachingRequest,
    CoachNote,
    Interview,
    Proposal,
)
from tests.support.people import make_candidate, make_coaching, make_note, make_user
from tests.support.queries import count_queries
from tests.support.step_factories import stand

ASKED = ("charlie@example.org", "nobody@example.org")


def page_of(noun: str, key: object, action: str = "change") -> str:
    return f"/admin/interviews/{noun}/{key}/{action}/"


def own_notes(coaching: Coaching) -> list[tuple[str, str, bool]]:
    rows = CoachNote.objects.filter(coaching=coaching)
    return list(rows.values_list("about", "text", "is_shared"))


# --- notes --------------------------------------------------------------------------------------


def test_a_note_is_private_unless_it_is_shared(
    as_bob: Client, coaching: Coaching, alice: Candidate, of_alice: Interview
) -> None:
    for noun, key in (("candidate", alice.pk), ("interview", of_alice.pk)):
        answer = as_bob.post(page_of(noun, key, "note"), {"text": f"Of the {noun}"})
        assert answer.status_code == 302
        assert answer["Location"].startswith(page_of(noun, key))
        assert f"Of the {noun}" in as_bob.get(page_of(noun, key)).content.decode()
    assert own_notes(coaching) == [
        ("interview", "Of the interview", False),
        ("candidate", "Of the candidate", False),
    ]


def test_a_shared_note(as_bob: Client, coaching: Coaching, of_alice: Interview) -> None:
    as_bob.post(page_of("interview", of_alice.pk, "note"), {"text": "Well told", "is_shared": "on"})
    assert own_notes(coaching) == [("interview", "Well told", True)]


def test_a_comment_on_a_draft_is_always_said_to_the_candidate(
    as_bob: Client, coaching: Coaching, of_alice: Interview
) -> None:
    page = as_bob.get(page_of("interview", of_alice.pk)).content.decode()
    assert "Draft letter" in page
    as_bob.post(page_of("interview", of_alice.pk, "comment"), {"text": "Shorter"})
    assert own_notes(coaching) == [("letter", "Shorter", True)]


@pytest.mark.parametrize("action", ["note", "comment", "propose"])
def test_what_is_refused_stays_as_it_was_typed(
    as_bob: Client, of_alice: Interview, action: str
) -> None:
    typed = {"text": " ", "action": "none", "by_on": "some day", "words": "Why <b>not</b>"}
    answer = as_bob.post(page_of("interview", of_alice.pk, action), typed)
    assert answer.status_code == 422
    said = answer.content.decode()
    assert ("Check these fields" in said) == (action == "propose")  # two of them
    if action == "propose":
        assert "Why &lt;b&gt;not&lt;/b&gt;" in said
        assert "Enter a date, such as 2026-11-30." in said
    assert not Proposal.objects.filter(coaching__coach__email="bob@example.org").exists()


def test_words_are_never_markup(as_bob: Client, bob: User, of_alice: Interview) -> None:
    make_note(of_alice, bob, now=timezone.now(), text="<script>note</script>")
    of_alice.notes = "<script>notes</script>"
    of_alice.save(update_fields=["notes"])
    said = as_bob.get(page_of("interview", of_alice.pk)).content.decode()
    assert "<script>note" not in said
    assert "&lt;script&gt;notes" in said


def test_a_note_is_deleted_by_its_coach_alone(
    as_bob: Client, bob: User, alice: Candidate, of_alice: Interview
) -> None:
    mine = make_note(of_alice, bob, now=timezone.now())
    theirs = CoachNote.objects.exclude(coaching__coach=bob)[0]
    assert as_bob.post(page_of("coachnote", theirs.pk, "remove")).status_code == 404
    asked = as_bob.get(page_of("coachnote", mine.pk, "remove"))
    assert mine.text in asked.content.decode()
    assert CoachNote.objects.filter(pk=mine.pk).exists()
    as_bob.post(page_of("coachnote", mine.pk, "remove"))
    assert not CoachNote.objects.filter(pk=mine.pk).exists()


def test_private_notes_are_there_again_with_another_coaching(
    as_bob: Client, bob: User, coaching: Coaching, alice: Candidate, of_alice: Interview
) -> None:
    make_note(of_alice, bob, now=timezone.now(), text="Of before", is_shared=False)
    Coaching.objects.filter(pk=coaching.pk).update(ended_at=timezone.now())
    make_coaching(bob, alice)
    assert "Of before" in as_bob.get(page_of("interview", of_alice.pk)).content.decode()


@pytest.mark.parametrize(
    ("asked", "button"),
    [
        ("", "Send suggestion"),
        ("?say=suggest", "Send suggestion"),
        ("?say=note", "Save note"),
        ("?say=comment", "Send comment"),
        ("?say=nonsense", "Send suggestion"),
    ],
)
def test_the_composer_has_one_form_at_a_time(
    as_bob: Client, of_alice: Interview, asked: str, button: str
) -> None:
    said = as_bob.get(f"{page_of('interview', of_alice.pk)}{asked}").content.decode()
    buttons = ("Send suggestion", "Save note", "Send comment")
    assert [each for each in buttons if f">{each}</button>" in said] == [button]
    assert ("Alice reads this next to the draft letter." in said) == (button == "Send comment")


def test_whoever_shares_steps_only_has_no_letter_to_comment_on(
    as_bob: Client, coaching: Coaching, of_alice: Interview
) -> None:
    Coaching.objects.filter(pk=coaching.pk).update(shares="steps")
    said = as_bob.get(f"{page_of('interview', of_alice.pk)}?say=comment").content.decode()
    assert "Send comment" not in said
    assert "Comment for the candidate" not in said


# --- proposals ----------------------------------------------------------------------------------


def propose(client: Client, row: Interview, **given: str) -> int:
    typed = {"action": "call", "by_on": "", "words": "They like a call"} | given
    status: int = client.post(page_of("interview", row.pk, "propose"), typed).status_code
    return status


def test_a_proposal_reaches_the_candidate_by_mail_and_is_seen(
    as_bob: Client, bob: User, alice: Candidate, of_alice: Interview, mailoutbox: list[EmailMessage]
) -> None:
    day = timezone.now().astimezone(alice.zone).date() + timedelta(days=2)
    assert propose(as_bob, of_alice, by_on=day.isoformat()) == 302
    made = Proposal.objects.get(coaching__coach=bob)
    assert (made.action, made.by_on, made.words) == ("call", day, "They like a call")
    (mail,) = mailoutbox
    assert mail.to == ["alice@example.org"]
    assert "They like a call" in mail.body
    for path in (page_of("interview", of_alice.pk), page_of("candidate", alice.pk)):
        assert "No answer yet" in as_bob.get(path).content.decode()


def test_a_day_that_is_over_is_refused(as_bob: Client, bob: User, of_alice: Interview) -> None:
    assert propose(as_bob, of_alice, by_on="2020-01-01") == 422
    assert propose(as_bob, of_alice, action="other", words="") == 422
    assert not Proposal.objects.filter(coaching__coach=bob).exists()


def test_sent_twice_it_is_proposed_once(
    as_bob: Client, bob: User, of_alice: Interview, mailoutbox: list[EmailMessage]
) -> None:
    assert [propose(as_bob, of_alice), propose(as_bob, of_alice)] == [302, 422]
    assert Proposal.objects.filter(coaching__coach=bob).count() == 1
    assert len(mailoutbox) == 1


def test_a_proposal_is_withdrawn_until_it_is_answered(
    as_bob: Client, bob: User, of_alice: Interview
) -> None:
    propose(as_bob, of_alice)
    propose(as_bob, of_alice, action="write")
    call, write = Proposal.objects.filter(coaching__coach=bob).order_by("action")
    Proposal.objects.filter(pk=write.pk).update(answer="accepted", answered_at=timezone.now())
    for each in (call, write):
        as_bob.post(page_of("proposal", each.pk, "withdraw"))
        each.refresh_from_db()
    assert call.withdrawn_at is not None
    assert write.withdrawn_at is None
    theirs = Proposal.objects.exclude(coaching__coach=bob)[0]
    assert as_bob.post(page_of("proposal", theirs.pk, "withdraw")).status_code == 404


def test_a_coach_changes_no_fact(as_bob: Client, of_alice: Interview) -> None:
    before = Interview.objects.filter(pk=of_alice.pk).values()[0]
    propose(as_bob, of_alice)
    as_bob.post(page_of("interview", of_alice.pk, "note"), {"text": "A note"})
    assert as_bob.post(page_of("interview", of_alice.pk), {"notes": "Changed"}).status_code == 404
    assert Interview.objects.filter(pk=of_alice.pk).values()[0] == before


# --- letting in and ending ----------------------------------------------------------------------


def test_asking_says_the_same_whoever_has_the_address(
    as_bob: Client, mailoutbox: list[EmailMessage]
) -> None:
    said = set()
    for address in (*ASKED, ASKED[0]):
        answer = as_bob.post("/admin/interviews/coaching/ask/", {"address": address}, follow=True)
        said |= {str(each) for each in answer.context["messages"]}
    assert len(said) == 1
    asked = CoachingRequest.objects.filter(coach__email="bob@example.org")
    assert {each.address for each in asked} == set(ASKED)
    assert [each.to for each in mailoutbox] == [[each] for each in ASKED]
    page = as_bob.get("/admin/interviews/coaching/").content.decode()
    assert "charlie@example.org" in page


def test_requests_without_an_answer_stand_first_and_candidates_by_name(
    as_bob: Client, bob: User
) -> None:
    now = timezone.now()
    for name in ("Zoe", "adam"):
        make_coaching(bob, make_candidate(make_user(name)))
    for address, answer in (("yes@example.org", "accepted"), ("open@example.org", "")):
        CoachingRequest.objects.create(
            coach=bob,
            address=address,
            asked_at=now,
            answer=answer,
            answered_at=now if answer else None,
        )
    page = as_bob.get("/admin/interviews/coaching/").content.decode()
    told = ("open@example.org", "yes@example.org", "adam</bdi>", "Alice</bdi>", "Zoe</bdi>")
    places = [page.index(each) for each in told]
    assert places == sorted(places)


def test_that_it_was_declined_is_not_told(as_bob: Client, bob: User) -> None:
    as_bob.post("/admin/interviews/coaching/ask/", {"address": "charlie@example.org"})
    before = as_bob.get("/admin/interviews/coaching/").content.decode()
    request = CoachingRequest.objects.get(coach=bob)
    requests.decline_request(request=request, for_good=True, now=timezone.now())
    after = as_bob.get("/admin/interviews/coaching/").content.decode()
    assert "declined" not in after.split("Asked ")[1]
    assert before.count("Asked ") == after.count("Asked ") == 1


def test_a_day_allows_so_many(as_bob: Client) -> None:
    path = "/admin/interviews/coaching/ask/"
    answers = [as_bob.post(path, {"address": f"a{n}@example.org"}).status_code for n in range(21)]
    assert answers == [302] * 20 + [422]
    assert as_bob.post(path, {"address": "no address"}).status_code == 422


def test_ending_asks_first_and_closes_at_once(
    as_bob: Client, alice: Candidate, coaching: Coaching
) -> None:
    path = page_of("coaching", coaching.pk, "end")
    assert "End coaching?" in as_bob.get(path).content.decode()
    assert as_bob.get(page_of("candidate", alice.pk)).status_code == 200
    assert as_bob.post(path)["Location"] == "/admin/interviews/coaching/"
    assert as_bob.get(page_of("candidate", alice.pk)).status_code == 404
    assert as_bob.post(path).status_code == 404
    kinds = [each.kind for each in AuditEntry.objects.about(alice.user)]
    assert Kind.UNSHARED in kinds
    assert "Alice" in as_bob.get("/admin/interviews/coaching/").content.decode()


def test_nobody_ends_anothers_coaching(as_bob: Client, bob: User) -> None:
    other = Coaching.objects.exclude(coach=bob)[0]
    assert as_bob.post(page_of("coaching", other.pk, "end")).status_code == 404
    other.refresh_from_db()
    assert other.ended_at is None


def test_an_invitation_stands_on_the_coachs_pages(
    as_bob: Client, bob: User, charlie: Candidate
) -> None:
    terms = coachings.Terms(shares="steps")
    now = timezone.now()
    made = coachings.invite_coach(candidate=charlie, address=bob.email, terms=terms, now=now)
    for path in ("/admin/", "/admin/interviews/coaching/"):
        said = as_bob.get(path).content.decode()
        assert f'href="/coaching/invitations/{made.pk}/"' in said
        assert "Charlie" in said


# --- queries ------------------------------------------------------------------------------------


def test_a_candidates_page_asks_as_much_for_eight_waits_as_for_two(
    as_bob: Client, alice: Candidate
) -> None:
    def queries() -> int:
        as_bob.get(page_of("candidate", alice.pk))
        return count_queries(lambda: as_bob.get(page_of("candidate", alice.pk)))

    now = timezone.now()
    for number in range(2):
        stand(alice, "call", now=now, company=f"Few {number}")
    few = queries()
    for number in range(6):
        stand(alice, "call", now=now, company=f"Many {number}")
    assert queries() == few
    assert few <= 17


def test_whose_page_it_is_and_in_which_zone(
    as_bob: Client, alice: Candidate, of_alice: Interview
) -> None:
    alice.timezone = "Asia/Tokyo"
    alice.save(update_fields=["timezone"])
    for path in (page_of("candidate", alice.pk), page_of("interview", of_alice.pk)):
        said = as_bob.get(path).content.decode()
        assert "Tokyo time" in said
        assert "Alice" in said


def test_until_when_it_is_shared_is_said(
    as_bob: Client, alice: Candidate, coaching: Coaching
) -> None:
    now = timezone.now()
    terms = coachings.Terms(shares="interviews", ends_on=(now + timedelta(days=9)).date())
    coachings.change_terms(coaching=coaching, terms=terms, now=now)
    said = as_bob.get(page_of("candidate", alice.pk)).content.decode()
    last = terms.ends_on
    assert f"until {last:%A} {last.day} {last:%B}" in said
