"""Where the candidate decides: which wait, and which of the times."""

from datetime import datetime, timedelta

from django.test import Client

from interviews.models import Candidate, Contact, Interview, MailProposal, Result
from tests.dashboard.mail_proposals.tapping import propose, say, tap, undo
from tests.support import people


def offered(*starts: datetime) -> list[datetime]:
    return [each.replace(second=0, microsecond=0) for each in starts]


def new_interview(starts_at: datetime, alice: Candidate) -> dict[str, str]:
    local = starts_at.astimezone(alice.zone)
    return {
        "starts_at_0": f"{local:%Y-%m-%d}",
        "starts_at_1": f"{local:%H:%M}",
        "stage": "second",
        "minutes": "60",
        "people-TOTAL_FORMS": "0",
        "people-INITIAL_FORMS": "0",
    }


def asking(*waits: Interview, now: datetime, **given: str) -> MailProposal:
    choices = [{"interview": str(each.pk)} for each in waits]
    return propose(waits[0], now=now, interview=None, choices=choices, **given)


def two_waits(alice: Candidate, now: datetime) -> tuple[Interview, Interview]:
    first, second = (
        people.make_interview(alice, starts_at=now - timedelta(days=9), now=now, title=title)
        for title in ("Analyst", "Engineer")
    )
    return first, second


def test_two_waits_fit(as_alice: Client, alice: Candidate, now: datetime) -> None:
    first, second = two_waits(alice, now)
    mail = asking(first, second, now=now, kind="question")
    page = as_alice.get("/today/").content.decode()
    assert "Acme wrote today: a question for you." in page
    assert "Analyst, Acme (first interview)</option>" in page
    assert "Engineer, Acme (first interview)</option>" in page
    asked = tap(as_alice, mail, follow=True)
    assert "Choose the interview that this email is about." in asked.content.decode()
    response = tap(as_alice, mail, follow=True, wait=f"interview:{second.pk}")
    assert Contact.objects.get().interview == second
    mail.refresh_from_db()
    assert mail.interview == second
    undo(as_alice, response)
    mail.refresh_from_db()
    assert mail.interview is None


def test_another_candidates_wait_cannot_be_chosen(
    as_alice: Client, charlie: Candidate, interview: Interview, now: datetime
) -> None:
    theirs = people.make_interview(charlie, starts_at=now - timedelta(days=2), now=now)
    mail = asking(interview, interview, now=now)
    for wait in (f"interview:{theirs.pk}", f"vacancy:{theirs.vacancy.pk}", "interview:x"):
        assert tap(as_alice, mail, wait=wait).status_code == 404
        assert say(as_alice, mail, "question", wait).status_code == 422
    mail.refresh_from_db()
    assert mail.is_open


def test_no_wait_fits(as_alice: Client, interview: Interview, now: datetime) -> None:
    mail = propose(interview, now=now, interview=None, sender_name="Zeta AG")
    page = as_alice.get("/today/").content.decode()
    assert "Zeta AG wrote today: a rejection." in page
    assert "We couldn’t match it to an interview." in page
    assert "Record rejection" not in page
    page = as_alice.get(f"/mail-proposals/{mail.pk}/").content.decode()
    assert "Product analyst, Acme (first interview)" in page
    say(as_alice, mail, "rejection", f"interview:{interview.pk}")
    mail.refresh_from_db()
    assert (mail.status, mail.interview) == ("recorded", interview)


def test_no_wait_at_all(as_alice: Client, alice: Candidate, now: datetime) -> None:
    closed = people.make_position(alice, now=now)
    mail = propose(closed, now=now, vacancy=None)
    closed.delete()
    page = as_alice.get(f"/mail-proposals/{mail.pk}/").content.decode()
    assert "You’re not waiting for an answer." in page


