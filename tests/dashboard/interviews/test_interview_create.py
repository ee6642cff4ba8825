import re
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.test import Client

from integrations import feed_address
from integrations.calendar_feed import told_by
from interviews.models import CalendarFeed, Candidate, Company, Interlocutor, Interview
from tests.support import people

URL = "/interviews/new/"


def filled(**changes: str) -> dict[str, str]:
    data = {
        "submission_id": str(uuid4()),
        "title": "Product analyst",
        "company_name": "Acme",
        "agency_name": "",
        "stage": "first",
        "starts_at_0": "2026-03-02",
        "starts_at_1": "14:30",
        "minutes": "60",
        "place": "",
        "link": "",
        "people-TOTAL_FORMS": "5",
        "people-INITIAL_FORMS": "0",
        "people-0-name": "Anna Petrova",
        "people-0-role": "hiring_manager",
        "people-0-phone": "+49 30 901820",
        "people-0-email": "",
    }
    for number in range(1, 5):
        data[f"people-{number}-role"] = "recruiter"
    return data | changes


def test_whose_page_it_is(as_alice: Client, as_bob: Client) -> None:
    assert as_alice.get(URL).status_code == 200
    assert as_bob.get(URL)["Location"] == "/start/"
    assert as_bob.post(URL, filled()).status_code == 404
    assert Client().get(URL)["Location"] == f"/accounts/login/?next={URL}"


def test_one_form_records_interview_position_company_and_people(
    as_alice: Client, alice: Candidate
) -> None:
    response = as_alice.post(URL, filled(agency_name="Calder Search"))
    made = Interview.objects.get()
    assert response["Location"] == f"/interviews/{made.pk}/agreement/"
    assert str(made.vacancy) == "Product analyst, Acme"
    assert made.vacancy.agency is not None
    assert made.vacancy.agency.kind == Company.Kind.AGENCY
    assert made.candidate == alice
    lead = made.participations.get()
    assert (lead.interlocutor.name, lead.role) == ("Anna Petrova", "hiring_manager")
    assert lead.interlocutor.company == made.vacancy.company


def test_a_role_that_is_not_known_is_not_made_up(
    as_alice: Client, alice: Candidate, now: datetime
) -> None:
    ahead = (now + timedelta(days=3)).astimezone(alice.zone).date()
    as_alice.post(URL, filled(**{"starts_at_0": ahead.isoformat(), "people-0-role": ""}))
    made = Interview.objects.get()
    assert made.participations.get().role == ""
    for page in ("", "questions/", "edit/"):
        html = as_alice.get(f"/interviews/{made.pk}/{page}").content.decode()
        assert "Recruiter<" not in html.replace('">Recruiter</option>', "")
    feed = feed_address.create_feed(candidate=alice, now=now)
    assert b"Anna Petrova" in told_by(CalendarFeed.objects.get(pk=feed.pk), now=now).body()


def test_the_time_is_the_candidates(as_alice: Client) -> None:
    as_alice.post(URL, filled())
    assert Interview.objects.get().starts_at.isoformat() == "2026-03-02T13:30:00+00:00"


def test_a_double_click_records_once(as_alice: Client) -> None:
    data = filled()
    first, second = as_alice.post(URL, data), as_alice.post(URL, data)
    assert first["Location"] == second["Location"]
    assert Interview.objects.count() == 1


def test_whoever_has_just_left_is_asked_what_was_agreed(
    as_alice: Client, alice: Candidate, now: datetime
) -> None:
    local = (now - timedelta(hours=2)).astimezone(alice.zone)
    data = filled(starts_at_0=f"{local:%Y-%m-%d}", starts_at_1=f"{local:%H:%M}")
    response = as_alice.post(URL, data)
    assert response["Location"] == f"/interviews/{Interview.objects.get().pk}/agreement/"


