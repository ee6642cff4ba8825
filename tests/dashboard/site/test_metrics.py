"""What Prometheus gets, and nobody else."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families
from pytest_django import DjangoAssertNumQueries, Settings

from interviews.models import Candidate, Interview, SenderState, SweepState
from tests.support.step_factories import reminder_of, stand

TOKEN = "a-long-token"


@pytest.fixture
def told(client: Client, db: None, settings: Settings) -> None:
    settings.METRICS_TOKEN = TOKEN


def read(client: Client) -> dict[str, float]:
    page = client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
    assert page.status_code == 200
    assert page["Content-Type"].startswith("text/plain")
    families = text_string_to_metric_families(page.content.decode())
    return {sample.name: sample.value for family in families for sample in family.samples}


@pytest.mark.parametrize(
    "given", ["", "Bearer", "Bearer ", "Bearer wrong", TOKEN, f"Bearer {TOKEN}x"]
)
def test_without_the_token_there_is_no_such_page(client: Client, told: None, given: str) -> None:
    headers = {"Authorization": given} if given else {}
    assert client.get("/metrics", headers=headers).status_code == 404


def test_without_the_setting_there_is_no_such_page(client: Client, db: None) -> None:
    assert client.get("/metrics", headers={"Authorization": "Bearer "}).status_code == 404
    assert client.get("/metrics").status_code == 404


def test_what_is_due_sent_failed_and_retried(client: Client, told: None, alice: Candidate) -> None:
    now = timezone.now()
    SweepState.objects.create(swept_at=now, started_at=now - timedelta(hours=1), seconds=1.5)
    SenderState.objects.create(seen_at=now, sent=7, failed=3, retried=2)
    row = stand(alice, "call", now=now)
    reminder_of(stand(alice, "write", now=now, company="Bolt"), now=now)
    Interview.objects.update(review_at=None)
    Interview.objects.filter(pk=row.pk).update(review_at=now - timedelta(minutes=2))
    figures = read(client)
    assert figures["hearback_due_rows"] == 1
    assert 120 <= figures["hearback_oldest_due_row_age_seconds"] < 180
    assert figures["hearback_reminders_unmailed"] == 1
    assert figures["hearback_sweep_seconds"] == 1.5
    assert figures["hearback_mails_sent_total"] == 7
    assert figures["hearback_mail_tries_failed_total"] == 3
    assert figures["hearback_mails_retried_total"] == 2
    assert figures["hearback_mails_refused"] == figures["hearback_rows_set_aside"] == 0


def test_an_empty_instance_has_figures_too(
    client: Client, told: None, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(26):
        assert read(client)["hearback_due_rows"] == 0
