"""One line adds an interview, by the ordinary form."""

import re
from datetime import datetime, timedelta
from urllib.parse import quote

import pytest
from django.test import Client

from interviews.models import Candidate, Interlocutor, Interview
from tests.support import people
from tests.support.queries import count_queries

URL = "/interviews/quick/"
FORM = "/interviews/new/"
WHOLE = "Acme, product analyst, tomorrow 14:00 with Anna Petrova"


def read(client: Client, line: str) -> str:
    return client.get(URL, {"q": line}).content.decode()


def test_whose_page_it_is(as_alice: Client, as_bob: Client) -> None:
    assert as_alice.get(URL).status_code == 200
    assert as_bob.get(URL)["Location"] == "/start/"
    assert Client().get(URL)["Location"] == f"/accounts/login/?next={URL}"


def test_says_what_it_understood(as_alice: Client) -> None:
    html = read(as_alice, WHOLE)
    assert "Understood: Company Acme, Position product analyst, When " in html
    assert "14:00, With Anna Petrova." in html
    assert "Save interview" in html
    assert Interview.objects.count() == 0


def test_known_names_are_recognised_and_completed(
    as_alice: Client, interview: Interview, anna: Interlocutor
) -> None:
    company = interview.vacancy.company.name
    html = read(as_alice, f"{company.lower()}, tomorrow with {anna.name.lower()}")
    assert f"{company} (known)" in html
    assert f"{anna.name} (known)" in html
    assert f'<option value="{company}">' in read(as_alice, company[:3])
    assert f'<option value="{company}, 14:00 with {anna.name}">' in read(
        as_alice, f"{company}, 14:00 with {anna.name[:3]}"
    )


def test_a_position_that_is_decided_is_filled_in_as_a_new_one(
    as_alice: Client, interview: Interview, now: datetime
) -> None:
    """The form offers open positions only."""
    people.make_result(interview, now=now, kind="refusal")
    vacancy = interview.vacancy
    html = as_alice.get(FORM, {"q": f"{vacancy.company.name}, {vacancy.title}"}).content.decode()
    assert f'value="{vacancy.title}"' in html
    assert f"{vacancy.company.name} (known)" in html
    assert f"{vacancy.title} (known)" not in html


def test_names_of_others_are_not_shown(
    as_charlie: Client, interview: Interview, anna: Interlocutor
) -> None:
    html = read(as_charlie, interview.vacancy.company.name[:3])
    html += read(as_charlie, f"Bolt with {anna.name[:3]}")
    assert "<option" not in html
    assert "known" not in html


def test_asks_little_and_answers_briefly(as_alice: Client, interview: Interview) -> None:
    as_alice.get("/today/")
    of_session_and_user = 2
    line = f"{interview.vacancy.company.name}, data engineer, next Friday 14:00 with Anna"
    assert count_queries(lambda: read(as_alice, line)) <= 3 + of_session_and_user
    assert len(read(as_alice, line)) <= 3000


def test_the_filled_in_form_asks_little_more_than_the_empty_one(
    as_alice: Client, interview: Interview
) -> None:
    empty = count_queries(lambda: as_alice.get(FORM))
    constraints = 2 * 3  # each within a savepoint
    known_position, similar_names, of_that_day = 1, 1, 1
    filled_in = count_queries(lambda: as_alice.get(FORM, {"q": WHOLE}))
    assert filled_in <= empty + constraints + known_position + similar_names + of_that_day


def test_what_may_mean_two_days_is_asked(as_alice: Client, alice: Candidate, now: datetime) -> None:
    today = f"{now.astimezone(alice.zone):%A}"
    html = read(as_alice, f"Acme, analyst, {today} 14:00")
    assert "Which day:" in html
    assert "Save interview" not in html
    choices = re.findall(r'href="(/interviews/new/\?q=[^"]*)"', html)  # the last opens the form
    chosen = as_alice.get(choices[-2].replace("&amp;", "&")).content.decode()
    assert re.search(r'name="starts_at_0"\s+value="\d{4}-\d\d-\d\d"', chosen)


def test_without_a_script_the_form_is_filled_in(as_alice: Client) -> None:
    response = as_alice.get(FORM, {"q": WHOLE})
    html = response.content.decode()
    assert response.status_code == 200
    assert "Understood: Company Acme" in html
    assert 'value="product analyst"' in html
    assert 'value="14:00"' in html
    assert 'value="Anna Petrova"' in html
    assert Interview.objects.count() == 0


def test_the_form_says_what_is_missing(as_alice: Client) -> None:
    response = as_alice.get(FORM, {"q": "Acme, tomorrow 14:00"})
    assert response.status_code == 200
    assert "Enter the job title." in response.content.decode()


