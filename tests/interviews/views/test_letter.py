import re
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.test import Client

from interviews.models import Candidate, Contact, Interview
from tests.support import people
from tests.support.standing import stand


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


@pytest.fixture
def promised(interview: Interview, now: datetime) -> Interview:
    """An answer is promised in two weeks."""
    day = (now + timedelta(days=14)).date()
    people.make_agreement(interview, now=now, due_on=day, may_call="yes")
    return Interview.objects.get(pk=interview.pk)


def test_before_the_day_it_thanks_with_what_was_agreed(
    as_alice: Client, promised: Interview
) -> None:
    page = as_alice.get(url_of(promised)).content.decode()
    assert "Thanks, with what was agreed.</strong>" in page
    as_alice.post(url_of(promised), filled())
    assert Contact.objects.get().purpose == "thanks"


def test_before_the_day_no_draft_calls_it_late(as_alice: Client, promised: Interview) -> None:
    page = as_alice.get(f"{url_of(promised)}?occasion=late_answer").content.decode()
    assert "May I ask where things stand?" in page
    assert "I had hoped for an answer" not in page


def test_once_it_is_late_the_draft_says_so(
    as_alice: Client, alice: Candidate, now: datetime
) -> None:
    late = stand(alice, "call", now=now)
    page = as_alice.get(url_of(late)).content.decode()
    assert "The answer is late.</strong>" in page
    assert "I had hoped for an answer by" in page


def test_a_letter_after_a_try_is_no_thanks(
    as_alice: Client, alice: Candidate, now: datetime
) -> None:
    late = stand(alice, "call", now=now)
    people.make_contact(late, now=now)
    assert "The answer is late.</strong>" in as_alice.get(url_of(late)).content.decode()


def test_after_a_result_nothing_is_late(
    as_alice: Client, interview: Interview, now: datetime
) -> None:
    people.make_result(interview, now=now, kind="offer")
    page = as_alice.get(url_of(interview)).content.decode()
    assert "Thanks, with what was agreed.</strong>" in page


def test_saving_says_so(as_alice: Client, interview: Interview) -> None:
    page = as_alice.post(url_of(interview), filled(), follow=True).content
    assert b'<p class="success">The letter is noted.</p>' in page


def test_whom_it_goes_to(as_alice: Client, interview: Interview) -> None:
    page = as_alice.get(url_of(interview)).content.decode()
    (label,) = re.findall(r'<label\s+for="id_person"[^>]*>\s*(.*?)\s*</label>', page, re.DOTALL)
    assert label == "To"
