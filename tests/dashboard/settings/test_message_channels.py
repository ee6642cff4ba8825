"""Channels of messages: their settings, the code that confirms them, and their end."""

import json
import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from pytest_django import Settings

from interviews.models import Candidate, Mail, NotificationChannel
from interviews.services.message_channels import enter_code, new_code, set_up, settings_of
from interviews.services.notification_channels import set_order
from tests.support.message_server import BOT_TOKEN, NUMBER, TOKEN

URL = "/settings/notifications/messages/"
PAGE = "/settings/notifications/"
GOOD = {
    "ntfy": {"server": "https://ntfy.sh", "topic": "waiting", "token": TOKEN},
    "telegram": {"token": BOT_TOKEN, "chat": "42"},
    "pushover": {"user": "u" * 30, "token": "t" * 30},
    "gotify": {"server": "https://push.example/gotify", "token": TOKEN},
    "matrix": {
        "server": "https://matrix.example:8448",
        "room": "!a:matrix.example",
        "token": TOKEN,
    },
    "signal": {"server": "https://signal.example", "sender": NUMBER, "recipient": ""},
    "webhook": {"url": "https://hooks.example/s3cret"},
}
SECRETS = {"token", "user"}


def words(client: Client, url: str = PAGE) -> str:
    return " ".join(client.get(url).content.decode().split())


def code_sent() -> str:
    told = json.loads(Mail.objects.exclude(text="").latest("created_at").text)
    return re.findall(r"\d{6}", told["title"])[0]


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06}"


@pytest.fixture
def ntfy(alice: Candidate) -> NotificationChannel:
    return set_up(candidate=alice, kind="ntfy", settings=GOOD["ntfy"])


def confirm(channel: NotificationChannel, now: datetime) -> None:
    enter_code(channel=channel, code=new_code(channel=channel, now=now), now=now)
    channel.refresh_from_db()


@pytest.mark.parametrize("kind", GOOD)
def test_each_kind_is_added_and_confirmed(as_alice: Client, alice: Candidate, kind: str) -> None:
    assert f'href="{URL}{kind}/"' in words(as_alice)
    answer = as_alice.post(f"{URL}{kind}/", GOOD[kind])
    assert answer["Location"] == f"{URL}{kind}/code/"
    channel = NotificationChannel.objects.get()
    stored = settings_of(channel)
    assert stored is not None
    assert GOOD[kind].items() <= stored.items()
    assert (channel.kind, channel.confirmed_at) == (kind, None)
    assert not any(each in channel.target for each in GOOD[kind].values() if each)
    assert "Waiting for its code" in words(as_alice)
    mail = Mail.objects.get()
    assert (mail.kind, mail.recipient, mail.subject) == (
        kind,
        str(channel.pk),
        "Code for a channel",
    )
    answer = as_alice.post(f"{URL}{kind}/code/", {"code": code_sent()})
    assert answer["Location"] == PAGE
    channel.refresh_from_db()
    assert channel.is_usable
    alice.refresh_from_db()
    assert alice.channel_order == {"": [kind, "email"]}
    page = words(as_alice)
    assert "Confirmed. Reminders come by" in page
    assert "Waiting for its code" not in page
    shown = words(as_alice, f"{URL}{kind}/")
    for name, value in GOOD[kind].items():
        assert (f'value="{value}"' in shown) == (name not in SECRETS and bool(value))


BAD = {
    "no server": ("ntfy", {"server": "nonsense!"}, "such as https://ntfy.example.org"),
    "without TLS": ("ntfy", {"server": "http://ntfy.sh"}, "begins with https://"),
    "a password": ("ntfy", {"server": "https://a:b@ntfy.sh"}, "such as https://ntfy.example.org"),
    "no port": ("ntfy", {"server": "https://ntfy.sh:99999"}, "such as https://ntfy.example.org"),
    "a path": ("ntfy", {"server": "https://ntfy.sh/x"}, "Leave out what follows"),
    "another scheme": ("gotify", {"server": "file:///etc"}, "such as https://ntfy.example.org"),
    "several topics": ("ntfy", {"topic": "a,b"}, "letters, digits, hyphens and underscores"),
    "a line": ("ntfy", {"token": "a\r\nX-Email: b"}, "without spaces"),
    "no token": ("telegram", {"token": ""}, "Enter the bot’s token"),
    "another token": ("telegram", {"token": "1/../x"}, "Enter the bot’s token"),
    "two chats": ("telegram", {"chat": "1 2"}, "Enter the chat’s number"),
    "a short key": ("pushover", {"user": "abc"}, "30 letters and digits"),
    "an alias": ("matrix", {"room": "#room:example.org"}, "room’s internal ID"),
    "no number": ("signal", {"sender": "12"}, "with its country code"),
    "a group": ("signal", {"recipient": "group.abc"}, "with its country code"),
    "no address": ("webhook", {"url": "ftp://hooks.example"}, "begins with https://"),
    "an address with a name": ("webhook", {"url": "https://a:b@c.example"}, "begins with https://"),
}


