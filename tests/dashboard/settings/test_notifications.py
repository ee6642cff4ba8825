"""The page of notifications: devices, the test, the order of channels, and what went wrong."""

import gzip
import json
import re
from datetime import datetime
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from interviews.models import Candidate, Mail, NotificationChannel, PushDevice
from interviews.services.notification_channels import add_device, set_order
from tests.support.push import make_subscription
from tests.support.queries import count_queries

URL = "/settings/notifications/"
LOST = "Notifications no longer reach any of your devices, so reminders come by email."


@pytest.fixture
def device(alice: Candidate, now: datetime) -> PushDevice:
    name = "Chrome on Android"
    return add_device(candidate=alice, subscription=make_subscription(), name=name, now=now)


def text(client: Client, url: str = URL) -> str:
    return " ".join(client.get(url).content.decode().split())


def test_without_a_device_it_offers_to_turn_them_on(as_alice: Client) -> None:
    page = text(as_alice)
    assert "Turn on notifications on this device" in page
    assert "No company or person is named on the lock screen unless you choose it." in page
    key = re.search(r'data-key="([\w-]{87})"', page)
    assert key is not None
    assert key[0] in text(as_alice)
    for absent in ("Your devices", "Send a test notification", 'name="first"'):
        assert absent not in page


def test_it_says_what_to_do_without_javascript(as_alice: Client) -> None:
    [said] = re.findall(r"<noscript>.*?</noscript>", text(as_alice))
    for word in ("needs JavaScript", "Add to Home Screen", "browser blocks notifications"):
        assert word in said


def test_its_script_is_small_and_on_this_page_alone(as_alice: Client) -> None:
    script = "js/notifications.js"
    assert f'src="/static/{script}"' in text(as_alice)
    for url in ("/today/", "/settings/", "/settings/reminders/"):
        assert script not in text(as_alice, url)
    found = finders.find(script)
    assert found
    assert len(gzip.compress(Path(found).read_bytes())) <= 2048


def test_htmx_is_told_to_load_the_whole_page(as_alice: Client) -> None:
    answer = as_alice.get(URL, HTTP_HX_BOOSTED="true")
    assert (answer["HX-Redirect"], answer.content) == (URL, b"")


def test_the_devices_are_listed(as_alice: Client, as_charlie: Client, device: PushDevice) -> None:
    page = text(as_alice)
    assert "<b>Chrome on Android</b>" in page
    assert f'data-device="{device.endpoint_digest}"' in page
    assert 'aria-label="Remove Chrome on Android"' in page
    assert f'action="/settings/notifications/devices/{device.pk}/delete/"' in page
    assert "Chrome on Android" not in text(as_charlie)
    assert '<span class="soft">On 1 device</span>' in text(as_alice, "/settings/")
    assert '<span class="soft">Turned off</span>' in text(as_charlie, "/settings/")


def test_a_test_is_queued_for_all_devices(
    as_alice: Client, alice: Candidate, device: PushDevice
) -> None:
    page = as_alice.post(f"{URL}test/", follow=True).content.decode()
    assert "Test notification sent. It arrives within a minute." in page
    mail = Mail.objects.get()
    assert (mail.kind, mail.user) == ("push", alice.user)
    assert (mail.recipient, mail.state) == (str(device.channel_id), "waiting")
    told = json.loads(mail.text)
    assert told.keys() == {"title", "body", "url", "topic", "lang", "actions"}
    assert told["title"] == mail.subject == "This is a test notification"
    assert told["url"].endswith(URL)
    assert told["actions"] == []


def test_without_a_device_no_test_is_sent(as_alice: Client, as_bob: Client) -> None:
    page = as_alice.post(f"{URL}test/", follow=True).content.decode()
    assert "Turn on notifications on a device first." in page
    assert not Mail.objects.exists()
    assert as_bob.post(f"{URL}test/").status_code == 404


def test_tests_are_limited(as_alice: Client, device: PushDevice) -> None:
    answers = [as_alice.post(f"{URL}test/").status_code for _ in range(11)]
    assert answers == [302] * 10 + [429]


@pytest.mark.parametrize(
    ("first", "follows", "order"),
    [
        ("push", "email", ["push", "email"]),
        ("push", "nothing", ["push"]),
        ("email", "push", ["email", "push"]),
        ("email", "nothing", ["email"]),
    ],
)
def test_the_order_for_all_steps(
    as_alice: Client,
    alice: Candidate,
    device: PushDevice,
    first: str,
    follows: str,
    order: list[str],
) -> None:
    assert as_alice.post(URL, {"first": first, "follows": follows})["Location"] == URL
    alice.refresh_from_db()
    assert alice.channel_order == {"": order}
    page = text(as_alice)
    for name, value in (("first", first), ("follows", follows)):
        assert re.search(f'name="{name}"[^>]*value="{value}"[^>]*checked', page)
    assert '<details class="more">' in page


def test_some_steps_differ(as_alice: Client, alice: Candidate, device: PushDevice) -> None:
    data = {"first": "push", "follows": "email", "order_call": "push", "order_close": "email push"}
    as_alice.post(URL, data)
    alice.refresh_from_db()
    assert alice.channel_order == {
        "": ["push", "email"],
        "call": ["push"],
        "close": ["email", "push"],
    }
    page = text(as_alice)
    assert '<details class="more" open>' in page
    assert '<option value="email push" selected>Email, then notification</option>' in page


def test_an_order_that_is_none(as_alice: Client, alice: Candidate, device: PushDevice) -> None:
    data = {"first": "push", "follows": "email"}
    for wrong in ({"first": "pigeon"}, {"follows": ""}, {"order_call": "pigeon"}):
        answer = as_alice.post(URL, data | wrong)
        assert answer.status_code == 422
        assert "Choose one of the options listed." in answer.content.decode()
    alice.refresh_from_db()
    assert alice.channel_order == {"": ["push", "email"]}


def test_names_on_the_lock_screen_are_a_choice(
    as_alice: Client, alice: Candidate, device: PushDevice
) -> None:
    data = {"first": "push", "follows": "email"}
    for sent, is_shown in (({"shows_names_on_lock_screen": "on"}, True), ({}, False)):
        as_alice.post(URL, data | sent)
        alice.refresh_from_db()
        assert alice.shows_names_on_lock_screen is is_shown


def test_a_lost_channel_is_said_here_and_on_today(
    as_alice: Client, alice: Candidate, device: PushDevice, now: datetime
) -> None:
    for url in (URL, "/today/"):
        assert LOST not in text(as_alice, url)
    NotificationChannel.objects.update(failed_at=now)
    assert LOST in text(as_alice)
    page = text(as_alice, "/today/")
    assert LOST in page
    assert f'href="{URL}">Turn them on again</a>' in page
    PushDevice.objects.all().delete()
    assert LOST in text(as_alice)


def test_who_is_told_by_email_costs_no_query(as_alice: Client, alice: Candidate) -> None:
    as_alice.get("/today/")
    before = count_queries(lambda: as_alice.get("/today/"))
    set_order(candidate=alice, order={"": ["push", "email"]})
    assert count_queries(lambda: as_alice.get("/today/")) == before + 1


def test_the_page_of_reminders_leads_here(as_alice: Client) -> None:
    assert f'href="{URL}">Set up notifications</a>' in text(as_alice, "/settings/reminders/")
