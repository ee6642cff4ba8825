"""The composer in a row of the overview and of a candidate's page: it opens by the address, and
what is sent leads back to the row."""

from datetime import date, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from interviews.models import Candidate, Coaching, CoachNote, Interview, Proposal
from interviews.services import interviews
from staff.coach.suggestion import draft_of
from tests.support.people import make_agreement, make_interview, make_proposal, make_result
from tests.support.step_factories import stand

TYPED = {"action": "call", "by_on": "", "words": "They like a call"}


def send(client: Client, row: Interview, page: str, typed: dict[str, str]) -> str:
    """Return where it leads."""
    answer = client.post(f"/admin/interviews/interview/{row.pk}/{page}/", typed)
    assert answer.status_code == 302, answer.content.decode()
    return answer["Location"]


@pytest.fixture
def page_of_alice(alice: Candidate) -> str:
    return f"/admin/interviews/candidate/{alice.pk}/change/"


@pytest.mark.parametrize(
    ("say", "button"),
    [("", "Send suggestion"), ("note", "Save note"), ("comment", "Send suggestion")],
)
def test_a_row_of_the_overview_opens(
    as_bob: Client, of_alice: Interview, say: str, button: str
) -> None:
    shown = as_bob.get("/admin/", {"open": str(of_alice.pk), "say": say, "by": "candidate"})
    page = shown.content.decode()
    assert f">{button}</button>" in page
    assert f'<li id="row-{of_alice.pk}"' in page
    assert f'href="/admin/?by=candidate#row-{of_alice.pk}"' in page  # Cancel
    assert '<input type="hidden" name="back" value="by=candidate">' in page


@pytest.mark.parametrize("asked", ["", "nonsense", "charlie"])
def test_only_a_row_that_is_shared_opens(
    as_bob: Client, charlie: Candidate, page_of_alice: str, asked: str
) -> None:
    key = Interview.objects.filter(candidate=charlie)[0].pk if asked == "charlie" else asked
    for page in ("/admin/", page_of_alice):
        shown = as_bob.get(page, {"open": str(key)})
        assert shown.status_code == 200
        assert shown.context["composer"] is None


def test_a_position_that_is_not_chosen_does_not_open(
    as_bob: Client, coaching: Coaching, of_alice: Interview
) -> None:
    Coaching.objects.filter(pk=coaching.pk).update(covers_all=False)
    assert as_bob.get("/admin/", {"open": str(of_alice.pk)}).context["composer"] is None


def test_a_suggestion_leads_back_to_its_row(as_bob: Client, bob: User, of_alice: Interview) -> None:
    back = f"by=candidate&candidate={of_alice.candidate_id}"
    where = send(as_bob, of_alice, "propose", TYPED | {"back": back})
    assert where == f"/admin/?{back}&sent={of_alice.pk}&say=suggest#row-{of_alice.pk}"
    assert Proposal.objects.filter(coaching__coach=bob, interview=of_alice).exists()
    assert "Suggestion sent." in row_of(as_bob, where, of_alice)


def row_of(client: Client, where: str, row: Interview) -> str:
    """What the row says; what was done is said nowhere else."""
    page = " ".join(client.get(where).content.decode().split())
    assert 'id="messages" role="status"> </div>' in page
    return page.partition(f'<li id="row-{row.pk}"')[2].partition("</li>")[0]


def test_a_suggestion_is_withdrawn_where_it_was_sent(
    as_bob: Client, bob: User, of_alice: Interview
) -> None:
    where = send(as_bob, of_alice, "propose", TYPED | {"back": ""})
    made = Proposal.objects.get(coaching__coach=bob, interview=of_alice)
    withdraw = f"/admin/interviews/proposal/{made.pk}/withdraw/"
    assert f'action="{withdraw}"' in row_of(as_bob, where, of_alice)
    where = as_bob.post(withdraw, {"back": ""})["Location"]
    assert where == f"/admin/?sent={of_alice.pk}#row-{of_alice.pk}"
    said = row_of(as_bob, where, of_alice)
    assert "Suggestion withdrawn. Alice no longer sees it." in said
    assert withdraw not in said


def test_a_note_is_told_in_its_row(as_bob: Client, bob: User, of_alice: Interview) -> None:
    """Without a button that withdraws the suggestion from before."""
    made = make_proposal(of_alice, bob, now=timezone.now() - timedelta(days=1))
    where = send(as_bob, of_alice, "note", {"text": "Ask for the band", "back": ""})
    said = row_of(as_bob, where, of_alice)
    assert "Note saved." in said
    assert f"/proposal/{made.pk}/withdraw/" not in said
    again = row_of(as_bob, where, of_alice)
    assert "Note saved." not in again
    assert "Note today" in again


