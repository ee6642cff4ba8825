import re
from collections.abc import Callable
from datetime import datetime, timedelta
from urllib.parse import parse_qs
from uuid import uuid4

import pytest
from django.test import Client

from dashboard.contacts.call import hour_of_call
from interviews.current_step import CurrentStep
from interviews.models import Candidate, Contact, Interlocutor, Interview
from tests.support import people
from tests.support.step_factories import stand


def filled(**changes: str) -> dict[str, str]:
    data = {"submission_id": str(uuid4()), "outcome": "nobody", "person": "", "notes": ""}
    return data | {"at_0": "", "at_1": ""} | changes


def url_of(interview: Interview) -> str:
    return f"/interviews/{interview.pk}/call/"


def test_whose_page_it_is(is_alices_alone: Callable[[str], None], interview: Interview) -> None:
    is_alices_alone(url_of(interview))


@pytest.fixture
def late(alice: Candidate, now: datetime) -> Interview:
    """Promised ten days ago; whatever the hour and the weekday, it is time to call."""
    starts, day = now - timedelta(days=20), (now - timedelta(days=10)).date()
    interview = people.make_interview(alice, starts_at=starts, now=starts)
    people.make_agreement(interview, now=now, due_on=day, may_call="yes")
    return interview


def test_number_words_and_calm(as_alice: Client, late: Interview) -> None:
    page = as_alice.get(url_of(late)).content.decode()
    assert 'href="tel:+4930901820"' in page
    assert "Ask for Anna Petrova at Acme." in page
    assert "Hello, this is Alice." in page
    assert "The person who decides is ill, travelling or on leave." in page


def test_an_extension_is_dialled_and_each_of_two_numbers(as_alice: Client, late: Interview) -> None:
    Interlocutor.objects.update(phone="+1 202-555-0143 ext. 12; +49 (0)30 5550012")
    page = as_alice.get(url_of(late)).content.decode()
    assert 'href="tel:+12025550143;ext=12"' in page
    assert "Call +1 202-555-0143 ext. 12\n" in page
    assert 'href="tel:+49305550012"' in page


def test_without_a_number_it_can_be_added(as_alice: Client, interview: Interview) -> None:
    Interlocutor.objects.update(phone="")
    page = as_alice.get(url_of(interview)).content.decode()
    assert "tel:" not in page
    assert f"/people/{Interlocutor.objects.get().pk}/edit/" in page


@pytest.mark.parametrize(
    ("outcome", "recorded"),
    [("nobody", "no_answer"), ("open", "reached"), ("new_day", "reached")],
)
def test_how_it_went(as_alice: Client, interview: Interview, outcome: str, recorded: str) -> None:
    response = as_alice.post(url_of(interview), filled(outcome=outcome))
    made = Contact.objects.get()
    assert (made.direction, made.channel, made.outcome) == ("out", "phone", recorded)
    card = f"/interviews/{interview.pk}/agreement/?contact={made.pk}"
    leads_to = {
        "nobody": f"/contacts/{made.pk}/noted/",
        "open": f"/interviews/{interview.pk}/",
        "new_day": card,
    }
    assert response["Location"] == leads_to[outcome]


def test_a_decision_leads_to_the_result_with_channel_and_moment(
    as_alice: Client, interview: Interview, now: datetime
) -> None:
    response = as_alice.post(url_of(interview), filled(outcome="decided"))
    path, query = response["Location"].split("?")
    assert path == f"/interviews/{interview.pk}/result/"
    filled_in = parse_qs(query)
    assert filled_in["via"] == ["phone"]
    at = datetime.fromisoformat(filled_in["at"][0])
    assert timedelta(minutes=-1) <= at - now <= timedelta(minutes=1)
    assert not Contact.objects.exists()
    page = as_alice.get(response["Location"]).content.decode()
    assert re.search(r'value="phone"[^>]*checked', page)


def test_an_earlier_moment_goes_along(as_alice: Client, interview: Interview) -> None:
    when = (interview.ends_at + timedelta(hours=1)).astimezone(interview.candidate.zone)
    data = filled(outcome="decided", at_0=f"{when:%Y-%m-%d}", at_1=f"{when:%H:%M}")
    query = parse_qs(as_alice.post(url_of(interview), data)["Location"].split("?")[1])
    assert datetime.fromisoformat(query["at"][0]) == when.replace(second=0, microsecond=0)


def test_a_double_click_records_once(as_alice: Client, interview: Interview) -> None:
    data = filled()
    as_alice.post(url_of(interview), data)
    as_alice.post(url_of(interview), data)
    assert Contact.objects.count() == 1


def test_nothing_chosen(as_alice: Client, as_charlie: Client, interview: Interview) -> None:
    response = as_alice.post(url_of(interview), filled(outcome="", notes="Busy line"))
    assert response.status_code == 422
    assert b"Choose one of the options listed." in response.content
    assert b"Busy line" in response.content
    assert as_charlie.post(url_of(interview), filled()).status_code == 404


