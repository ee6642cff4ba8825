import re
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.test import Client

from interviews.models import Interview, Result
from tests.support import people


def filled(**changes: str) -> dict[str, str]:
    data = {
        "submission_id": str(uuid4()),
        "kind": "refusal",
        "via": "phone",
        "known_at_0": "",
        "known_at_1": "",
        "feedback": "",
        "lacking": "",
        "recommended_to": "",
        "recontact_on": "",
        "offer_answer_by_on": "",
        "offer_starts_on": "",
        "offer_answer": "",
    }
    return data | changes


def url_of(interview: Interview) -> str:
    return f"/interviews/{interview.pk}/result/"


def test_whose_page_it_is(is_alices_alone: Callable[[str], None], interview: Interview) -> None:
    is_alices_alone(url_of(interview))


@pytest.mark.parametrize(
    "kind", ["offer", "refusal", "withdrawn", "assumed_refusal", "no_response"]
)
def test_each_end(as_alice: Client, interview: Interview, kind: str) -> None:
    response = as_alice.post(url_of(interview), filled(kind=kind))
    leads_to = "offer" if kind == "offer" else "result/next"
    assert response["Location"] == f"/interviews/{interview.pk}/{leads_to}/"
    assert Result.objects.get().kind == kind


@pytest.mark.parametrize("kind", ["offer", "refusal"])
def test_it_can_be_undone(as_alice: Client, interview: Interview, kind: str) -> None:
    page = as_alice.post(url_of(interview), filled(kind=kind), follow=True).content.decode()
    assert "Result recorded." in page
    (token,) = re.findall(r'name="token" value="([^"]+)"', page)
    path = re.findall(r'name="next" value="([^"]+)"', page)[0]
    taken = as_alice.post("/undo/", {"token": token, "next": path}, follow=True)
    assert taken.redirect_chain[-1][0] == f"/interviews/{interview.pk}/"
    assert not Result.objects.exists()


def test_one_that_replaces_another_has_no_undo(
    as_alice: Client, interview: Interview, now: datetime
) -> None:
    people.make_result(interview, now=now, kind="no_response")
    page = as_alice.post(url_of(interview), filled(), follow=True).content.decode()
    assert "Result recorded." in page
    assert 'name="token"' not in page


def test_the_next_stage_is_recorded_by_adding_it(as_alice: Client, interview: Interview) -> None:
    response = as_alice.post(url_of(interview), filled(kind="next_stage"))
    assert response["Location"] == f"/interviews/new/?continues={interview.pk}"
    assert not Result.objects.exists()


def test_what_it_taught(as_alice: Client, interview: Interview) -> None:
    data = filled(
        feedback="Somebody with more SQL.",
        lacking="SQL performance, leading a team\nEnglish",
        recommended_to="Data steward, Bolt",
        recontact_on="2030-03-01",
    )
    as_alice.post(url_of(interview), data)
    stored = Result.objects.get()
    names = sorted(competence.name for competence in stored.competences.all())
    assert names == ["English", "SQL performance", "leading a team"]
    assert stored.lessons == "recorded"
    assert stored.recontact_on is not None


def test_what_was_lacking_before_is_proposed(
    as_alice: Client, interview: Interview, ahead: Interview, now: datetime
) -> None:
    people.make_result(interview, now=now, competences=("SQL performance",))
    other = people.make_interview(
        interview.candidate, starts_at=now - timedelta(days=3), now=now, company="Cedar"
    )
    assert b"SQL performance" in as_alice.get(url_of(other)).content
    as_alice.post(url_of(other), filled(lacking_before="SQL performance"))
    assert [row.name for row in other.__class__.objects.get(pk=other.pk).result.competences.all()]


def test_an_offer_has_its_own_fields_and_a_refusal_has_not(
    as_alice: Client, interview: Interview
) -> None:
    offer = {"offer_answer_by_on": "2030-03-01", "offer_starts_on": "2030-05-01"}
    as_alice.post(url_of(interview), filled(kind="offer", **offer))
    stored = Result.objects.get()
    assert (str(stored.offer_answer_by_on), stored.offer_answer) == ("2030-03-01", "open")
    as_alice.post(url_of(interview), filled(kind="refusal", **offer))
    stored = Result.objects.get()
    assert (stored.offer_answer_by_on, stored.offer_answer) == (None, "")