@pytest.mark.parametrize(("kind", "change", "sentence"), BAD.values(), ids=BAD)
def test_bad_input_is_explained_and_kept(
    as_alice: Client, kind: str, change: dict[str, str], sentence: str
) -> None:
    data = GOOD[kind] | change
    answer = as_alice.post(f"{URL}{kind}/", data)
    page = answer.content.decode()
    assert (answer.status_code, sentence in page) == (422, True)
    for name, value in data.items():
        if value.isalnum():
            assert (f'value="{value}"' in page) == (name not in SECRETS)
    assert TOKEN not in page
    assert not NotificationChannel.objects.exists()
    assert not Mail.objects.exists()


def test_a_server_may_be_private_where_the_site_allows_it(
    as_alice: Client, settings: Settings
) -> None:
    settings.NOTIFY_PRIVATE_HOSTS = True
    for server in ("http://localhost:8080", "https://[::1]:8080", "ntfy.lan"):
        assert as_alice.post(f"{URL}ntfy/", GOOD["ntfy"] | {"server": server}).status_code == 302


def test_a_secret_is_kept_unless_it_would_go_elsewhere(
    as_alice: Client, ntfy: NotificationChannel, now: datetime
) -> None:
    confirm(ntfy, now)
    data = GOOD["ntfy"] | {"token": "", "topic": "other"}
    assert as_alice.post(f"{URL}ntfy/", data).status_code == 302
    ntfy.refresh_from_db()
    assert settings_of(ntfy) == GOOD["ntfy"] | {"topic": "other"}
    assert ntfy.confirmed_at is None
    answer = as_alice.post(f"{URL}ntfy/", data | {"server": "https://evil.example"})
    assert answer.status_code == 422
    assert "Enter it again, because the server is another one." in answer.content.decode()
    ntfy.refresh_from_db()
    assert settings_of(ntfy) == GOOD["ntfy"] | {"topic": "other"}


def test_without_a_change_it_stays_confirmed(
    as_alice: Client, ntfy: NotificationChannel, now: datetime
) -> None:
    confirm(ntfy, now)
    assert as_alice.post(f"{URL}ntfy/", GOOD["ntfy"])["Location"] == PAGE
    ntfy.refresh_from_db()
    assert ntfy.is_usable
    assert not Mail.objects.exists()


def test_a_webhooks_secret_is_shown_until_it_is_confirmed(as_alice: Client) -> None:
    as_alice.post(f"{URL}webhook/", GOOD["webhook"])
    secret = (settings_of(NotificationChannel.objects.get()) or {})["secret"]
    assert re.fullmatch(r"whsec_[A-Za-z0-9+/]{43}=", secret)
    assert secret in words(as_alice, f"{URL}webhook/code/")
    as_alice.post(f"{URL}webhook/code/", {"code": code_sent()})
    for url in (f"{URL}webhook/", f"{URL}webhook/code/", PAGE):
        assert secret not in as_alice.get(url, follow=True).content.decode()


def test_five_wrong_codes_are_enough(as_alice: Client, ntfy: NotificationChannel) -> None:
    as_alice.post(f"{URL}ntfy/code/send/")
    code = code_sent()
    for _ in range(5):
        answer = as_alice.post(f"{URL}ntfy/code/", {"code": wrong(code)})
        assert answer.status_code == 422
        assert "Enter the six digits of our latest message." in answer.content.decode()
    answer = as_alice.post(f"{URL}ntfy/code/", {"code": code})
    assert "Send a new one." in answer.content.decode()
    ntfy.refresh_from_db()
    assert ntfy.confirmed_at is None
    as_alice.post(f"{URL}ntfy/code/send/")
    assert as_alice.post(f"{URL}ntfy/code/", {"code": code_sent()})["Location"] == PAGE


def test_a_code_is_valid_for_a_quarter_of_an_hour(ntfy: NotificationChannel, now: datetime) -> None:
    code = new_code(channel=ntfy, now=now)
    with pytest.raises(ValidationError, match="expired"):
        enter_code(channel=ntfy, code=code, now=now + timedelta(minutes=15, seconds=1))
    enter_code(channel=ntfy, code=code, now=now + timedelta(minutes=15))
    with pytest.raises(ValidationError, match="expired"):
        enter_code(channel=ntfy, code=code, now=now)
    assert code not in ntfy.code_digest


