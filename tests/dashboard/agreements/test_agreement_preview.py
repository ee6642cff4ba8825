from datetime import timedelta

from django.test import Client

from interviews.models import Agreement, Interview
from tests.dashboard.agreements.test_agreement_create import filled


def url_of(interview: Interview) -> str:
    return f"/interviews/{interview.pk}/agreement/preview/"


def test_what_will_happen_when_is_said_and_nothing_is_recorded(
    as_alice: Client, interview: Interview
) -> None:
    answer = as_alice.post(url_of(interview), filled())
    assert "if you hear nothing." in answer.content.decode()
    assert not Agreement.objects.exists()


def test_the_candidates_promise_is_said_as_such(as_alice: Client, interview: Interview) -> None:
    due = interview.ends_at + timedelta(days=300)
    answer = as_alice.post(
        url_of(interview),
        filled(initiator="candidate", channel="email", due="other", due_on=f"{due:%Y-%m-%d}"),
    )
    text = answer.content.decode()
    assert text.startswith("Write to ")
    assert "if you hear nothing" not in text


def test_a_card_that_makes_no_sense_yet_says_nothing(
    as_alice: Client, interview: Interview
) -> None:
    for wrong in ({"due": "other"}, {"due": "other", "due_on": "2001-01-01"}, {"due": ""}):
        answer = as_alice.post(url_of(interview), filled(**wrong))
        assert (answer.status_code, answer.content) == (200, b"")


def test_a_strangers_interview_is_not_there(as_charlie: Client, interview: Interview) -> None:
    assert as_charlie.post(url_of(interview), filled()).status_code == 404