def test_a_note_leads_back_to_the_candidate(
    as_bob: Client, bob: User, of_alice: Interview, page_of_alice: str
) -> None:
    where = send(as_bob, of_alice, "note", {"text": "Ask for the band", "back": "candidate"})
    assert where == f"{page_of_alice}?sent={of_alice.pk}&say=note#row-{of_alice.pk}"
    note = CoachNote.objects.get(coaching__coach=bob)
    assert (note.interview, note.is_shared) == (of_alice, False)


@pytest.mark.parametrize(
    "back", ["", "//evil.example/", "next=https://evil.example/", "open=1&by=x%0d%0aSet-Cookie:a"]
)
def test_it_leads_nowhere_else(as_bob: Client, of_alice: Interview, back: str) -> None:
    where = send(as_bob, of_alice, "note", {"text": "Well told", "back": back})
    assert where.startswith("/admin/")
    assert "evil" not in where
    assert "\n" not in where
    assert where.endswith(f"#row-{of_alice.pk}")


def test_what_is_refused_keeps_its_text_and_its_way_back(
    as_bob: Client, of_alice: Interview
) -> None:
    typed = TYPED | {"by_on": "2020-01-01", "back": "by=candidate"}
    answer = as_bob.post(f"/admin/interviews/interview/{of_alice.pk}/propose/", typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "They like a call" in page
    assert '<input type="hidden" name="back" value="by=candidate">' in page
    assert page.count('<section class="matters-of') >= 1  # the overview, with the row open
    assert f'href="/admin/?by=candidate#row-{of_alice.pk}"' in page
    answer = as_bob.post(
        f"/admin/interviews/interview/{of_alice.pk}/note/", {"text": "", "back": "candidate"}
    )
    assert answer.status_code == 422
    assert "Enter a note." in answer.content.decode().partition(f'id="row-{of_alice.pk}"')[2]


@pytest.mark.parametrize("back", ["", "by=candidate", "candidate"])
def test_what_is_refused_without_its_row_is_on_the_interviews_page(
    as_bob: Client, of_alice: Interview, back: str
) -> None:
    """The candidate has cancelled it meanwhile."""
    interviews.cancel_interview(interview=of_alice, now=timezone.now())
    page = f"/admin/interviews/interview/{of_alice.pk}/"
    answer = as_bob.post(f"{page}propose/", TYPED | {"back": back})
    assert answer.status_code == 422
    assert answer.context["request"].path == f"{page}change/"
    assert "They like a call" in answer.content.decode()
    assert "This interview was cancelled" in answer.content.decode()


def test_a_stranger_opens_and_sends_nothing(client: Client, of_alice: Interview) -> None:
    stranger = User.objects.create_user("dan@example.org", "a long enough word", is_staff=True)
    client.force_login(stranger)
    assert client.get("/admin/", {"open": str(of_alice.pk)}).context["composer"] is None
    sent = client.post(f"/admin/interviews/interview/{of_alice.pk}/propose/", TYPED)
    assert sent.status_code == 404
    assert not Proposal.objects.filter(interview=of_alice, words=TYPED["words"]).exists()


def test_what_is_shared_stands_beside_the_name(
    as_bob: Client, coaching: Coaching, of_alice: Interview, page_of_alice: str
) -> None:
    pages = (page_of_alice, f"/admin/interviews/interview/{of_alice.pk}/change/")
    for page in pages:
        assert "Shares interviews, notes and letters" in as_bob.get(page).content.decode()
    Coaching.objects.filter(pk=coaching.pk).update(shares="steps")
    for page in pages:
        assert "Shares next steps only" in as_bob.get(page).content.decode()


def test_the_agreement_does_not_speak_to_the_coach(as_bob: Client, of_alice: Interview) -> None:
    page = as_bob.get(f"/admin/interviews/interview/{of_alice.pk}/change/").content.decode()
    assert "May the candidate call?" in page
    assert "May you call?" not in page


def choices_of(client: Client, row: Interview) -> list[str]:
    form = client.get("/admin/", {"open": str(row.pk)}).context["composer"].form
    return [value for value, _label in form.fields["action"].choices]


@pytest.fixture
def all_of_alice(coaching: Coaching) -> None:
    Coaching.objects.filter(pk=coaching.pk).update(covers_all=True)


# What is due, and the suggestion that the form begins with.
DRAFTS = [
    ("call", "call", "it’s fine to ask"),
    ("write", "write", "not to be called"),
    ("prepare", "prepare", ""),
    ("weigh", "other", "Rate the position"),
    ("close", "other", "Close the wait"),
    ("let_go", "other", "Close the wait"),
    ("assume_refusal", "other", "no answer means no"),
    ("recontact", "other", "get in touch again"),
    ("fix_agreement", "other", "what you agreed"),
]


@pytest.mark.parametrize(("step", "words"), [(step, words) for step, _action, words in DRAFTS])
def test_a_draft_says_what_is_due(alice: Candidate, step: str, words: str) -> None:
    monday = datetime(2026, 11, 23, 10, 0, tzinfo=alice.zone)
    draft = draft_of(stand(alice, step, now=monday, company=step), is_whole=True, now=monday)
    assert draft is not None
    assert words in draft.words


@pytest.mark.parametrize(("step", "action"), [(step, action) for step, action, _words in DRAFTS])
@pytest.mark.usefixtures("all_of_alice")
def test_what_is_due_is_suggested_as_it_stands(
    as_bob: Client, bob: User, alice: Candidate, step: str, action: str
) -> None:
    """The first choice, chosen, with a day and a draft, can be sent at once."""
    row = stand(alice, step, now=timezone.now(), company=step)
    form = as_bob.get("/admin/", {"open": str(row.pk)}).context["composer"].form
    assert form.initial["action"] == choices_of(as_bob, row)[0]
    assert form.initial["by_on"] >= timezone.now().astimezone(alice.zone).date()
    send(as_bob, row, "propose", {name: str(value) for name, value in form.initial.items()})
    made = Proposal.objects.get(coaching__coach=bob, interview=row)
    assert (made.action, made.by_on) == (action, form.initial["by_on"])
    assert form.initial["words"] in made.words


@pytest.mark.usefixtures("all_of_alice")
def test_the_draft_goes_with_its_own_choice_only(
    as_bob: Client, bob: User, alice: Candidate
) -> None:
    """Words that were cleared are not sent."""
    row = stand(alice, "close", now=timezone.now(), company="Silent")
    form = as_bob.get("/admin/", {"open": str(row.pk)}).context["composer"].form
    typed = {"action": "call", "by_on": "", "words": form.initial["words"]}
    send(as_bob, row, "propose", typed)
    send(as_bob, row, "propose", {"action": "close", "by_on": "", "words": ""})
    made = Proposal.objects.filter(coaching__coach=bob, interview=row).order_by("pk")
    assert [(each.action, each.words) for each in made] == [
        ("call", ""),
        ("other", "Close the wait"),
    ]


@pytest.mark.usefixtures("all_of_alice")
def test_an_open_offer_is_talked_about(as_bob: Client, alice: Candidate) -> None:
    now = timezone.now()
    row = make_interview(alice, starts_at=now - timedelta(days=9), now=now, company="Offer")
    last = (now + timedelta(hours=1)).astimezone(alice.zone).date()
    given = {"kind": "offer", "lessons": "skipped", "offer_answer": "open"}
    make_result(row, now=now, offer_answer_by_on=last, **given)
    form = as_bob.get("/admin/", {"open": str(row.pk)}).context["composer"].form
    assert (form.initial["action"], form.initial["by_on"]) == ("offer", last)


@pytest.mark.usefixtures("all_of_alice")
def test_no_call_is_offered_where_it_is_not_wanted(as_bob: Client, alice: Candidate) -> None:
    row = stand(alice, "write", now=timezone.now(), company="Quiet")
    assert choices_of(as_bob, row) == ["write", "other"]
    assert "They asked not to be called." in as_bob.get(f"/admin/?open={row.pk}").content.decode()
    Coaching.objects.update(shares="steps")
    page = as_bob.get(f"/admin/?open={row.pk}").content.decode()
    assert choices_of(as_bob, row) == ["write", "call", "other"]
    assert "asked not to be called" not in page


@pytest.mark.parametrize(
    ("clock", "day"),
    [((11, 30), 26), ((20, 0), 27)],
    ids=["within contact hours", "in the evening"],
)
def test_what_can_be_done_today_is_suggested_for_today(
    bob: User, alice: Candidate, clock: tuple[int, int], day: int
) -> None:
    due = datetime(2026, 11, 26, 9, 0, tzinfo=alice.zone)
    row = stand(alice, "call", now=due, company="Due")
    draft = draft_of(row, is_whole=True, now=due.replace(hour=clock[0], minute=clock[1]))
    assert draft is not None
    assert draft.by_on == date(2026, 11, day)


@pytest.mark.usefixtures("all_of_alice")
def test_what_is_no_action_is_named_by_its_words(as_bob: Client, alice: Candidate) -> None:
    row = stand(alice, "close", now=timezone.now(), company="Silent")
    send(as_bob, row, "propose", {"action": "close", "by_on": "", "words": "Close this one"})
    page = as_bob.get(f"/admin/interviews/candidate/{alice.pk}/talk/").content.decode()
    assert "Your suggestion “Close this one”" in page
    page = as_bob.get(f"/admin/interviews/interview/{row.pk}/change/").content.decode()
    assert page.count("Close this one") == 2  # the suggestion, and its button's name


@pytest.mark.usefixtures("all_of_alice")
def test_what_lies_ahead_is_not_suggested_for_tomorrow(alice: Candidate) -> None:
    """An answer that leaves something for months later is talked about; a promise is waited for."""
    now = timezone.now()
    day = (now + timedelta(days=90)).date()
    told = make_interview(alice, starts_at=now - timedelta(days=9), now=now, company="Told")
    make_result(told, now=now, lessons="skipped", recontact_on=day)
    waiting = make_interview(alice, starts_at=now - timedelta(days=1), now=now, company="Waiting")
    make_agreement(waiting, now=waiting.ends_at, due_on=(now + timedelta(days=20)).date())
    for row in (told, waiting):
        row.refresh_from_db()
    local = now.astimezone(alice.zone)
    draft = draft_of(told, is_whole=True, now=local)
    assert draft is not None
    assert (draft.value, draft.words) == ("answer", "Let’s go through their answer together.")
    draft = draft_of(waiting, is_whole=True, now=local)
    assert draft is not None
    assert draft.by_on == waiting.step_due_at.astimezone(alice.zone).date()
    assert draft.words == ""  # they would say that the promised day has passed


def test_a_suggestion_is_withdrawn_in_its_row_on_the_candidates_page(
    as_bob: Client, bob: User, of_alice: Interview, page_of_alice: str
) -> None:
    where = send(as_bob, of_alice, "propose", TYPED | {"back": "candidate"})
    assert "Suggestion sent." in row_of(as_bob, where, of_alice)
    (proposal,) = Proposal.objects.filter(coaching__coach=bob)
    withdraw = f"/admin/interviews/proposal/{proposal.pk}/withdraw/"
    assert withdraw in row_of(as_bob, where, of_alice)
    where = as_bob.post(withdraw, {"back": "candidate"})["Location"]
    assert "Suggestion withdrawn." in row_of(as_bob, where, of_alice)


def test_a_note_about_a_talk_is_written_beside_its_questions(
    as_bob: Client, bob: User, alice: Candidate
) -> None:
    address = f"/admin/interviews/candidate/{alice.pk}/"
    assert f'action="{address}note/#notes"' in as_bob.get(f"{address}talk/").content.decode()
    asked = {"since": "2026-11-20"}
    back = as_bob.get(f"{address}talk/", asked).context["back"]
    answer = as_bob.post(f"{address}note/", {"text": "Spoke about Acme", "back": back})
    assert answer["Location"] == f"{address}talk/?since=2026-11-20&sent=note#notes"
    assert "Note saved. Only you see it." in as_bob.get(answer["Location"]).content.decode()
    assert CoachNote.objects.get(coaching__coach=bob).text == "Spoke about Acme"


def test_another_suggestion_needs_words(as_bob: Client, of_alice: Interview) -> None:
    typed = {"action": "other", "by_on": "", "words": ""}
    page = as_bob.post(f"/admin/interviews/interview/{of_alice.pk}/propose/", typed)
    assert page.context["form"].errors == {"words": ["Enter what you suggest."]}


def test_what_waits_for_an_answer_comes_before_another_form(
    as_bob: Client, bob: User, of_alice: Interview
) -> None:
    address = f"/admin/interviews/interview/{of_alice.pk}/change/"
    assert "Send suggestion" in as_bob.get(address).content.decode()
    make_proposal(of_alice, bob, now=timezone.now())
    page = as_bob.get(address).content.decode()
    assert page.index("They like a call") < page.index(f'href="{address}?say=suggest#say"')
    assert "Send suggestion" not in page
    assert "Save note" in as_bob.get(f"{address}?say=note").content.decode()
    row = as_bob.get("/admin/", {"open": str(of_alice.pk)}).content.decode()
    assert "Withdraw suggestion" in row
    assert "Send suggestion" not in row


def test_a_row_opens_with_what_was_suggested(
    as_bob: Client, bob: User, of_alice: Interview, page_of_alice: str
) -> None:
    make_proposal(of_alice, bob, now=timezone.now())
    for address in ("/admin/", page_of_alice):
        assert "They like a call" in row_of(as_bob, f"{address}?open={of_alice.pk}", of_alice)
