import re
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.test import Client

from interviews.models import Agreement, Candidate, Interview
from tests.support import people


def filled(**changes: str) -> dict[str, str]:
    data = {
        "submission_id": str(uuid4()),
        "due": "none",
        "initiator": "employer",
        "channel": "phone",
        "may_call": "yes",
        "silence": "no",
        "responsible": "",
        "feedback_via": "direct",
        "made_at_0": "",
        "made_at_1": "",
        "notes": "",
    }
    return data | changes


def url_of(interview: Interview) -> str:
    return f"/interviews/{interview.pk}/agreement/"


def test_whose_page_it_is(is_alices_alone: Callable[[str], None], interview: Interview) -> None:
    is_alices_alone(url_of(interview))


def test_the_end_of_the_interview_and_its_lead_are_proposed(
    as_alice: Client, alice: Candidate, interview: Interview
) -> None:
    page = as_alice.get(url_of(interview)).content.decode()
    ended = interview.ends_at.astimezone(alice.zone)
    assert f'value="{ended:%Y-%m-%d}"' in page
    assert f'value="{ended:%H:%M}"' in page
    (lead,) = interview.interlocutors.all()
    assert f'value="{lead.pk}"' in page
    assert "Nothing was agreed" in page


def test_a_day_that_was_promised(
    as_alice: Client, alice: Candidate, interview: Interview, now: datetime
) -> None:
    tomorrow = (now.astimezone(alice.zone) + timedelta(days=1)).date()
    (lead,) = interview.interlocutors.all()
    response = as_alice.post(
        url_of(interview), filled(due=tomorrow.isoformat(), responsible=str(lead.pk), silence="yes")
    )
    made = Agreement.objects.get()
    assert response["Location"] == f"/interviews/{interview.pk}/next/"
    assert (made.due_on, made.responsible, made.silence_is_refusal) == (tomorrow, lead, True)
    assert made.may_call == "yes"


def test_another_day_with_a_time(as_alice: Client, interview: Interview, now: datetime) -> None:
    day = (now + timedelta(days=40)).date()
    data = filled(due="other", due_on=day.isoformat(), due_time="15:00")
    as_alice.post(url_of(interview), data)
    made = Agreement.objects.get()
    assert (made.due_on, f"{made.due_time:%H:%M}") == (day, "15:00")
    assert made.due_timezone == "Europe/Berlin"


def test_no_day_named_forgets_a_day_typed_before(as_alice: Client, interview: Interview) -> None:
    as_alice.post(url_of(interview), filled(due="none", due_on="2030-01-01", due_time="10:00"))
    made = Agreement.objects.get()
    assert (made.due_on, made.due_time) == (None, None)


def test_no_date_given_needs_none(as_alice: Client, interview: Interview, now: datetime) -> None:
    day = (now + timedelta(days=3)).date().isoformat()
    as_alice.post(url_of(interview), filled(said="none", due=day))
    assert Agreement.objects.get().due_on is None


def test_a_double_click_records_once(as_alice: Client, interview: Interview) -> None:
    data = filled()
    as_alice.post(url_of(interview), data)
    assert as_alice.post(url_of(interview), data).status_code == 302
    assert Agreement.objects.count() == 1


def test_a_choice_made_yesterday_still_holds(
    as_alice: Client, alice: Candidate, interview: Interview, now: datetime
) -> None:
    today = now.astimezone(alice.zone).date()
    response = as_alice.post(url_of(interview), filled(due=today.isoformat()))
    assert response.status_code == 302
    assert Agreement.objects.get().due_on == today


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"due": ""}, "Choose a date, or “No date given”."),
        ({"due": "other"}, "Choose the promised date."),
        (
            {"due": "other", "due_on": "2025-01-01"},
            "Choose the date you agreed on this, or a later one.",
        ),
        ({"due": "other", "due_on": "2040-01-01"}, "Choose a date within the next year"),
        ({"due": "other", "due_on": "soon"}, "Enter a date, such as 2026-11-30."),
        ({"made_at_0": "2099-01-01", "made_at_1": "10:00"}, "This time is in the future"),
        ({"made_at_0": "2026-01-01", "made_at_1": ""}, "Enter a time, such as 14:30."),
    ],
)
def test_what_would_be_right_is_said_and_what_was_chosen_stays(
    as_alice: Client, interview: Interview, changes: dict[str, str], said: str
) -> None:
    response = as_alice.post(url_of(interview), filled(notes="By the door", **changes))
    page = response.content.decode()
    assert response.status_code == 422
    assert said in page
    assert "By the door" in page
    assert not Agreement.objects.exists()


def test_one_reached_in_a_call_has_the_calls_moment(
    as_alice: Client, as_charlie: Client, interview: Interview, ahead: Interview, now: datetime
) -> None:
    call = people.make_contact(interview, now=now, at=now - timedelta(minutes=5), outcome="reached")
    url = f"{url_of(interview)}?contact={call.pk}"
    assert b"What did you agree on this time?" in as_alice.get(url).content
    assert as_charlie.get(url).status_code == 404
    assert as_alice.get(f"{url_of(ahead)}?contact={call.pk}").status_code == 404
    assert as_alice.get(f"{url_of(interview)}?contact=x").status_code == 404
    as_alice.post(url, filled())
    made = Agreement.objects.get()
    assert (made.contact, made.made_at) == (call, call.at)


def test_who_makes_contact_is_not_asked_for_permission(
    as_alice: Client, interview: Interview
) -> None:
    chosen = filled(initiator="candidate", may_call="yes", silence="yes")
    as_alice.post(url_of(interview), chosen)
    made = Agreement.objects.get()
    assert (made.may_call, made.silence_is_refusal) == ("not_asked", False)


def test_a_day_that_is_needed_is_never_called_optional(
    as_alice: Client, interview: Interview
) -> None:
    page = as_alice.post(url_of(interview), filled(due="other")).content.decode()
    assert "Date: Choose the promised date." in page
    assert "Date (optional)" not in page


def test_what_is_wrong_is_said_without_the_word_optional(
    as_alice: Client, interview: Interview
) -> None:
    wrong = filled(made_at_0="yesterday", made_at_1="10:00")
    page = as_alice.post(url_of(interview), wrong).content.decode()
    assert "When did you agree on this? Enter a date" in page
    assert "When did you agree on this? (optional)" in page


def test_saving_says_when_the_reminder_comes_and_can_be_undone(
    as_alice: Client, interview: Interview
) -> None:
    page = as_alice.post(url_of(interview), filled(), follow=True).content.decode()
    assert "Agreement saved. If you hear nothing, we’ll email you on " in page
    [token] = re.findall(r'name="token" value="([^"]+)"', page)
    as_alice.post("/undo/", {"token": token})
    assert not interview.agreements.exists()


def test_without_reminders_no_email_is_promised(
    as_alice: Client, alice: Candidate, interview: Interview, now: datetime
) -> None:
    alice.reminders_paused_at = now
    alice.save()
    page = as_alice.post(url_of(interview), filled(), follow=True).content.decode()
    assert "Agreement saved. Nothing to do until " in page