def test_what_was_agreed_last_week_is_asked_for_too(
    as_alice: Client, alice: Candidate, now: datetime
) -> None:
    local = (now - timedelta(days=6)).astimezone(alice.zone)
    data = filled(starts_at_0=f"{local:%Y-%m-%d}", starts_at_1=f"{local:%H:%M}")
    asked = as_alice.post(URL, data, follow=True)
    (interview,) = Interview.objects.all()
    assert asked.redirect_chain == [(f"/interviews/{interview.pk}/agreement/", 302)]
    page = as_alice.get(f"/interviews/{interview.pk}/").content.decode()
    ended = local + timedelta(hours=1)  # the next day, late in the evening
    assert f"What was agreed on {ended:%A} hasn’t been recorded yet." in page
    assert re.search(r'class="[^"]*btn-primary[^"]*"[^>]*>\s*Record agreement', page)
    assert "Nothing was agreed" in page


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"title": ""}, "Enter the job title."),
        ({"company_name": ""}, "Enter the company’s name."),
        ({"starts_at_0": ""}, "Enter a date and a time."),
        ({"starts_at_1": "noon"}, "Enter a time, such as 14:30."),
        ({"people-0-name": ""}, "Enter this person’s name."),
        ({"people-0-email": "anna"}, "Enter an email address, such as anna@example.org."),
        ({"minutes": "721"}, "Enter a length from 5 to 720 minutes."),
        ({"minutes": "4"}, "Enter a length from 5 to 720 minutes."),
        ({"minutes": ""}, "Enter a length from 5 to 720 minutes."),
        ({"stage": "third"}, "Choose one of the options listed."),
        (
            {"starts_at_0": "9999-12-31", "starts_at_1": "23:30"},
            "Check the year. It looks too early or too late.",
        ),
        ({"title": "x" * 201}, "Use 200 characters or fewer. You have 201."),
    ],
)
def test_what_would_be_right_is_said_and_what_was_typed_stays(
    as_alice: Client, changes: dict[str, str], said: str
) -> None:
    response = as_alice.post(URL, filled(place="Room 12", **changes))
    page = response.content.decode()
    assert response.status_code == 422
    assert said in page
    assert 'value="Room 12"' in page
    assert 'value="+49 30 901820"' in page
    assert not Interview.objects.exists()


def test_known_ones_are_taken_and_not_made_anew(
    as_alice: Client, interview: Interview, alice: Candidate
) -> None:
    anna = Interlocutor.objects.get()
    data = filled(
        vacancy=str(interview.vacancy_id),
        title="",
        company_name="",
        **{"people-0-known": str(anna.pk), "people-0-name": "", "people-0-phone": ""},
    )
    as_alice.post(URL, data)
    made = Interview.objects.exclude(pk=interview.pk).get()
    assert made.vacancy == interview.vacancy
    assert made.interlocutors.get() == anna
    assert Interlocutor.objects.count() == Company.objects.count() == 1


def test_a_companys_name_is_known_whatever_its_case(as_alice: Client, interview: Interview) -> None:
    as_alice.post(URL, filled(company_name=" ACME ", title="Another position"))
    assert Company.objects.count() == 1


@pytest.mark.parametrize("name", ["company_name", "agency_name"])
def test_a_known_company_is_offered_before_one_of_nearly_its_name_is_made(
    as_alice: Client, interview: Interview, name: str
) -> None:
    sent = filled(**{"company_name": "Bolt", name: "Acme Inc."})
    asked = as_alice.post(URL, sent)
    assert asked.status_code == 422
    html = asked.content.decode()
    assert "You already have “Acme”. Enter that name, or tick that they’re different." in html
    assert "“Acme Inc.” and “Acme” are different companies" in html
    assert 'value="Acme Inc."' in html
    assert as_alice.post(URL, sent | {"is_other_company": "on"}).status_code == 302
    assert Company.objects.filter(name="Acme Inc.").exists()


def test_nothing_is_asked_of_a_known_position(as_alice: Client, interview: Interview) -> None:
    sent = filled(company_name="Acme Inc.", vacancy=str(interview.vacancy_id))
    assert as_alice.post(URL, sent).status_code == 302
    assert "is_other_company" not in as_alice.get(URL).content.decode()


