"""A coach chooses the mornings and the hour of the mail."""

from datetime import time
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from accounts.models import User
from interviews.models import Candidate, Coach
from tests.site.test_guards import look
from tests.support.people import make_user

PAGE = "/settings/mornings/"
WISH = {
    "digest_weekdays": ["0", "4"],
    "digest_time": "06:45",
    "timezone": "America/New_York",
}


@pytest.fixture
def as_bob(client: Client, bob: User) -> Client:
    client.force_login(bob)
    return client


def test_before_anything_is_chosen_no_day_is(as_bob: Client) -> None:
    page = as_bob.get(PAGE)
    look(page, PAGE)
    assert "checked" not in page.content.decode()
    assert not Coach.objects.exists()


def test_what_the_coach_chooses_is_kept(as_bob: Client, bob: User) -> None:
    assert as_bob.post(PAGE, WISH).status_code == 302
    coach = Coach.objects.get(user=bob)
    assert coach.digest_weekdays == [0, 4]
    assert coach.digest_due_at is not None
    local = coach.digest_due_at.astimezone(ZoneInfo("America/New_York"))
    assert local.time() == time(6, 45)
    assert local.weekday() in (0, 4)
    page = as_bob.get(PAGE).content.decode()
    assert page.count("checked") == 2


def test_the_name_that_candidates_read(as_bob: Client, bob: User) -> None:
    as_bob.post(PAGE, WISH | {"name": "Bob Brown"})
    bob.refresh_from_db()
    assert bob.name == "Bob Brown"
    assert 'value="Bob Brown"' in as_bob.get(PAGE).content.decode()


def test_no_day_ends_the_mail(as_bob: Client) -> None:
    as_bob.post(PAGE, WISH)
    as_bob.post(PAGE, WISH | {"digest_weekdays": []})
    assert Coach.objects.get().digest_due_at is None


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"digest_time": "noon"}, "Enter a time, such as 14:30."),
        ({"timezone": "Mars/Base"}, "Choose a time zone from the list"),
        ({"digest_weekdays": ["9"]}, "Choose one of the options listed."),
    ],
)
def test_what_is_wrong_is_said(as_bob: Client, wrong: dict[str, object], said: str) -> None:
    page = as_bob.post(PAGE, WISH | wrong)
    assert page.status_code == 422
    assert said in page.content.decode()
    assert not Coach.objects.exists()


def test_it_is_no_page_for_whoever_does_not_coach(client: Client, alice: Candidate) -> None:
    assert client.get(PAGE).status_code == 302  # to the sign-in
    client.force_login(alice.user)
    assert client.get(PAGE).status_code == 404
    assert client.post(PAGE, WISH).status_code == 404
    client.force_login(make_user("Erin"))
    assert client.get(PAGE).status_code == 404
