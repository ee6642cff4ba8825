from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client

from interviews.models import Contact, Interview


def filled(**changes: str) -> dict[str, str]:
    data = {
        "submission_id": str(uuid4()),
        "subject": "Our interview",
        "notes": "Dear Anna, …",
        "channel": "email",
        "person": "",
        "at_0": "",
        "at_1": "",
    }
    return data | changes


def url_of(interview: Interview) -> str:
    return f"/interviews/{interview.pk}/letter/"


def test_whose_page_it_is(is_alices_alone: Callable[[str], None], interview: Interview) -> None:
    is_alices_alone(url_of(interview))


def test_a_draft_to_open_in_her_own_mail_program(as_alice: Client, interview: Interview) -> None:
    page = as_alice.get(url_of(interview)).content.decode()
    assert "Dear Anna Petrova," in page
    assert 'href="mailto:' in page
    assert "Dear%20Anna%20Petrova%2C" in page


@pytest.mark.parametrize(
    ("occasion", "purpose"),
    [("late_answer", "follow_up"), ("after_refusal", "follow_up"), ("thanks", "thanks")],
)
def test_i_sent_it_notes_the_letter(
    as_alice: Client, interview: Interview, occasion: str, purpose: str
) -> None:
    response = as_alice.post(f"{url_of(interview)}?occasion={occasion}", filled())
    made = Contact.objects.get()
    assert response["Location"] == f"/interviews/{interview.pk}/"
    assert (made.direction, made.channel, made.outcome) == ("out", "email", "sent")
    assert (made.purpose, made.notes) == (purpose, "Dear Anna, …")


def test_letting_go_is_no_question_and_is_confirmed_as_a_withdrawal(
    as_alice: Client, interview: Interview
) -> None:
    response = as_alice.post(f"{url_of(interview)}?occasion=letting_go", filled())
    assert response["Location"] == f"/interviews/{interview.pk}/result/?kind=withdrawn&via=email"
    assert Contact.objects.get().purpose == "other"


def test_a_double_click_records_once(as_alice: Client, interview: Interview) -> None:
    data = filled()
    as_alice.post(url_of(interview), data)
    as_alice.post(url_of(interview), data)
    assert Contact.objects.count() == 1


def test_what_would_be_right_is_said_and_the_letter_stays(
    as_alice: Client, interview: Interview
) -> None:
    response = as_alice.post(url_of(interview), filled(at_0="2099-01-01", at_1="10:00"))
    assert response.status_code == 422
    assert b"lies in the future" in response.content
    assert "Dear Anna, …" in response.content.decode()


def test_an_occasion_that_is_none(as_alice: Client, interview: Interview) -> None:
    assert as_alice.get(f"{url_of(interview)}?occasion=birthday").status_code == 404
