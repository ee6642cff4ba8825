"""A browser is added to the devices that are notified, renewed and removed."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from pytest_django import Settings

from accounts import encryption
from dashboard.settings.notification_forms import NOTHING
from interviews.models import Candidate, NotificationChannel, PushDevice
from interviews.services.notification_channels import add_device
from tests.support.push import ENDPOINT, encoded, make_subscription

URL = "/settings/notifications/devices/"
ANDROID = (
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/146.0.0.0 Mobile Safari/537.36"
)


def post(client: Client, told: object, *, query: str = "", **headers: str) -> HttpResponse:
    body = told if isinstance(told, str | bytes) else json.dumps(told)
    return client.post(f"{URL}{query}", body, content_type="application/json", **headers)


def test_a_browser_is_added_and_named(as_alice: Client, alice: Candidate) -> None:
    subscription = make_subscription()
    answer = post(as_alice, subscription, HTTP_USER_AGENT=ANDROID)
    assert (answer.status_code, answer.content) == (201, b"")
    device = PushDevice.objects.get(channel__candidate=alice)
    assert device.name == "Chrome on Android"
    stored = json.loads(encryption.decrypt(device.subscription))
    assert stored == {"endpoint": ENDPOINT, "keys": subscription["keys"]}
    alice.refresh_from_db()
    assert alice.channel_order == {"": ["push", "email"]}


def test_it_is_for_candidates(as_bob: Client, client: Client) -> None:
    subscription = make_subscription()
    assert post(as_bob, subscription).status_code == 404
    assert post(client, subscription)["Location"] == f"/accounts/login/?next={URL}"
    assert as_bob.get(URL).status_code == 405
    assert not PushDevice.objects.exists()


def test_a_foreign_site_cannot_add_one(alice: Candidate) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(alice.user)
    assert post(strict, make_subscription()).status_code == 403
    token = strict.get("/device/").json()["token"]
    assert post(strict, make_subscription(), HTTP_X_CSRFTOKEN=token).status_code == 201


Change = Callable[[dict[str, Any]], object]
OFF_CURVE = encoded(b"\x04" + b"\x01" * 64)
WRONG: dict[str, Change] = {
    "no endpoint": lambda told: told.pop("endpoint"),
    "another type": lambda told: told.update(endpoint=["https://push.example/"]),
    "too long": lambda told: told.update(endpoint=f"{ENDPOINT}/{'x' * 2000}"),
    "http": lambda told: told.update(endpoint="http://push.example/1"),
    "another scheme": lambda told: told.update(endpoint="file:///etc/passwd"),
    "no host": lambda told: told.update(endpoint="https:///1"),
    "a password": lambda told: told.update(endpoint="https://alice:secret@push.example/1"),
    "no port": lambda told: told.update(endpoint="https://push.example:port/1"),
    "no address": lambda told: told.update(endpoint="https://[push.example/1"),
    "a line": lambda told: told.update(endpoint="https://push.example/1\r\nHost: other"),
    "a space": lambda told: told.update(endpoint="https://push.example/1 2"),
    "no keys": lambda told: told.pop("keys"),
    "keys of another type": lambda told: told.update(keys=[]),
    "no key": lambda told: told["keys"].pop("p256dh"),
    "no secret": lambda told: told["keys"].pop("auth"),
    "a short key": lambda told: told["keys"].update(p256dh=encoded(b"\x04" + b"\x01" * 63)),
    "a compressed key": lambda told: told["keys"].update(p256dh=encoded(b"\x02" + b"\x01" * 32)),
    "no point": lambda told: told["keys"].update(p256dh=OFF_CURVE),
    "a short secret": lambda told: told["keys"].update(auth=encoded(bytes(15))),
    "a long secret": lambda told: told["keys"].update(auth=encoded(bytes(17))),
    "padding": lambda told: told["keys"].update(auth=f"{encoded(bytes(16))}=="),
    "another alphabet": lambda told: told["keys"].update(auth="+" * 22),
    "no base64": lambda told: told["keys"].update(auth="é" * 22),
    "a number": lambda told: told["keys"].update(auth=16),
}


@pytest.mark.parametrize("change", WRONG.values(), ids=WRONG)
def test_what_is_no_subscription_is_refused(as_alice: Client, change: Change) -> None:
    told = make_subscription()
    change(told)
    answer = post(as_alice, told)
    assert answer.status_code == 400
    assert answer.content.decode() == (
        "We can’t send notifications to this browser. Try another one."
    )
    assert not PushDevice.objects.exists()


@pytest.mark.parametrize("body", ["", "{", "[]", "null", '"x"', b"\xff", "[" * 100_000])
def test_what_is_no_json_is_refused(as_alice: Client, body: str | bytes) -> None:
    assert post(as_alice, body).status_code == 400


def test_hosts_without_tls_where_a_server_allows_them(as_alice: Client, settings: Settings) -> None:
    settings.NOTIFY_PRIVATE_HOSTS = True
    assert post(as_alice, make_subscription("http://localhost:9/1")).status_code == 201
    assert post(as_alice, make_subscription("ftp://localhost/1")).status_code == 400


@pytest.fixture
def device(alice: Candidate, now: datetime) -> PushDevice:
    return add_device(
        candidate=alice, subscription=make_subscription(), name="Chrome on Android", now=now
    )


def test_the_same_browser_keeps_its_row(as_alice: Client, device: PushDevice) -> None:
    for query in ("", "?renew"):
        assert post(as_alice, make_subscription(), query=query).status_code == 201
    again = PushDevice.objects.get()
    assert (again.pk, again.created_at) == (device.pk, device.created_at)
    assert again.seen_at > device.seen_at


def test_a_removed_browser_does_not_come_back_by_itself(
    as_alice: Client, as_charlie: Client, device: PushDevice
) -> None:
    assert post(as_charlie, make_subscription(), query="?renew").status_code == 410
    as_alice.post(f"{URL}{device.pk}/delete/")
    assert post(as_alice, make_subscription(), query="?renew").status_code == 410
    assert not PushDevice.objects.exists()
    assert post(as_alice, make_subscription()).status_code == 201


def test_one_is_removed_by_its_candidate_alone(
    as_alice: Client, as_bob: Client, as_charlie: Client, client: Client, device: PushDevice
) -> None:
    url = f"{URL}{device.pk}/delete/"
    assert as_alice.get(url).status_code == 405
    for stranger in (as_bob, as_charlie):
        assert stranger.post(url).status_code == 404
    assert client.post(url)["Location"].startswith("/accounts/login/")
    assert PushDevice.objects.exists()
    page = as_alice.post(url, follow=True)
    assert "Removed. Chrome on Android gets no more notifications." in page.content.decode()
    assert not PushDevice.objects.exists()
    assert not NotificationChannel.objects.exists()
    assert as_alice.post(url).status_code == 404


def test_a_browsers_new_subscription_replaces_the_former(
    as_alice: Client, as_charlie: Client, device: PushDevice
) -> None:
    fresh = {**make_subscription("https://push.example/send/2"), "former": ENDPOINT}
    assert post(as_charlie, fresh, query="?renew").status_code == 410
    assert post(as_alice, fresh, query="?renew").status_code == 201
    again = PushDevice.objects.get()
    assert again.pk == device.pk
    assert "send/2" in encryption.decrypt(again.subscription)


def test_whoever_wants_email_alone_is_reminded_of_no_lost_device(
    as_alice: Client, device: PushDevice
) -> None:
    device.delete()
    NotificationChannel.objects.update(failed_at=device.created_at)
    page = as_alice.get("/settings/notifications/")
    assert "no longer reach" in page.content.decode()
    form = page.context["form"].initial
    asked = {**form, "first": "email", "follows": NOTHING}
    as_alice.post("/settings/notifications/", asked)
    assert "no longer reach" not in as_alice.get("/today/").content.decode()
    assert not NotificationChannel.objects.exists()
