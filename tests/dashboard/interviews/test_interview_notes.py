import pytest
from django.test import Client

from interviews.models import Interview

FIELD = {"HX-Request": "true", "HX-Target": "notes-status"}


def url(interview: Interview) -> str:
    return f"/interviews/{interview.pk}/notes/"


def test_whose_notes_they_are(
    as_alice: Client, as_bob: Client, as_charlie: Client, interview: Interview
) -> None:
    typed = {"was": "", "notes": "Ask about the team."}
    assert as_bob.post(url(interview), typed).status_code == 404
    assert as_charlie.post(url(interview), typed).status_code == 404
    assert Client().post(url(interview), typed).status_code != 200
    interview.refresh_from_db()
    assert interview.notes == ""


def test_they_are_saved_by_a_button(as_alice: Client, interview: Interview) -> None:
    page = as_alice.post(url(interview), {"was": "", "notes": "A\r\nB"}, follow=True)
    assert "Notes saved." in page.content.decode()
    interview.refresh_from_db()
    assert interview.notes.splitlines() == ["A", "B"]


def test_the_field_saves_itself_and_learns_what_is_stored(
    as_alice: Client, interview: Interview
) -> None:
    answer = as_alice.post(url(interview), {"was": "", "notes": "A"}, headers=FIELD)
    assert answer.status_code == 200
    assert "Saved at" in answer.content.decode()
    assert 'value="A"' in answer.content.decode()
    assert "<html" not in answer.content.decode()


@pytest.mark.parametrize("headers", [{}, FIELD])
def test_notes_changed_elsewhere_are_not_overwritten(
    as_alice: Client, interview: Interview, headers: dict[str, str]
) -> None:
    as_alice.post(url(interview), {"was": "", "notes": "On the phone"})
    answer = as_alice.post(url(interview), {"was": "", "notes": "At the desk"}, headers=headers)
    assert answer.status_code == 422
    assert "These notes were changed elsewhere" in answer.content.decode()
    if not headers:
        assert "At the desk" in answer.content.decode()  # what was typed stays
        assert "On the phone" in answer.content.decode()  # and what it would replace is shown
    interview.refresh_from_db()
    assert interview.notes == "On the phone"
