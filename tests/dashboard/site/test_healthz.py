"""What a monitor gets: database, broker, the age of the last sweep, and nothing personal."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from accounts.keys import new_key
from config.celery import app
from interviews.models import (
    Candidate,
    InboundMail,
    InboundState,
    Interview,
    Mail,
    SenderState,
    SweepState,
)
from reminders.sweep import sweep
from tests.support.step_factories import reminder_of, stand


@pytest.fixture
def promised(alice: Candidate) -> Interview:
    return stand(alice, "call", now=timezone.now())


def test_well(client: Client, alice: Candidate, broker: str) -> None:
    assert broker.startswith("redis")
    assert app.connection_for_write().as_uri(include_password=True) == broker
    sweep(now=timezone.now())
    page = client.get("/healthz")
    assert page.status_code == 200
    answer = page.json()
    told = ("database", "broker", "sweep", "due_rows", "mails", "mail_server", "departures")
    told += ("set_aside", "forwarded_mails", "inbound", "push_services")
    ages = {"sweep_age_seconds", "oldest_due_row_age_seconds", "oldest_mail_age_seconds"}
    ages |= {"oldest_forwarded_mail_age_seconds"}
    assert set(answer) == {"version", *told, *ages}
    assert {answer[name] for name in told} == {"ok"}
    assert 0 <= answer["sweep_age_seconds"] < 60
    assert "no-store" in page["Cache-Control"]


def test_before_the_first_sweep(client: Client, db: None) -> None:
    page = client.get("/healthz")
    assert (page.status_code, page.json()["sweep"]) == (503, "late")
    assert page.json()["sweep_age_seconds"] is None


@pytest.mark.parametrize(
    ("period", "age", "status"), [(60, 290, 200), (60, 310, 503), (1, 115, 200), (1, 125, 503)]
)
def test_a_late_sweep(
    client: Client, db: None, settings: Settings, period: float, age: int, status: int
) -> None:
    settings.SWEEP_SECONDS = period
    SweepState.objects.create(swept_at=timezone.now() - timedelta(seconds=age))
    page = client.get("/healthz")
    assert page.status_code == status
    assert page.json()["sweep"] == ("ok" if status == 200 else "late")


def test_a_broker_that_is_away(client: Client, db: None, broker: str) -> None:
    sweep(now=timezone.now())
    began = timezone.now()
    app.conf.broker_write_url = "redis://127.0.0.1:1/0"
    try:
        page = client.get("/healthz")
    finally:
        app.conf.broker_write_url = broker
    assert (page.status_code, page.json()["broker"]) == (503, "down")
    assert timezone.now() - began < timedelta(seconds=5)
    assert client.get("/healthz").status_code == 200


def late(minutes: float) -> datetime:
    return timezone.now() - timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("due", "since", "status"),
    [(4, 60, 200), (6, 60, 503), (60, 4, 200), (60, 6, 503)],
)
def test_a_due_row_that_nobody_looks_at(
    client: Client, promised: Interview, due: int, since: int, status: int
) -> None:
    """Late from its moment, or from when the sweeps began: a machine that slept is not late."""
    Interview.objects.update(review_at=late(due))
    SweepState.objects.create(swept_at=late(1), started_at=late(since))
    page = client.get("/healthz")
    assert page.status_code == status
    assert page.json()["due_rows"] == ("ok" if status == 200 else "late")


@pytest.mark.parametrize(
    ("waits", "since", "seen", "status"),
    [(4, 60, 1, 200), (6, 60, 1, 503), (60, 4, 1, 200), (1, 60, 6, 503)],
)
def test_a_mail_that_nobody_sends(
    client: Client, db: None, waits: int, since: int, seen: int, status: int
) -> None:
    """The last of these has not waited long, but nobody is at work who could send it."""
    SweepState.objects.create(swept_at=late(1), started_at=late(60))
    SenderState.objects.create(seen_at=late(seen), started_at=late(since))
    moment = late(waits)
    Mail.objects.create(
        kind="account",
        recipient="new@example.org",
        message_id="<one@hearback.example>",
        try_at=moment,
        created_at=moment,
    )
    page = client.get("/healthz")
    assert page.status_code == status
    assert page.json()["mails"] == ("ok" if status == 200 else "late")


def test_a_reminder_that_is_in_no_mail_yet(client: Client, promised: Interview) -> None:
    SweepState.objects.create(swept_at=late(1), started_at=late(60))
    SenderState.objects.create(seen_at=late(1), started_at=late(60))
    Interview.objects.update(review_at=None)
    reminder = reminder_of(promised, now=late(6))
    assert client.get("/healthz").json()["mails"] == "late"
    # Of one who wants no mail none is late.
    Candidate.objects.update(reminders_paused_at=late(30))
    assert reminder.state == "waiting"
    assert client.get("/healthz").status_code == 200


def test_a_server_that_refuses_what_is_no_mailboxs_fault(client: Client, db: None) -> None:
    SweepState.objects.create(swept_at=late(1), started_at=late(60))
    SenderState.objects.create(seen_at=late(1), started_at=late(60))
    mail = Mail.objects.create(
        kind="account",
        recipient="new@example.org",
        message_id="<one@hearback.example>",
        try_at=timezone.now() + timedelta(hours=1),
        fault="server",
        created_at=late(1),
    )
    page = client.get("/healthz")
    assert (page.status_code, page.json()["mail_server"]) == (503, "refuses")
    Mail.objects.filter(pk=mail.pk).update(state="sent", sent_at=late(0), fault="")
    assert client.get("/healthz").status_code == 200


def test_it_asks_little_and_only_to_look(
    client: Client, db: None, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(16):  # a row each, and each by an index
        client.get("/healthz")
    assert client.post("/healthz").status_code == 405


def test_a_mail_whose_sender_never_comes_back(client: Client, alice: Candidate) -> None:
    """Each claim moves the end of its lease, not the moment since when it waits."""
    now = timezone.now()
    sweep(now=now)
    SenderState.objects.create(pk=1, seen_at=now, started_at=now - timedelta(hours=1))
    mail = Mail.objects.create(
        kind="account",
        recipient="alice@example.org",
        message_id="<one@hearback.example>",
        state="leased",
        lease_id=new_key(),
        try_at=now + timedelta(minutes=2),
        created_at=now - timedelta(minutes=4),
    )
    assert client.get("/healthz").json()["mails"] == "ok"
    Mail.objects.filter(pk=mail.pk).update(created_at=now - timedelta(minutes=6))
    page = client.get("/healthz")
    assert (page.status_code, page.json()["mails"]) == (503, "late")


@pytest.mark.parametrize(
    ("received", "since", "status"), [(4, 60, 200), (6, 60, 503), (60, 4, 200), (60, 6, 503)]
)
def test_a_forwarded_mail_that_nobody_reads(
    client: Client, alice: Candidate, received: int, since: int, status: int
) -> None:
    SweepState.objects.create(swept_at=timezone.now(), started_at=late(since))
    at = {"received_at": late(received), "try_at": late(-1)}  # leased by one that never comes back
    mail = InboundMail.objects.create(candidate=alice, raw=b"x", digest="1", **at)
    page = client.get("/healthz")
    assert page.status_code == status
    assert page.json()["forwarded_mails"] == ("ok" if status == 200 else "late")
    InboundMail.objects.filter(pk=mail.pk).update(read_at=late(0), kind="unrelated")
    assert client.get("/healthz").status_code == 200


@pytest.mark.parametrize(("minutes", "status"), [(4, 200), (6, 503)])
def test_a_server_for_forwarded_mails_that_stopped(
    client: Client, db: None, settings: Settings, minutes: float, status: int
) -> None:
    sweep(now=timezone.now())
    InboundState.objects.create(listened_at=late(minutes))
    page = client.get("/healthz")
    assert page.status_code == status
    assert page.json()["inbound"] == ("ok" if status == 200 else "silent")
    settings.MAIL_API, settings.ANYMAIL = "postmark", {"WEBHOOK_SECRET": "hook:s3cret"}
    assert client.get("/healthz").status_code == 200  # a provider brings them


def test_forwarding_that_is_no_longer_offered(client: Client, db: None, settings: Settings) -> None:
    sweep(now=timezone.now())
    InboundState.objects.create(listened_at=late(60))
    settings.INBOUND_DOMAIN = ""
    assert client.get("/healthz").status_code == 200
