"""The calendar's secret address: created and shown after a confirmation, with a notice."""

from datetime import datetime, timedelta

import pytest
from django.core.mail import EmailMessage
from django.test import Client

from accounts.models import AuditEntry, User
from integrations import feed_address
from interviews.models import CalendarFeed, Candidate
from tests.accounts.sign_in_helpers import confirm
from tests.support.people import PASSWORD

SECTION = "/settings/calendar/"
URL = "/settings/calendar/link/"
CONFIRM = "/accounts/reauthenticate/"


@pytest.fixture
def feed(alice: Candidate, now: datetime) -> CalendarFeed:
    return feed_address.create_feed(candidate=alice, now=now - timedelta(days=2))


def kinds(user: User) -> list[str]:
    entries = AuditEntry.objects.about(user).filter(kind__startswith="calendar")
    return list(entries.values_list("kind", flat=True))


def test_whose_it_is(as_alice: Client, as_bob: Client, feed: CalendarFeed) -> None:
    assert as_bob.get(URL).status_code in (302, 404)
    assert Client().get(URL)["Location"] == f"/accounts/login/?next={URL}"
    assert as_alice.post(URL).status_code == 405


@pytest.mark.parametrize("action", ["link/", "create/", "renew/"])
def test_an_open_session_is_not_enough(
    as_alice: Client, mailoutbox: list[EmailMessage], feed: CalendarFeed, action: str
) -> None:
    """Whoever finds it must show who it is first; nothing is made, shown or told."""
    if action == "create/":
        feed.delete()
    url = f"{SECTION}{action}"
    answer = as_alice.get(url) if action == "link/" else as_alice.post(url)
    assert answer["Location"].startswith(CONFIRM)
    assert list(CalendarFeed.objects.values_list("token", flat=True)) == (
        [] if action == "create/" else [feed.token]
    )
    assert mailoutbox == []


def test_no_other_page_shows_it(as_alice: Client, feed: CalendarFeed) -> None:
    for url in (
        "/settings/",
        SECTION,
        "/accounts/signing-in/",
        "/settings/record/",
        "/settings/export/",
    ):
        page = as_alice.get(url)
        assert page.status_code == 200
        assert feed.token not in page.content.decode()


def test_shown_it_is_noted_and_told(
    as_alice: Client, alice: Candidate, mailoutbox: list[EmailMessage], feed: CalendarFeed
) -> None:
    confirm(as_alice)
    token = feed.token
    for _ in range(2):  # looked at again, within the hour
        assert token in as_alice.get(URL).content.decode()
    assert kinds(alice.user)[0] == "calendar_shown"
    (mail,) = mailoutbox
    assert mail.to == [alice.user.email]
    assert token not in str(mail.body)
    page = as_alice.get("/settings/record/").content.decode()
    assert "You viewed your calendar link" in page


def test_it_is_a_page_of_the_settings(as_alice: Client, feed: CalendarFeed) -> None:
    confirm(as_alice)
    page = as_alice.get(URL).content.decode()
    assert f'<a href="{SECTION}" aria-current="true">' in page


def test_the_section_leads_to_it(as_alice: Client, feed: CalendarFeed) -> None:
    assert f'href="{URL}"' in as_alice.get(SECTION).content.decode()
    feed.delete()
    assert f'action="{SECTION}create/"' in as_alice.get(SECTION).content.decode()
    assert as_alice.get(URL)["Location"] == SECTION


@pytest.mark.parametrize("action", ["create/", "renew/"])
def test_made_it_is_noted_and_told_once(
    as_alice: Client,
    alice: Candidate,
    mailoutbox: list[EmailMessage],
    feed: CalendarFeed,
    action: str,
) -> None:
    before = feed.token
    if action == "create/":
        feed.delete()
    confirm(as_alice)
    page = as_alice.post(f"{SECTION}{action}", follow=True)
    token = CalendarFeed.objects.get().token
    assert token != before
    assert token in page.content.decode()
    assert kinds(alice.user)[0] == "calendar_made"
    assert len(mailoutbox) == 1


def test_a_confirmation_leads_on_to_what_was_asked(as_alice: Client, alice: Candidate) -> None:
    asked = as_alice.post(f"{SECTION}create/")
    as_alice.post(asked["Location"], {"password": PASSWORD})
    assert CalendarFeed.objects.filter(candidate=alice).exists()


def test_a_new_password_offers_another(as_alice: Client, feed: CalendarFeed) -> None:
    confirm(as_alice)
    new = {
        "oldpassword": PASSWORD,
        "password1": "quite another word",
        "password2": "quite another word",
    }
    page = as_alice.post("/accounts/password/change/", new, follow=True).content.decode()
    assert "Your calendar link still works." in page
    assert f'action="{SECTION}renew/"' in page


def test_a_password_without_a_calendar_offers_none(as_alice: Client) -> None:
    page = as_alice.get("/accounts/signing-in/").content.decode()
    assert "Private calendar link" not in page
