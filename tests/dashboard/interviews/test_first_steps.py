"""What follows from the first interview, shown once after it was saved."""

from datetime import datetime, timedelta

from django.core import mail
from django.test import Client

from interviews.models import Candidate, Interlocutor, Interview
from tests.support import people


def agreement(interview: Interview, day: str) -> dict[str, str]:
    person = interview.interlocutors.first()
    return {
        "said": "date",
        "due": "other",
        "due_on": day,
        "initiator": "employer",
        "channel": "phone",
        "may_call": "yes",
        "silence": "no",
        "feedback_via": "direct",
        "responsible": str(person.pk) if person else "",
    }


def agree(client: Client, interview: Interview, now: datetime) -> str:
    day = f"{now + timedelta(days=5):%Y-%m-%d}"
    response = client.post(f"/interviews/{interview.pk}/agreement/", agreement(interview, day))
    assert response.status_code == 302, response.content.decode()
    return str(response["Location"])


def test_the_first_agreement_leads_to_it_and_the_second_does_not(
    as_alice: Client, interview: Interview, now: datetime
) -> None:
    assert agree(as_alice, interview, now) == f"/interviews/{interview.pk}/next/"
    assert agree(as_alice, interview, now) == f"/interviews/{interview.pk}/"


def test_a_second_interview_does_not_lead_to_it(
    as_alice: Client, interview: Interview, ahead: Interview, now: datetime
) -> None:
    assert agree(as_alice, interview, now) == f"/interviews/{interview.pk}/"


def test_nothing_agreed_leads_to_it_too(as_alice: Client, interview: Interview) -> None:
    response = as_alice.post(f"/interviews/{interview.pk}/nothing-agreed/")
    assert response["Location"] == f"/interviews/{interview.pk}/next/"


def test_it_says_what_follows_and_offers_what_is_missing(
    as_alice: Client, alice: Candidate, interview: Interview, now: datetime
) -> None:
    html = as_alice.get(agree(as_alice, interview, now)).content.decode()
    assert "Agreement saved. If you hear nothing, we’ll email you on" in html
    assert f"We’ll email {alice.user.email} on" in html
    assert f'href="/interviews/{interview.pk}/calendar.ics"' in html
    Interlocutor.objects.update(phone="")
    html = as_alice.get(f"/interviews/{interview.pk}/next/").content.decode()
    assert "phone number is missing" in html
    Interlocutor.objects.update(phone="+49 30 901820")
    html = as_alice.get(f"/interviews/{interview.pk}/next/").content.decode()
    assert "phone number is missing" not in html


def test_paused_reminders_are_not_promised(
    as_alice: Client, alice: Candidate, interview: Interview, now: datetime
) -> None:
    agree(as_alice, interview, now)
    Candidate.objects.update(reminders_paused_at=now)
    html = as_alice.get(f"/interviews/{interview.pk}/next/").content.decode()
    assert "We’ll email" not in html
    assert "Reminders are paused." in html


def test_an_example_comes_back_here(as_alice: Client, interview: Interview) -> None:
    url = f"/interviews/{interview.pk}/next/"
    response = as_alice.post("/reminders/example/", {"next": url})
    assert response["Location"] == url
    assert len(mail.outbox) == 1


def test_the_number_comes_back_here(as_alice: Client, anna: Interlocutor) -> None:
    url = f"/people/{anna.pk}/edit/"
    typed = {"name": anna.name, "phone": "+49 30 901820", "origin": anna.origin}
    assert as_alice.post(f"{url}?next=/today/", typed)["Location"] == "/today/"
    elsewhere = as_alice.post(f"{url}?next=https://example.com/", typed)["Location"]
    assert elsewhere == f"/people/{anna.pk}/"


def test_once_it_has_ended_there_are_no_first_steps(
    as_alice: Client, interview: Interview, now: datetime
) -> None:
    people.make_result(interview, now=now, kind="refusal")
    response = as_alice.get(f"/interviews/{interview.pk}/next/")
    assert response["Location"] == f"/interviews/{interview.pk}/"


def test_the_calendar_has_this_interview_alone(
    as_alice: Client, as_charlie: Client, interview: Interview, ahead: Interview
) -> None:
    url = f"/interviews/{ahead.pk}/calendar.ics"
    response = as_alice.get(url)
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    text = response.getvalue().decode()
    assert "Data engineer" in text
    assert interview.vacancy.title not in text
    assert as_charlie.get(url).status_code == 404
    assert as_charlie.get(f"/interviews/{ahead.pk}/next/").status_code == 404