def test_before_the_day_it_is_calm(as_alice: Client, interview: Interview, now: datetime) -> None:
    day = (now + timedelta(days=14)).date()
    people.make_agreement(interview, now=now, due_on=day, may_call="yes")
    page = as_alice.get(url_of(interview)).content.decode()
    assert page.index("Nothing to do until") < page.index("tel:")
    assert "btn-primary dial" not in page
    assert "I was told to expect an answer" not in page


def test_once_it_is_due_the_number_stands_out(
    as_alice: Client, late: Interview, now: datetime
) -> None:
    people.keep_hours(late.candidate, now=now, is_open=True)
    page = as_alice.get(url_of(late)).content.decode()
    assert "btn-primary dial" in page
    assert "Nothing to do until" not in page


def test_after_the_result_there_is_no_call_to_make(
    as_alice: Client, interview: Interview, now: datetime
) -> None:
    people.make_result(interview, now=now, kind="offer")
    page = as_alice.get(url_of(interview)).content.decode()
    assert "No call needed right now." in page
    assert "btn-primary dial" not in page


def test_saving_says_so(as_alice: Client, interview: Interview) -> None:
    page = as_alice.post(url_of(interview), filled(outcome="open"), follow=True).content
    assert b'<p class="success">Call logged.' in page


# --- the cockpit ------------------------------------------------------------------------------


def test_in_the_order_in_which_it_is_needed(
    as_alice: Client, late: Interview, now: datetime
) -> None:
    people.keep_hours(late.candidate, now=now, is_open=True)
    page = as_alice.get(url_of(late)).content.decode()
    order = [
        'href="tel:',
        "Ask for Anna Petrova at Acme.",
        "I was told to expect an answer",
        'value="nobody"',
        'value="open"',
        'value="new_day"',
        'value="decided"',
        "If you reach voicemail",
        "If someone else answers",
        "Why they may not have called",
    ]
    places = [page.index(words) for words in order]
    assert places == sorted(places)
    assert page.count("btn-primary") == 1


def test_each_outcome_is_one_tap(as_alice: Client, late: Interview) -> None:
    """A button that sends the form, and nothing that must be chosen before it."""
    page = as_alice.get(url_of(late)).content.decode()
    for outcome in ("nobody", "open", "new_day", "decided"):
        pattern = rf'<button[^>]*type="submit"[^>]*name="outcome"[^>]*value="{outcome}"'
        assert re.search(pattern, page)
    assert 'type="radio"' not in page


def test_still_open_says_what_happens_next(as_alice: Client, late: Interview) -> None:
    page = as_alice.post(url_of(late), filled(outcome="open"), follow=True).content.decode()
    assert re.search(r"Call logged\. \w.+ on \w+day .+ if you hear nothing\.", page)


def test_to_who_kept_the_papers_other_words(
    as_alice: Client, alice: Candidate, now: datetime
) -> None:
    kept = stand(alice, "recontact", now=now)
    page = as_alice.get(url_of(kept)).content.decode()
    assert "you kindly kept my application on file" in page
    assert "Why they may not have called" not in page
    assert "They’ve decided" not in page
    response = as_alice.post(url_of(kept), filled(outcome="decided"))
    assert response["Location"].startswith("/interviews/new/?company=Acme&source=")
    made = Contact.objects.latest("created_at")
    assert (made.outcome, made.purpose) == ("reached", "other")
    assert Interview.objects.get(pk=kept.pk).step == "done"


def test_after_a_missed_call_the_candidate_calls_back(
    as_alice: Client, late: Interview, now: datetime
) -> None:
    people.make_contact(late, now=now, direction="in")
    page = as_alice.get(url_of(late)).content.decode()
    assert "I missed a call from you" in page
    assert "Why they may not have called" not in page


@pytest.mark.parametrize(
    ("hour", "said"),
    [
        (9, "It’s 09:00. Most people are at their desks from 10:00."),
        (11, "It’s 11:00, a good time to call."),
        (18, "It’s 18:00. Most people have left for the day."),
    ],
)
def test_the_hour_is_told_by_the_calling_hours(alice: Candidate, hour: int, said: str) -> None:
    monday = datetime(2026, 11, 23, hour, tzinfo=alice.zone)
    interview = people.make_interview(alice, starts_at=monday - timedelta(days=9), now=monday)
    assert hour_of_call(CurrentStep.of(interview, now=monday)) == said


def test_on_a_day_off_few_are_at_work(alice: Candidate) -> None:
    sunday = datetime(2026, 11, 22, 11, tzinfo=alice.zone)
    interview = people.make_interview(alice, starts_at=sunday - timedelta(days=9), now=sunday)
    said = hour_of_call(CurrentStep.of(interview, now=sunday))
    assert said == "It’s Sunday 11:00. Few people are at work."
