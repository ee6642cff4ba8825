"""A mail about a wait whose result is recorded already: nothing that was recorded is lost."""

from datetime import datetime, timedelta

from django.test import Client

from interviews.models import Candidate, Interview, Result
from tests.dashboard.mail_proposals.tapping import propose, tap, undo
from tests.support import people
from tests.support.step_factories import stand

IS_NEXT = {"kind": "next_stage", "feedback": "Well told"}


def stored() -> dict[str, object]:
    """All of the one result, with what was missing."""
    row = Result.objects.values().get()
    return row | {"competences": [each.name for each in Result.objects.get().competences.all()]}


def offered(interview: Interview, now: datetime, **given: object) -> Result:
    values = {
        "kind": "offer",
        "via": "phone",
        "feedback": "They liked the reports",
        "offer_answer": "open",
        "offer_starts_on": (now + timedelta(days=60)).date(),
        "competences": ["SQL"],
        "known_at": now - timedelta(hours=5),
    }
    return people.make_result(interview, now=now, **values | given)


def test_a_second_mail_about_an_offer_fills_only_what_is_empty(
    as_alice: Client, interview: Interview, now: datetime
) -> None:
    offered(interview, now)
    before, by = stored(), (now + timedelta(days=5)).date()
    response = tap(as_alice, propose(interview, now=now, kind="offer", by_when=by), follow=True)
    assert response.redirect_chain[-1][0] == f"/interviews/{interview.pk}/offer/"
    assert stored() == before | {"offer_answer_by_on": by}
    undo(as_alice, response)
    assert stored() == before


def test_a_day_that_is_recorded_stays(
    as_alice: Client, interview: Interview, now: datetime
) -> None:
    offered(interview, now, offer_answer_by_on=(now + timedelta(days=9)).date())
    before = stored()
    mail = propose(interview, now=now, kind="offer", by_when=(now + timedelta(days=5)).date())
    response = tap(as_alice, mail, follow=True)
    assert "already recorded" in response.content.decode()
    assert stored() == before
    undo(as_alice, response)
    mail.refresh_from_db()
    assert mail.is_open
    assert stored() == before


def test_filling_is_not_undone_after_a_change(
    as_alice: Client, interview: Interview, now: datetime
) -> None:
    offered(interview, now)
    mail = propose(interview, now=now, kind="offer", by_when=(now + timedelta(days=5)).date())
    response = tap(as_alice, mail, follow=True)
    later = (now + timedelta(days=7)).date()
    Result.objects.update(offer_answer_by_on=later)
    assert "nothing left to undo" in undo(as_alice, response).content.decode()
    assert Result.objects.get().offer_answer_by_on == later


def test_another_kind_asks_in_the_filled_form(
    as_alice: Client, interview: Interview, now: datetime
) -> None:
    offered(interview, now)
    before, written = (
        stored(),
        (now - timedelta(days=1)).replace(minute=30, second=0, microsecond=0),
    )
    mail = propose(interview, now=now, written_at=written)
    url = tap(as_alice, mail)["Location"]
    assert url.startswith(f"/interviews/{interview.pk}/result/?kind=refusal&via=email&at=")
    assert stored() == before
    page = as_alice.get(url).content.decode()
    assert "We have decided to go ahead with another candidate." in page
    assert "You already recorded: offer. Saving will replace it." in page
    assert "They liked the reports" in page
    local = written.astimezone(interview.candidate.zone)
    data = {
        "kind": "refusal",
        "via": "email",
        "known_at_0": f"{local:%Y-%m-%d}",
        "known_at_1": f"{local:%H:%M}",
        "lacking_before": "SQL",
        "feedback": "They liked the reports",
    }
    as_alice.post(url, data)
    result = Result.objects.get()
    assert (result.kind, result.known_at) == ("refusal", written)
    mail.refresh_from_db()
    assert (mail.status, mail.result) == ("recorded", result)


def test_the_form_corrects_the_reader(
    as_alice: Client, interview: Interview, now: datetime
) -> None:
    people.make_result(interview, now=now)
    by = (now + timedelta(days=5)).date()
    mail = propose(interview, now=now, kind="offer", by_when=by)
    url = tap(as_alice, mail)["Location"]
    assert f'value="{by}"' in as_alice.get(url).content.decode()
    as_alice.post(url, {"kind": "refusal", "via": "email"})
    mail.refresh_from_db()
    assert (mail.status, mail.corrected_kind) == ("corrected", "rejection")


def test_what_no_mail_says_leaves_the_mail_aside(
    as_alice: Client, interview: Interview, now: datetime
) -> None:
    people.make_result(interview, now=now)
    mail = propose(interview, now=now, kind="offer")
    url = tap(as_alice, mail)["Location"]
    as_alice.post(url, {"kind": "withdrawn", "via": "email"})
    mail.refresh_from_db()
    assert (mail.status, mail.result) == ("dismissed", None)


def test_a_next_stage_of_the_form_takes_the_mail_along(
    as_alice: Client, interview: Interview, now: datetime
) -> None:
    people.make_result(interview, now=now)
    mail = propose(interview, now=now, kind="offer")
    url = tap(as_alice, mail)["Location"]
    there = as_alice.post(url, {"kind": "next_stage", "via": "email"})["Location"]
    assert there == f"/interviews/new/?continues={interview.pk}&mail={mail.pk}"


def test_undo_of_the_form_asks_again(as_alice: Client, interview: Interview, now: datetime) -> None:
    mail = propose(interview, now=now)
    url = f"/interviews/{interview.pk}/result/?kind=refusal&via=email&mail={mail.pk}"
    response = as_alice.post(url, {"kind": "refusal", "via": "email"}, follow=True)
    mail.refresh_from_db()
    assert mail.status == "recorded"
    undo(as_alice, response)
    mail.refresh_from_db()
    assert mail.is_open
    assert not Result.objects.exists()


def test_a_late_answer_replaces_a_wait_closed_in_silence(
    as_alice: Client, alice: Candidate, now: datetime
) -> None:
    interview = stand(alice, "call", now=now)
    known = {"recommended_to": "Clerk, Bolt", "feedback": "Too few", "competences": ["SQL"]}
    people.make_result(interview, now=now, kind="no_response", via="silence", **known)
    before = stored()
    response = tap(as_alice, propose(interview, now=now), follow=True)
    late = stored()
    assert (late["kind"], late["via"]) == ("refusal", "email")
    for name in known:
        assert late[name] == before[name]
    undo(as_alice, response)
    assert stored() == before


def test_undo_restores_the_answer_of_a_stage_that_went_on(
    as_alice: Client, interview: Interview, now: datetime
) -> None:
    second = going_on(interview, now)
    before = stored()
    for kind in ("rejection", "cancelled"):
        response = tap(as_alice, propose(second, now=now, kind=kind), follow=True)
        assert stored_or_none() != before
        undo(as_alice, response)
        assert stored() == before, kind
        second.refresh_from_db()
        assert not second.is_cancelled


def going_on(interview: Interview, now: datetime) -> Interview:
    second = people.make_interview(
        interview.candidate, starts_at=now + timedelta(days=3), now=now, continues=interview
    )
    Result.objects.update(known_at=now - timedelta(hours=9), feedback="Well told")
    return second


def stored_or_none() -> dict[str, object] | None:
    return stored() if Result.objects.exists() else None