def test_nothing_to_learn(as_alice: Client, interview: Interview) -> None:
    as_alice.post(url_of(interview), filled(is_skipped="on"))
    assert Result.objects.get().lessons == "skipped"


def test_a_double_click_records_once(as_alice: Client, interview: Interview) -> None:
    data = filled()
    as_alice.post(url_of(interview), data)
    first = Result.objects.get().pk
    as_alice.post(url_of(interview), data)
    assert Result.objects.get().pk == first


def test_what_was_noted_is_filled_in_and_its_moment_kept(
    as_alice: Client, interview: Interview, now: datetime
) -> None:
    noted = people.make_result(
        interview, now=now, known_at=now - timedelta(hours=3), feedback="More SQL."
    )
    page = as_alice.get(url_of(interview)).content.decode()
    assert "More SQL." in page
    assert "You already recorded: rejection." in page
    local = noted.known_at.astimezone(interview.candidate.zone)
    shown = {"known_at_0": f"{local:%Y-%m-%d}", "known_at_1": f"{local:%H:%M}"}
    as_alice.post(url_of(interview), filled(lacking="SQL", **shown))
    assert Result.objects.get().known_at == noted.known_at


def test_a_late_answer_of_another_kind_was_learned_now(
    as_alice: Client, interview: Interview, now: datetime
) -> None:
    noted = people.make_result(
        interview, now=now, kind="no_response", known_at=now - timedelta(hours=3)
    )
    local = noted.known_at.astimezone(interview.candidate.zone)
    shown = {"known_at_0": f"{local:%Y-%m-%d}", "known_at_1": f"{local:%H:%M}"}
    as_alice.post(url_of(interview), filled(kind="offer", **shown))
    assert Result.objects.get().known_at >= now


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"kind": ""}, "Choose one of the options listed."),
        ({"known_at_0": "2099-01-01", "known_at_1": "10:00"}, "This time is in the future"),
        ({"recontact_on": "in spring"}, "Enter a date, such as 2026-11-30."),
        ({"lacking": "x" * 121}, "Keep each one to 120 characters"),
    ],
)
def test_what_would_be_right_is_said_and_what_was_typed_stays(
    as_alice: Client, interview: Interview, changes: dict[str, str], said: str
) -> None:
    response = as_alice.post(url_of(interview), filled(feedback="Kept words", **changes))
    assert response.status_code == 422
    assert said in response.content.decode()
    assert b"Kept words" in response.content
    assert not Result.objects.exists()


def test_nobody_else_records_it(as_bob: Client, as_charlie: Client, interview: Interview) -> None:
    assert as_bob.post(url_of(interview), filled()).status_code == 404
    assert as_charlie.post(url_of(interview), filled()).status_code == 404
    assert not Result.objects.exists()


@pytest.mark.parametrize("field", ["offer_answer_by_on", "offer_starts_on"])
def test_the_days_of_an_offer_come_after_it(
    as_alice: Client, interview: Interview, now: datetime, field: str
) -> None:
    today = now.astimezone(interview.candidate.zone).date()
    day_before = (today - timedelta(days=1)).isoformat()
    response = as_alice.post(url_of(interview), filled(kind="offer", **{field: day_before}))
    assert response.status_code == 422
    assert b"Choose the date you heard about the offer, or a later one." in response.content
    as_alice.post(url_of(interview), filled(kind="offer", **{field: today.isoformat()}))
    assert str(getattr(Result.objects.get(), field)) == today.isoformat()


def test_an_offer_learned_earlier_may_have_been_for_a_day_since(
    as_alice: Client, interview: Interview, now: datetime
) -> None:
    known_at = (now - timedelta(hours=24)).astimezone(interview.candidate.zone)
    when = {"known_at_0": f"{known_at:%Y-%m-%d}", "known_at_1": f"{known_at:%H:%M}"}
    offer = filled(kind="offer", offer_answer_by_on=f"{known_at:%Y-%m-%d}", **when)
    assert as_alice.post(url_of(interview), offer).status_code == 302