def test_a_strangers_position_cannot_be_chosen(as_charlie: Client, interview: Interview) -> None:
    people.make_interview(
        Candidate.objects.get(user__name="Charlie"),
        starts_at=interview.starts_at,
        now=interview.created_at,
    )
    response = as_charlie.post(URL, filled(vacancy=str(interview.vacancy_id)))
    assert response.status_code == 422


def test_the_next_stage_follows_an_earlier_one(
    as_alice: Client, as_charlie: Client, interview: Interview, now: datetime
) -> None:
    url = f"{URL}?continues={interview.pk}"
    page = as_alice.get(url).content.decode()
    assert "Add next stage" in page
    assert '<option value="second" selected>' in page
    assert as_charlie.get(url).status_code == 404
    assert as_alice.get(f"{URL}?continues=x").status_code == 404

    ahead = now + timedelta(days=3)
    as_alice.post(url, filled(starts_at_0=f"{ahead:%Y-%m-%d}", stage="second"))
    interview.refresh_from_db()
    assert interview.result.kind == "next_stage"
    assert interview.result.next_interview.stage == "second"


def test_one_box_names_what_is_wrong_in_the_order_of_the_page(as_alice: Client) -> None:
    data = filled(
        title="", **{"minutes": "x", "people-0-name": "", "people-0-phone": "1", "starts_at_0": ""}
    )
    page = as_alice.post(URL, data).content.decode()
    assert page.count('class="error-summary"') == 1
    (box,) = re.findall(r'class="error-summary".*?</ul>', page, re.DOTALL)
    said = [
        "Enter the job title",
        "Enter a date and a time",
        "Length in minutes",
        "Enter this person’s name",
    ]
    places = [box.index(sentence) for sentence in said]
    assert places == sorted(places)


def test_a_post_without_the_people_is_refused_in_plain_words(as_alice: Client) -> None:
    response = as_alice.post(URL, {"title": "Product analyst"})
    assert response.status_code == 422
    assert b"Reload the page and try again." in response.content


def test_a_recommended_position_is_filled_in(as_alice: Client) -> None:
    url = f"{URL}?title=Data+steward&company=Bolt&source=referral+from+Acme"
    page = as_alice.get(url).content.decode()
    for value in ("Data steward", "Bolt", "referral from Acme"):
        assert f'value="{value}"' in page
    data = filled(title="Data steward", company_name="Bolt", source="referral from Acme")
    as_alice.post(url, data)
    made = Interview.objects.get().vacancy
    assert (str(made), made.source) == ("Data steward, Bolt", "referral from Acme")


def test_where_it_was_found_is_not_asked_otherwise(as_alice: Client) -> None:
    assert b'name="source"' not in as_alice.get(URL).content


def test_the_next_stage_is_prepared_at_once(
    as_alice: Client, alice: Candidate, now: datetime
) -> None:
    first = people.make_interview(alice, starts_at=now - timedelta(days=9), now=now)
    ahead = (now + timedelta(days=3)).astimezone(alice.zone)
    data = filled(starts_at_0=f"{ahead:%Y-%m-%d}", starts_at_1=f"{ahead:%H:%M}")
    response = as_alice.post(f"{URL}?continues={first.pk}", data)
    made = Interview.objects.get(continues=first)
    assert response["Location"] == f"/interviews/{made.pk}/questions/"


def test_the_promise_of_an_incomplete_line_reaches_the_agreement(
    as_alice: Client, alice: Candidate, now: datetime
) -> None:
    today = now.astimezone(alice.zone).date()
    query = {"q": "Acme, yesterday, answer by tomorrow", "on": today.isoformat()}
    filled_in = as_alice.get("/interviews/new/", query)
    assert filled_in.status_code == 200
    yesterday = today - timedelta(days=1)
    sent = {
        "title": "Analyst",
        "company_name": "Acme",
        "stage": "first",
        "minutes": "60",
        "starts_at_0": yesterday.isoformat(),
        "starts_at_1": "10:00",
        "people-TOTAL_FORMS": "0",
        "people-INITIAL_FORMS": "0",
    }
    answer = as_alice.post("/interviews/new/", sent, query_params=query)
    assert answer.status_code == 302
    assert f"due={today + timedelta(days=1)}" in answer["Location"]
