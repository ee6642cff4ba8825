"""Insights of a candidate with a thousand interviews, among a million interviews of others."""

from functools import cache
from time import perf_counter

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from benchmarks.crowd import crowd
from benchmarks.database import database
from benchmarks.figure import Figure
from benchmarks.multitude import multiply, multiply_interviews, settle_statistics
from benchmarks.pages import KILOBYTE
from benchmarks.rows import candidate
from insights.statistics.pooled import compute_pooled
from insights.statistics.refresh import compute_due
from interviews.models import Candidate, CompanyTally, Interview, Statistics
from interviews.services.statistics import recompute_statistics_soon
from tests.support.people import make_interview, make_result

MANY, MILLION = 1_000, 1_000_000
SHARING = 20_000


@cache
def _filled() -> Candidate:
    """The candidate's thousand, and on PostgreSQL a million in all. The others share their waits,
    each with one of a hundred companies."""
    database()
    now = timezone.now()
    busy = candidate("Statistics")
    crowd(busy, MANY, now=now)
    other = candidate("Other")
    row = make_interview(other, starts_at=now, now=now)
    make_result(row, now=now)
    if connection.vendor == "postgresql":
        multiply(other, SHARING)
        count = MILLION - Interview.objects.count()
        multiply_interviews(row, count, first=SHARING + 1)
    sharing = list(Candidate.objects.order_by("pk")[:SHARING])
    Candidate.objects.filter(pk__in=[each.pk for each in sharing]).update(shares_waits_at=now)
    CompanyTally.objects.bulk_create(
        (
            CompanyTally(candidate=each, normalised_name=f"c{n % 100}", waits=2, answered=1, kept=1)
            for n, each in enumerate(sharing)
        ),
        batch_size=5_000,
    )
    if connection.vendor == "postgresql":
        settle_statistics()
    return busy


def insights_figures() -> list[Figure]:
    busy = _filled()
    return [*_computing(busy), *_page(busy), _weekly()]


def _computing(busy: Candidate) -> list[Figure]:
    now = timezone.now()
    Statistics.objects.update(due_at=None)
    recompute_statistics_soon([busy.pk], now=now)
    began = perf_counter()
    compute_due(now=now)
    seconds = perf_counter() - began
    return [
        Figure(
            name="computing the insights of one candidate",
            value=round(seconds, 2),
            unit="s",
            yardstick=f"{MANY:,} interviews of one candidate, once after the facts changed",
        )
    ]


def _page(busy: Candidate) -> list[Figure]:
    client = Client()
    client.force_login(busy.user)
    client.get("/learned/")
    with CaptureQueriesContext(connection) as captured:
        began = perf_counter()
        response = client.get("/learned/")
        milliseconds = (perf_counter() - began) * 1000
        queries = len(captured)
    assert response.status_code == 200
    of = f"{MANY:,} interviews of one candidate, {Interview.objects.count():,} on the instance"
    return [
        Figure("queries of Learned", queries, "queries", of, 8, is_most=True),
        Figure(
            "HTML of Insights",
            round(len(response.content) / KILOBYTE, 1),
            "kB",
            of,
            60,
            is_most=True,
        ),
        Figure("Statistics", round(milliseconds), "ms", of),
    ]


def _weekly() -> Figure:
    began = perf_counter()
    assert compute_pooled(now=timezone.now())
    return Figure(
        name="the weekly computation for all who share",
        value=round(perf_counter() - began, 2),
        unit="s",
        yardstick=f"{CompanyTally.objects.count():,} tallies of 100 companies",
    )
