"""Many interviews at once: read into a table, then saved by the ordinary forms."""

import re

from django.test import Client

from dashboard.interviews.lines import LINES_MAX
from interviews.models import Candidate, Interview

URL = "/interviews/several/"
AHEAD = "Acme, analyst, tomorrow 14:00 with Anna Petrova"
OVER = "Bolt, data engineer, yesterday 9:00, no date given"
PARTIAL = "Cargo, planner"


def test_whose_page_it_is(as_alice: Client, as_bob: Client) -> None:
    assert as_alice.get(URL).status_code == 200
    assert as_bob.get(URL)["Location"] == "/start/"
    assert Client().get(URL)["Location"] == f"/accounts/login/?next={URL}"


def test_checking_saves_nothing(as_alice: Client) -> None:
    html = as_alice.post(URL, {"lines": f"{AHEAD}\n\n{PARTIAL}"}).content.decode()
    assert '<th scope="row">Acme</th>' in html
    assert "Anna Petrova</td>" in html
    assert "Add day, Add time" in html
    assert "Save all" in html
    assert Interview.objects.count() == 0


def test_what_is_complete_is_saved_and_the_rest_stays(as_alice: Client, alice: Candidate) -> None:
    sent = {"lines": f"{AHEAD}\n{PARTIAL}\n{OVER}", "save": "1"}
    html = as_alice.post(URL, sent).content.decode()
    assert "2 interviews saved." in html
    assert re.search(rf"<textarea[^>]*>\s*{PARTIAL}\s*</textarea>", html)
    rows = Interview.objects.filter(candidate=alice)
    assert {row.vacancy.company.name for row in rows} == {"Acme", "Bolt"}


def test_what_was_agreed_is_recorded_with_it(as_alice: Client) -> None:
    assert as_alice.post(URL, {"lines": OVER, "save": "1"})["Location"] == "/today/"
    agreement = Interview.objects.get().agreements.get()
    assert agreement.due_on is None
    assert agreement.made_at == agreement.interview.ends_at


def test_sent_twice_it_is_saved_once(as_alice: Client) -> None:
    page = as_alice.post(URL, {"lines": AHEAD}).content.decode()
    found = re.search(r'name="submission_id" value="([^"]+)"', page)
    assert found is not None
    sent = {"lines": AHEAD, "save": "1", "submission_id": found[1]}
    for _ in range(2):
        assert as_alice.post(URL, sent)["Location"] == "/today/"
    assert Interview.objects.count() == 1


def test_nothing_to_read_is_refused(as_alice: Client) -> None:
    response = as_alice.post(URL, {"lines": " \n"})
    assert response.status_code == 422
    assert "Enter a line." in response.content.decode()


def test_too_many_lines_are_kept(as_alice: Client) -> None:
    lines = [f"Company {n}, analyst" for n in range(LINES_MAX + 1)]
    html = as_alice.post(URL, {"lines": "\n".join(lines), "save": "1"}).content.decode()
    assert "We read 20 lines at a time." in html
    assert html.count('<th scope="row">') == LINES_MAX
    assert lines[-1] in html
