"""When a mail's link is void: forged, expired, settled; and what it leaves behind."""

import time
from datetime import datetime, timedelta

import pytest
from django.core import signing
from django.test import Client
from pytest_django import Settings

from dashboard.mail_links.views import COOKIE
from interviews.models import Candidate, Contact, Reminder
from interviews.services import interviews
from reminders.signed_links import ACTION_SALT
from tests.dashboard.linking import TYPED, clean, everything, link, opened
from tests.support.people import make_contact
from tests.support.step_factories import reminder_of, stand


@pytest.fixture
def reminder(alice: Candidate, now: datetime) -> Reminder:
    return reminder_of(stand(alice, "call", now=now), now=now)


@pytest.mark.parametrize(
    "token",
    [
        "nonsense",
        signing.dumps(["0" * 32, "called"], salt="another salt"),
        signing.dumps("0" * 32, salt=ACTION_SALT),
        signing.dumps(["no key", "called"], salt=ACTION_SALT),
    ],
    # Each is signed anew, with the time: named after it, no two processes would run the same test.
    ids=["nonsense", "another salt", "no pair", "no key"],
)
def test_a_forged_link_is_over(client: Client, db: None, token: str) -> None:
    page = client.get(f"/act/{token}/")
    assert page.status_code == 410
    assert "action" not in page.cookies


def test_a_changed_link_is_over(client: Client, reminder: Reminder) -> None:
    path = link(reminder, "called")
    changed = path.replace(path[9], "A" if path[9] != "A" else "B", 1)
    assert client.get(changed).status_code == 410


def test_a_link_that_is_too_old_is_over(
    client: Client, reminder: Reminder, settings: Settings
) -> None:
    path = link(reminder, "called")
    settings.ACTION_LINK_DAYS = -1  # every link is older than that
    page = client.get(path)
    assert page.status_code == 410
    assert b"Acme" not in page.content


def test_a_link_lives_for_thirty_days(settings: Settings) -> None:
    assert settings.ACTION_LINK_DAYS == 30


def test_without_the_mails_link_the_clean_address_is_over(
    client: Client, reminder: Reminder
) -> None:
    before = everything()
    for page in (
        client.get(clean(reminder, "called")),
        client.post(clean(reminder, "called"), TYPED["called"]),
    ):
        assert page.status_code == 410
        assert b"Acme" not in page.content
        assert b"Anna" not in page.content
    assert everything() == before


def test_a_link_serves_its_own_interview_alone(
    client: Client, alice: Candidate, charlie: Candidate, reminder: Reminder, now: datetime
) -> None:
    others = [
        reminder_of(stand(alice, "call", now=now, company="Bolt"), now=now),
        reminder_of(stand(charlie, "call", now=now, company="Dune"), now=now),
    ]
    cookie = client.get(link(reminder, "called")).cookies["action"].value
    for other in others:
        # Not even with the cookie put under the other's path by hand.
        client.cookies["action"] = cookie
        client.cookies["action"]["path"] = "/"
        page = client.post(clean(other, "called"), TYPED["called"])
        assert page.status_code == 410
        assert b"Bolt" not in page.content
        assert b"Dune" not in page.content
    assert not Contact.objects.exists()


@pytest.mark.parametrize("value", ["the key", "the token"])
def test_a_forged_cookie_is_refused(client: Client, reminder: Reminder, value: str) -> None:
    token = link(reminder, "called").split("/")[2]
    client.cookies["action"] = reminder.pk.hex if value == "the key" else token
    assert client.get(clean(reminder, "called")).status_code == 410


def test_an_open_page_ends_with_its_link(
    client: Client, reminder: Reminder, settings: Settings
) -> None:
    assert opened(client, reminder, "called").status_code == 200
    settings.ACTION_LINK_DAYS = -1  # the link has become older than that meanwhile
    assert client.get(clean(reminder, "called")).status_code == 410
    assert client.post(clean(reminder, "called"), TYPED["called"]).status_code == 410
    assert not Contact.objects.exists()


def test_an_open_page_ends_after_an_hour(client: Client, reminder: Reminder) -> None:
    cookie = client.get(link(reminder, "called")).cookies["action"]
    assert cookie["max-age"] == 3600
    an_hour_ago = time.time() - 3601
    signer = signing.get_cookie_signer(salt="action" + COOKIE.salt)
    with pytest.MonkeyPatch.context() as patched:  # of the clock that Django's signer reads
        patched.setattr(signing.time, "time", lambda: an_hour_ago)
        client.cookies["action"] = signer.sign(link(reminder, "called").split("/")[2])
    assert client.get(clean(reminder, "called")).status_code == 410


def test_the_token_leaves_the_address_and_goes_nowhere(client: Client, reminder: Reminder) -> None:
    token = link(reminder, "called").split("/")[2]
    for page in (client.get(link(reminder, "called")), opened(client, reminder, "called")):
        # With "no-referrer" a browser would post "Origin: null", which Django refuses.
        assert page["Referrer-Policy"] == "same-origin"
        assert token not in page.content.decode()
        assert token not in page.get("Location", "")


def test_links_that_are_opened_too_often_must_wait(client: Client, reminder: Reminder) -> None:
    answers = [client.get("/act/nonsense/").status_code for _ in range(61)]
    assert answers == [410] * 60 + [429]
    refused = client.get(link(reminder, "called"))
    assert refused.status_code == 429
    assert "action" not in refused.cookies
    assert client.get(link(reminder, "called"), REMOTE_ADDR="192.0.2.9").status_code == 302


def test_a_link_ends_when_its_step_is_settled(
    client: Client, reminder: Reminder, now: datetime
) -> None:
    opened(client, reminder, "called")
    make_contact(reminder.interview, now=now - timedelta(minutes=5))
    for page in (
        opened(client, reminder, "called"),
        client.post(clean(reminder, "called"), TYPED["called"]),
    ):
        assert page.status_code == 410
        # Who came with a true link may go on to the interview, by signing in.
        assert f"/interviews/{reminder.interview_id}/" in page.content.decode()
        assert b"Acme" not in page.content
    assert Contact.objects.count() == 1


def test_a_link_ends_when_its_interview_is_cancelled(
    client: Client, reminder: Reminder, now: datetime
) -> None:
    interviews.cancel_interview(interview=reminder.interview, now=now)
    assert opened(client, reminder, "called").status_code == 410


def test_a_link_ends_when_its_interview_is_deleted(client: Client, reminder: Reminder) -> None:
    reminder.interview.delete()
    assert opened(client, reminder, "called").status_code == 410


def test_a_link_ends_when_its_step_expires_before_any_sweep(
    client: Client, alice: Candidate, now: datetime
) -> None:
    interview = stand(alice, "fix_agreement", now=now - timedelta(hours=20))
    reminder = reminder_of(interview, now=now - timedelta(hours=20))
    assert opened(client, reminder, "nothing-agreed").status_code == 200
    late = stand(alice, "fix_agreement", now=now - timedelta(hours=23), company="Bolt")
    ended = reminder_of(late, now=now - timedelta(hours=23))
    assert opened(client, ended, "nothing-agreed").status_code == 410