def test_an_earlier_code_is_sent_and_counts_no_more(
    as_alice: Client, ntfy: NotificationChannel
) -> None:
    as_alice.post(f"{URL}ntfy/code/send/")
    earlier = code_sent()
    as_alice.post(f"{URL}ntfy/code/send/")
    assert [mail.state for mail in Mail.objects.order_by("created_at")] == ["settled", "waiting"]
    if earlier != code_sent():
        assert as_alice.post(f"{URL}ntfy/code/", {"code": earlier}).status_code == 422


def test_codes_are_limited(as_alice: Client, ntfy: NotificationChannel) -> None:
    answers = [as_alice.post(f"{URL}ntfy/code/send/").status_code for _ in range(21)]
    assert answers == [302] * 20 + [429]


def test_a_confirmed_channel_asks_for_no_code(
    as_alice: Client, ntfy: NotificationChannel, now: datetime
) -> None:
    confirm(ntfy, now)
    assert as_alice.get(f"{URL}ntfy/code/")["Location"] == PAGE
    assert as_alice.post(f"{URL}ntfy/code/send/")["Location"] == PAGE
    ntfy.refresh_from_db()
    assert ntfy.is_usable


def test_one_that_failed_is_said_and_set_up_again(
    as_alice: Client, ntfy: NotificationChannel, now: datetime
) -> None:
    confirm(ntfy, now)
    NotificationChannel.objects.update(failed_at=now)
    assert "No longer works since" in words(as_alice)
    today = words(as_alice, "/today/")
    assert "Messages by ntfy no longer reach you, so reminders come another way." in today
    as_alice.post(f"{URL}ntfy/code/send/")
    as_alice.post(f"{URL}ntfy/code/", {"code": code_sent()})
    ntfy.refresh_from_db()
    assert ntfy.is_usable


def test_it_is_removed(as_alice: Client, ntfy: NotificationChannel, now: datetime) -> None:
    confirm(ntfy, now)
    page = as_alice.post(f"{URL}ntfy/delete/", follow=True).content.decode()
    assert "Removed. We send nothing by ntfy any more." in page
    assert not NotificationChannel.objects.exists()
    assert as_alice.post(f"{URL}ntfy/delete/").status_code == 404


Ask = Callable[[Client], int]
ASKED: dict[str, Ask] = {
    "code": lambda client: client.get(f"{URL}ntfy/code/").status_code,
    "entry": lambda client: client.post(f"{URL}ntfy/code/", {"code": "123456"}).status_code,
    "another code": lambda client: client.post(f"{URL}ntfy/code/send/").status_code,
    "end": lambda client: client.post(f"{URL}ntfy/delete/").status_code,
    "no such kind": lambda client: client.get(f"{URL}email/").status_code,
    "push": lambda client: client.get(f"{URL}push/").status_code,
}


@pytest.mark.parametrize("ask", ASKED.values(), ids=ASKED)
def test_it_is_the_candidates_alone(
    as_bob: Client, as_charlie: Client, ntfy: NotificationChannel, ask: Ask
) -> None:
    assert ask(as_charlie) == 404
    assert ask(as_bob) in (302, 404)
    assert NotificationChannel.objects.get() == ntfy
    assert not Mail.objects.exists()
    assert "waiting" not in as_charlie.get(f"{URL}ntfy/").content.decode()


def test_an_order_that_was_chosen_stays(
    as_alice: Client, alice: Candidate, ntfy: NotificationChannel
) -> None:
    set_order(candidate=alice, order={"": ["email"]})
    as_alice.post(f"{URL}ntfy/code/send/")
    page = as_alice.post(f"{URL}ntfy/code/", {"code": code_sent()}, follow=True).content.decode()
    assert "Confirmed. Choose below when reminders come by ntfy." in page
    alice.refresh_from_db()
    assert alice.channel_order == {"": ["email"]}
    assert '<span class="soft">ntfy</span>' in words(as_alice, "/settings/")


def test_the_order_offers_what_is_confirmed(
    as_alice: Client, alice: Candidate, ntfy: NotificationChannel, now: datetime
) -> None:
    assert 'name="first"' not in words(as_alice)
    confirm(ntfy, now)
    page = words(as_alice)
    assert re.search(r'name="first"[^>]*value="ntfy"[^>]*checked', page)
    assert 'value="push"' not in page
    assert '<option value="email ntfy">Email, then ntfy</option>' in page
    data = {"first": "email", "follows": "ntfy", "order_call": "ntfy"}
    assert as_alice.post(PAGE, data)["Location"] == PAGE
    alice.refresh_from_db()
    assert alice.channel_order == {"": ["email", "ntfy"], "call": ["ntfy"]}
    answer = as_alice.post(PAGE, {"first": "ntfy", "follows": "ntfy"})
    assert "Choose another one than the first." in answer.content.decode()
    assert as_alice.post(PAGE, {"first": "gotify", "follows": "email"}).status_code == 422
