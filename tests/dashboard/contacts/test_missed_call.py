import re
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4

from django.test import Client

from interviews.models import Contact, Interview


def url_of(interview: Interview) -> str:
    return f"/interviews/{interview.pk}/missed-call/"


def test_whose_it_is(takes_posts_of_alice_alone: Callable[..., None], interview: Interview) -> None:
    takes_posts_of_alice_alone(url_of(interview))


def test_one_tap_notes_it_for_now_and_leads_to_calling_back(
    as_alice: Client, interview: Interview, now: datetime
) -> None:
    response = as_alice.post(url_of(interview), {"submission_id": str(uuid4())}, follow=True)
    made = Contact.objects.get()
    assert (made.direction, made.channel, made.outcome) == ("in", "phone", "no_answer")
    assert (made.purpose, made.person) == ("follow_up", interview.step_person)
    assert timedelta() <= made.at - now < timedelta(minutes=1)
    page = response.content.decode()
    assert response.redirect_chain == [(f"/interviews/{interview.pk}/call/", 302)]
    assert "I missed a call from you on" in page


def test_it_is_one_tap_from_the_call_and_from_the_interview(
    as_alice: Client, interview: Interview
) -> None:
    for page in ("call/", ""):
        shown = as_alice.get(f"/interviews/{interview.pk}/{page}").content.decode()
        form = shown[shown.index(f'action="{url_of(interview)}"') :].split("</form>")[0]
        key = re.search(r'name="submission_id"\s+value="([0-9a-f-]{36})"', form)
        assert key is not None
        data = {"submission_id": key.group(1)}
        as_alice.post(url_of(interview), data)
        as_alice.post(url_of(interview), data)
    assert Contact.objects.count() == 2


def test_before_the_interview_there_is_none(as_alice: Client, ahead: Interview) -> None:
    assert b"missed-call" not in as_alice.get(f"/interviews/{ahead.pk}/").content
    page = as_alice.post(url_of(ahead), follow=True).content
    assert b"at most a day before the interview ended" in page
    assert not Contact.objects.exists()