def test_saving_says_so(as_alice: Client, interview: Interview) -> None:
    page = as_alice.post(url_of(interview), filled(), follow=True).content
    assert b'<p class="success">Result recorded.</p>' in page


def test_the_choice_of_nothing_is_in_words(as_alice: Client, interview: Interview) -> None:
    page = as_alice.get(url_of(interview)).content.decode()
    assert '<option value="" selected>None chosen</option>' in page
    assert "-----" not in page


# --- tapping what was lacking ------------------------------------------------------------------


def test_what_was_lacking_is_tapped_most_frequent_first_and_at_most_twenty(
    as_alice: Client, interview: Interview, now: datetime
) -> None:
    for number, names in enumerate((["English"], ["English", "SQL"], [f"T{n}" for n in range(25)])):
        starts = now - timedelta(days=3)
        other = people.make_interview(
            interview.candidate, starts_at=starts, now=now, company=f"Cedar {number}"
        )
        people.make_result(other, now=now, competences=names)
    page = as_alice.get(url_of(interview)).content.decode()
    assert page.count('name="lacking_before"') == 20
    assert page.index("English (2 times)") < page.index("SQL (once)")


def test_what_was_chosen_before_stays_to_be_tapped(
    as_alice: Client, interview: Interview, now: datetime
) -> None:
    people.make_result(interview, now=now, competences=["Zulu"])
    for number in range(2):
        other = people.make_interview(
            interview.candidate,
            starts_at=now - timedelta(days=3),
            now=now,
            company=f"Cedar {number}",
        )
        people.make_result(other, now=now, competences=[f"S{n}" for n in range(25)])
    page = as_alice.get(url_of(interview)).content.decode()
    assert re.search(r'value="Zulu"[^>]*checked', page)


def test_a_name_that_is_no_longer_shown_may_still_be_sent(
    as_alice: Client, interview: Interview, now: datetime
) -> None:
    people.make_result(interview, now=now, competences=["English"])
    as_alice.post(url_of(interview), filled(lacking_before="Reading aloud"))
    assert [row.name for row in Result.objects.get().competences.all()] == ["Reading aloud"]


# --- a late answer, and a call that brought one ------------------------------------------------


@pytest.mark.parametrize("kind", ["no_response", "assumed_refusal"])
def test_a_late_answer_is_asked_for_afresh(
    as_alice: Client, interview: Interview, now: datetime, kind: str
) -> None:
    people.make_result(interview, now=now, kind=kind, via="silence")
    there = as_alice.get(f"/interviews/{interview.pk}/").content.decode()
    assert "Record a late answer" in there
    page = as_alice.get(url_of(interview)).content.decode()
    assert "Saving will replace it." in page
    assert not re.search(r'name="kind"[^>]*checked', page)
    assert not re.search(r'name="via"[^>]* checked', page)


def test_how_it_was_agreed_that_they_answer_is_proposed(
    as_alice: Client, interview: Interview, now: datetime
) -> None:
    people.make_agreement(interview, now=now, channel="email")
    page = as_alice.get(url_of(interview)).content.decode()
    assert re.search(r'name="via" value="email"[^>]* checked', page)


@pytest.mark.parametrize(
    ("kind", "via"), [("refusal", "phone"), ("no_response", "silence"), ("withdrawn", "")]
)
def test_only_an_answer_came_by_some_way(
    as_alice: Client, interview: Interview, kind: str, via: str
) -> None:
    as_alice.post(url_of(interview), filled(kind=kind, via="phone"))
    assert Result.objects.get().via == via


def test_channel_and_moment_of_a_call_are_filled_in(as_alice: Client, interview: Interview) -> None:
    url = f"{url_of(interview)}?via=phone&at=2026-03-02T13:30:00%2B00:00"
    page = as_alice.get(url).content.decode()
    assert re.search(r'name="via" value="phone"[^>]* checked', page)
    assert 'value="2026-03-02"' in page
    assert 'value="14:30"' in page


@pytest.mark.parametrize("at", ["", "soon", "2026-13-45T00:00:00Z", "2026-03-02T13:30:00"])
def test_a_moment_that_is_none(as_alice: Client, interview: Interview, at: str) -> None:
    assert as_alice.get(f"{url_of(interview)}?at={at}").status_code == 200
