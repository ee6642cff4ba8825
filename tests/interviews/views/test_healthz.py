"""What a monitor is told: database, broker, the age of the last sweep, and nothing personal."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from config.celery import app
from interviews.models import Candidate, SweepState
from interviews.reminders.sweep import sweep


def test_well(client: Client, alice: Candidate, broker: str) -> None:
    assert broker.startswith("redis")
    assert app.connection_for_write().as_uri(include_password=True) == broker
    sweep(now=timezone.now())
    page = client.get("/healthz")
    assert page.status_code == 200
    answer = page.json()
    assert set(answer) == {"database", "broker", "sweep", "sweep_age_seconds"}
    assert (answer["database"], answer["broker"], answer["sweep"]) == ("ok", "ok", "ok")
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


def test_it_asks_little_and_only_to_look(
    client: Client, db: None, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(3):
        client.get("/healthz")
    assert client.post("/healthz").status_code == 405
