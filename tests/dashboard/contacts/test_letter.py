import re
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.test import Client

from interviews.models import Candidate, Contact, Interview, OwnLetter
from tests.support import people
from tests.support.step_factories import stand


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


def test_a_draft_to_open_in_the_own_mail_program(as_alice: Client, interview: Interview) -> None:
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
    assert b"This time is in the future" in response.content
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
    assert "Thank-you, with what was agreed.</strong>" in page
    as_alice.post(url_of(promised), filled())
    assert Contact.objects.get().purpose == "thanks"


def test_before_the_day_no_draft_calls_it_late(as_alice: Client, promised: Interview) -> None:
    page = as_alice.get(f"{url_of(promised)}?occasion=late_answer").content.decode()
    assert "May I ask where things stand?" in page
    assert "I had hoped to hear from you" not in page


def test_once_it_is_late_the_draft_says_so(
    as_alice: Client, alice: Candidate, now: datetime
) -> None:
    late = stand(alice, "call", now=now)
    page = as_alice.get(url_of(late)).content.decode()
    assert "Late answer.</strong>" in page
    assert "I had hoped to hear from you by" in page


def test_a_letter_after_a_try_is_no_thanks(
    as_alice: Client, alice: Candidate, now: datetime
) -> None:
    late = stand(alice, "call", now=now)
    people.make_contact(late, now=now)
    assert "Late answer.</strong>" in as_alice.get(url_of(late)).content.decode()


def test_a_letter_after_they_had_no_decision_asks_and_does_not_thank(
    as_alice: Client, alice: Candidate, now: datetime
) -> None:
    late = stand(alice, "call", now=now)
    people.make_contact(late, now=now, outcome="reached", purpose="follow_up")
    page = as_alice.get(url_of(late)).content.decode()
    assert "Late answer.</strong>" in page
    assert "You will call me" not in page


def test_after_a_result_nothing_is_late(
    as_alice: Client, interview: Interview, now: datetime
) -> None:
    people.make_result(interview, now=now, kind="offer")
    page = as_alice.get(url_of(interview)).content.decode()
    assert "Thank-you, with what was agreed.</strong>" in page


def test_saving_says_so(as_alice: Client, interview: Interview) -> None:
    page = as_alice.post(url_of(interview), filled(), follow=True).content
    assert b'<p class="success">Letter marked as sent.</p>' in page


def test_whom_it_goes_to(as_alice: Client, interview: Interview) -> None:
    page = as_alice.get(url_of(interview)).content.decode()
    (label,) = re.findall(r'<label\s+for="id_person"[^>]*>\s*(.*?)\s*</label>', page, re.DOTALL)
    assert label == "To"


# --- own texts ----------------------------------------------------------------------------------


def kept(as_alice: Client, interview: Interview, text: str, occasion: str = "thanks") -> None:
    data = filled(keep="1", subject="Product analyst: thanks", notes=text)
    url = f"{url_of(interview)}?occasion={occasion}"
    assert as_alice.post(url, data)["Location"] == url


@pytest.fixture
def other(alice: Candidate, now: datetime) -> Interview:
    """Somebody else, another position, another company."""
    starts = now - timedelta(hours=50)
    people_there = (("Ben Naso", "recruiter"),)
    return people.make_interview(
        alice, starts_at=starts, now=now, company="Bolt", title="Lead", people=people_there
    )


def test_an_own_text_is_filled_in_for_the_next_occasion(
    as_alice: Client, interview: Interview, other: Interview
) -> None:
    kept(as_alice, interview, "Dear Anna Petrova,\r\nthe Product analyst at Acme is me.\r\nAlice")
    page = as_alice.get(f"{url_of(other)}?occasion=thanks").content.decode()
    assert "Dear Ben Naso,\nthe Lead at Bolt is me.\nAlice</textarea>" in page
    assert 'value="Lead: thanks"' in page
    assert "Dear%20Ben%20Naso%2C%0D%0Athe%20Lead%20at%20Bolt" in page
    assert "Dear {person}," in page


def test_another_occasion_keeps_its_draft(as_alice: Client, interview: Interview) -> None:
    kept(as_alice, interview, "My own words")
    page = as_alice.get(f"{url_of(interview)}?occasion=letting_go").content.decode()
    assert "My own words" not in page
    assert "Delete template" not in page


def test_the_way_back_to_the_draft(as_alice: Client, interview: Interview) -> None:
    kept(as_alice, interview, "My own words")
    url = f"{url_of(interview)}?occasion=thanks"
    assert b"My own words" in as_alice.get(url).content
    page = as_alice.post(url, filled(forget="1"), follow=True).content.decode()
    assert "Template deleted. You’ll start from our draft again." in page
    assert "My own words" not in page
    assert not OwnLetter.objects.exists()


def test_kept_again_it_replaces_the_earlier(as_alice: Client, interview: Interview) -> None:
    kept(as_alice, interview, "First")
    kept(as_alice, interview, "Second")
    assert OwnLetter.objects.get().body == "Second"


def test_keeping_notes_no_letter(as_alice: Client, interview: Interview) -> None:
    kept(as_alice, interview, "My own words")
    assert not Contact.objects.exists()


def test_nothing_to_keep(as_alice: Client, interview: Interview) -> None:
    data = filled(keep="1", subject="Kept subject", notes="")
    response = as_alice.post(url_of(interview), data)
    assert response.status_code == 422
    assert b"Write the letter before you save it." in response.content
    assert b"Kept subject" in response.content
    assert not OwnLetter.objects.exists()


def test_nobody_else_keeps_or_sees_it(
    as_alice: Client, as_bob: Client, as_charlie: Client, interview: Interview, charlie: Candidate
) -> None:
    for visitor in (as_bob, as_charlie):
        assert visitor.post(url_of(interview), filled(keep="1")).status_code == 404
        assert visitor.post(url_of(interview), filled(forget="1")).status_code == 404
    kept(as_alice, interview, "My own words")
    starts = interview.starts_at
    theirs = people.make_interview(charlie, starts_at=starts, now=interview.ends_at)
    page = as_charlie.get(f"{url_of(theirs)}?occasion=thanks").content
    assert b"My own words" not in page


def test_after_a_withdrawal_letting_go_is_not_confirmed_again(
    as_alice: Client, interview: Interview, now: datetime
) -> None:
    people.make_result(interview, now=now, kind="withdrawn")
    response = as_alice.post(f"{url_of(interview)}?occasion=letting_go", filled())
    assert response["Location"] == f"/interviews/{interview.pk}/"


def test_subject_and_text_of_the_address_are_encoded(
    as_alice: Client, interview: Interview
) -> None:
    kept(as_alice, interview, "Salt & pepper = 100 %? #1\r\nÜber + 1")
    page = as_alice.get(f"{url_of(interview)}?occasion=thanks").content.decode()
    body = "Salt%20%26%20pepper%20%3D%20100%20%25%3F%20%231%0D%0A%C3%9Cber%20%2B%201"
    assert f"subject=Product%20analyst%3A%20thanks&amp;body={body}" in page


def test_after_a_refusal_it_follows_one_though_nothing_is_left_to_do(
    as_alice: Client, interview: Interview, now: datetime
) -> None:
    people.make_result(interview, now=now, kind="refusal", lessons="recorded")
    page = as_alice.get(url_of(interview)).content.decode()
    assert "After a rejection.</strong>" in page
    assert "when can I expect" not in page