def test_what_is_seldom_needed_is_folded_unless_it_was_said(as_alice: Client) -> None:
    assert '<details class="more">' in as_alice.get(FORM).content.decode()
    assert '<details class="more" open>' in (
        as_alice.get(FORM, {"q": f"{WHOLE}, in room 12"}).content.decode()
    )


def test_a_whole_line_is_saved_at_once(as_alice: Client, alice: Candidate, now: datetime) -> None:
    line = "Acme, analyst, tomorrow 14:00 for 45 min with Anna Petrova (boss), bring a pen"
    key = "0190c8a0-0000-7000-8000-000000000001"
    sent = {"q": line, "submission_id": key}
    first, second = as_alice.post(FORM, sent), as_alice.post(FORM, sent)
    made = Interview.objects.get()
    assert first["Location"] == second["Location"] == f"/interviews/{made.pk}/next/"
    local = made.starts_at.astimezone(alice.zone)
    assert local.date() == now.astimezone(alice.zone).date() + timedelta(1)
    assert f"{local:%H:%M}" == "14:00"
    assert (str(made.vacancy), made.minutes) == ("analyst, Acme", 45)
    assert made.notes == "bring a pen"
    lead = made.participations.get()
    assert (lead.interlocutor.name, lead.role) == ("Anna Petrova", "top_manager")


def test_a_known_position_and_person_stay_the_same(
    as_alice: Client, interview: Interview, anna: Interlocutor
) -> None:
    vacancy = interview.vacancy
    line = f"{vacancy.company.name}, {vacancy.title.upper()}, tomorrow 9:00 with {anna.name}"
    as_alice.post(FORM, {"q": line})
    made = Interview.objects.exclude(pk=interview.pk).get()
    assert made.vacancy == vacancy
    assert list(made.interlocutors.all()) == [anna]


def test_a_line_that_lacks_something_comes_back_as_the_form(as_alice: Client) -> None:
    response = as_alice.post(FORM, {"q": "Acme, tomorrow 14:00"})
    assert response.status_code == 422
    assert b"Enter the job title." in response.content
    assert Interview.objects.count() == 0


def test_tomorrow_is_counted_from_the_day_when_it_was_typed(
    as_alice: Client, alice: Candidate, now: datetime
) -> None:
    yesterday = now.astimezone(alice.zone).date() - timedelta(1)
    as_alice.post(FORM, {"q": WHOLE, "on": yesterday.isoformat()})
    made = Interview.objects.get()
    assert made.starts_at.astimezone(alice.zone).date() == yesterday + timedelta(1)


@pytest.mark.parametrize("line", ["\0", "x" * 5000, "<script>", '"', "𝟛/𝟜 ١:٠٠", "99/99 25:99"])
def test_any_line_gets_a_page(as_alice: Client, line: str) -> None:
    assert as_alice.get(URL, {"q": line}).status_code == 200
    assert as_alice.get(f"{FORM}?q={quote(line)}").status_code == 200
    assert "<script>" not in read(as_alice, line)


def test_pieces_lead_to_their_fields(as_alice: Client) -> None:
    html = read(as_alice, WHOLE)
    for field in ("company_name", "title", "starts_at_0", "people-0-name"):
        assert f'#id_{field}"' in html
        assert f'id="id_{field}"' in as_alice.get(FORM, {"q": WHOLE}).content.decode()


def test_another_interview_at_that_hour_is_named(
    as_alice: Client, alice: Candidate, ahead: Interview
) -> None:
    starts = ahead.starts_at.astimezone(alice.zone)
    said = f"You meet Bolt at {starts:%H:%M}."
    assert said in read(as_alice, f"Cargo, planner, {starts:%Y-%m-%d %H:%M}")
    assert (
        said
        in as_alice.get(FORM, {"q": f"Cargo, planner, {starts:%Y-%m-%d %H:%M}"}).content.decode()
    )
    later = starts + timedelta(hours=2)
    assert said not in read(as_alice, f"Cargo, planner, {later:%Y-%m-%d %H:%M}")


def test_the_same_interview_is_named(
    as_alice: Client, as_charlie: Client, ahead: Interview
) -> None:
    day = ahead.starts_at.astimezone(ahead.candidate.zone)
    line = f"bolt, data engineer, {day:%Y-%m-%d}"
    assert "Already there: Data engineer, Bolt, " in read(as_alice, line)
    assert "Already there:" not in read(as_charlie, line)


def test_a_promised_weekday_that_has_passed_is_not_skipped_in_silence(as_alice: Client) -> None:
    line = "Acme, analyst, last week Monday 10:00, they call by Tuesday"
    assert "which has passed" in read(as_alice, line)
    assert "which has passed" not in read(
        as_alice, "Acme, analyst, today 9:00, they call by Tuesday"
    )
