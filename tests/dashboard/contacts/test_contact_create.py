from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client

from interviews.models import Contact, Interview


def filled(**changes: str) -> dict[str, str]:
    data = {
        "submission_id": str(uuid4()),
        "kind": "missed",
        "channel": "phone",
        "person": "",
        "at_0": "",
        "at_1": "",
        "notes": "",
    }
    return data | changes


def url_of(interview: Interview) -> str:
    return f"/interviews/{interview.pk}/contact/"


def test_whose_page_it_is(is_alices_alone: Callable[[str], None], interview: Interview) -> None:
    is_alices_alone(url_of(interview))


@pytest.mark.parametrize(
    ("kind", "channel", "recorded"),
    [
        ("missed", "email", ("in", "phone", "no_answer", "follow_up")),
        ("still_open", "email", ("in", "email", "reached", "follow_up")),
        ("asked", "email", ("out", "email", "sent", "follow_up")),
        ("asked", "phone", ("out", "phone", "reached", "follow_up")),
        ("no_answer", "message", ("out", "phone", "no_answer", "follow_up")),
        ("thanks", "message", ("out", "message", "sent", "thanks")),
        ("other_in", "message", ("in", "message", "reached", "other")),
        ("other_out", "email", ("out", "email", "sent", "other")),
    ],
)
def test_each_thing_that_may_happen(
    as_alice: Client,
    interview: Interview,
    kind: str,
    channel: str,
    recorded: tuple[str, str, str, str],
) -> None:
    response = as_alice.post(url_of(interview), filled(kind=kind, channel=channel))
    made = Contact.objects.get()
    assert response["Location"] == f"/interviews/{interview.pk}/"
    assert (made.direction, made.channel, made.outcome, made.purpose) == recorded


def test_a_new_day_is_noted_next(as_alice: Client, interview: Interview) -> None:
    response = as_alice.post(url_of(interview), filled(kind="still_open", has_new_day="on"))
    contact = Contact.objects.get()
    card = f"/interviews/{interview.pk}/agreement/?contact={contact.pk}"
    assert response["Location"] == card


def test_a_double_click_records_once(as_alice: Client, interview: Interview) -> None:
    data = filled()
    as_alice.post(url_of(interview), data)
    as_alice.post(url_of(interview), data)
    assert Contact.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"kind": ""}, "Choose one of the options listed."),
        ({"at_0": "2099-01-01", "at_1": "10:00"}, "This time is in the future"),
        ({"at_0": "2020-01-01", "at_1": "10:00"}, "at most a day before the interview ended"),
    ],
)
def test_what_would_be_right_is_said_and_what_was_typed_stays(
    as_alice: Client, interview: Interview, changes: dict[str, str], said: str
) -> None:
    response = as_alice.post(url_of(interview), filled(notes="At the bus stop", **changes))
    assert response.status_code == 422
    assert said in response.content.decode()
    assert b"At the bus stop" in response.content
    assert not Contact.objects.exists()


def test_what_happened_may_come_with_the_link(as_alice: Client, interview: Interview) -> None:
    page = as_alice.get(f"{url_of(interview)}?kind=thanks").content.decode()
    _, after = page.split('value="thanks"')
    assert "checked" in after[: after.index(">")]


def test_saving_says_so(as_alice: Client, interview: Interview) -> None:
    page = as_alice.post(url_of(interview), filled(), follow=True).content
    assert b'<p class="success">Added to the history.</p>' in page