def test_several_times(
    as_alice: Client, alice: Candidate, interview: Interview, now: datetime
) -> None:
    starts = offered(now + timedelta(days=3), now + timedelta(days=4), now - timedelta(days=1))
    mail = propose(interview, now=now, kind="invitation", dates=starts)
    response = tap(as_alice, mail)
    url = f"/interviews/new/?continues={interview.pk}&mail={mail.pk}"
    assert response["Location"] == url
    page = as_alice.get(url).content.decode()
    assert "Times in the email" in page
    assert page.count("<time") == 2
    assert f'value="{starts[0].astimezone(alice.zone):%Y-%m-%d}"' in page
    mail.refresh_from_db()
    assert mail.is_open

    response = as_alice.post(url, new_interview(starts[1], alice), follow=True)
    added = Interview.objects.exclude(pk=interview.pk).get()
    assert (added.starts_at, added.continues) == (starts[1], interview)
    mail.refresh_from_db()
    assert (mail.status, mail.recorded_interview) == ("recorded", added)
    undo(as_alice, response)
    assert Interview.objects.get() == interview
    mail.refresh_from_db()
    assert mail.is_open


def test_a_form_that_another_tab_answered(
    as_alice: Client, alice: Candidate, interview: Interview, now: datetime
) -> None:
    """The interview is saved all the same: the candidate typed it."""
    mail = propose(interview, now=now, kind="invitation")
    url = tap(as_alice, mail)["Location"]
    tap(as_alice, mail, "dismiss")
    as_alice.post(url, new_interview(now + timedelta(days=3), alice))
    assert Interview.objects.count() == 2
    mail.refresh_from_db()
    assert mail.status == "dismissed"


def test_a_choice_of_new_times(
    as_alice: Client, alice: Candidate, ahead: Interview, now: datetime
) -> None:
    was, starts = ahead.starts_at, offered(now + timedelta(days=5), now + timedelta(days=6))
    mail = propose(ahead, now=now, kind="moved", dates=starts)
    url = tap(as_alice, mail)["Location"]
    assert url == f"/interviews/{ahead.pk}/edit/?mail={mail.pk}"
    response = as_alice.post(url, new_interview(starts[1], alice), follow=True)
    ahead.refresh_from_db()
    assert ahead.starts_at == starts[1]
    mail.refresh_from_db()
    assert mail.status == "recorded"
    undo(as_alice, response)
    ahead.refresh_from_db()
    assert ahead.starts_at == was


def test_a_form_that_corrects_the_reader(
    as_alice: Client, alice: Candidate, interview: Interview, now: datetime
) -> None:
    mail = propose(interview, now=now, kind="question")
    response = say(as_alice, mail, "invitation")
    url, _status = response.redirect_chain[-1]
    as_alice.post(url, new_interview(now + timedelta(days=3), alice))
    mail.refresh_from_db()
    assert (mail.status, mail.corrected_kind) == ("corrected", "invitation")


def test_a_strangers_mail_fills_no_form(
    as_charlie: Client, interview: Interview, now: datetime
) -> None:
    mail = propose(interview, now=now, kind="invitation")
    assert as_charlie.get(f"/interviews/new/?mail={mail.pk}").status_code == 404
    assert as_charlie.get("/interviews/new/?mail=x").status_code == 404


def test_something_else_asks_for_the_day(
    as_alice: Client, interview: Interview, now: datetime
) -> None:
    by, said = (now + timedelta(days=5)).date(), (now + timedelta(days=8)).date()
    mail = propose(interview, now=now, by_when=by)
    page = as_alice.get(f"/mail-proposals/{mail.pk}/").content.decode()
    assert page.count(f'value="{by}"') == 2
    response = say(as_alice, mail, "not_yet", answer_by_on=str(said), offer_answer_by_on=str(by))
    assert interview.agreements.get().due_on == said
    undo(as_alice, response)
    say(as_alice, mail, "offer", answer_by_on=str(said), offer_answer_by_on="")
    assert Result.objects.get().offer_answer_by_on is None


def test_the_day_is_carried_into_the_result(
    as_alice: Client, interview: Interview, now: datetime
) -> None:
    people.make_result(interview, now=now)
    said = (now + timedelta(days=8)).date()
    response = say(as_alice, propose(interview, now=now), "offer", offer_answer_by_on=str(said))
    assert f'value="{said}"' in response.content.decode()
