"""The composer in a row of the overview and of a candidate's page: it opens by the address, and
what is sent leads back to the row."""

import pytest
from django.test import Client

from accounts.models import User
from interviews.models import Candidate, Coaching, CoachNote, Interview, Proposal

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
    assert f'href="?by=candidate#row-{of_alice.pk}"' in page  # Cancel
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
    assert where == f"/admin/?{back}#row-{of_alice.pk}"
    assert Proposal.objects.filter(coaching__coach=bob, interview=of_alice).exists()
    assert "Suggestion sent." in as_bob.get(where).content.decode()


def test_a_note_leads_back_to_the_candidate(
    as_bob: Client, bob: User, of_alice: Interview, page_of_alice: str
) -> None:
    where = send(as_bob, of_alice, "note", {"text": "Ask for the band", "back": "candidate"})
    assert where == f"{page_of_alice}#row-{of_alice.pk}"
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
