"""Positions of a candidate with 5,000 of them, half with interviews: queries, size and time.

`python -m benchmarks.positions` measures only this.
"""

import sys
from datetime import datetime, timedelta
from statistics import median
from time import perf_counter

from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.keys import new_key
from benchmarks.crowd import TITLES, crowd
from benchmarks.database import database
from benchmarks.figure import Figure, table
from benchmarks.rows import candidate
from benchmarks.scale import scaled
from dashboard.vacancies.position_list import PAGE_LENGTH
from interviews.models import Candidate, Company, Vacancy
from interviews.services.position_state import recompute_states
from tests.support.people import make_position

MANY, BATCH = 5_000, 500
TIMES = 31
KILOBYTE = 1_000
PAGES = ("", "?narrow=1", "?show=in_talks&narrow=1", "?q=acme+analyst", "?sort=company&page=40")


def position_figures() -> list[Figure]:
    database()
    owner, count = candidate("Seeker"), scaled(MANY)
    now = timezone.now()
    _fill(owner, count, now=now)
    client = Client()
    client.force_login(owner.user)
    client.get("/positions/")  # only the first request fills caches
    costs = {page: _cost(client, f"/positions/{page}") for page in PAGES}
    of = f"the largest of {len(PAGES)} ways to narrow {count:,} positions"
    own, bare = _times(client, owner)
    return [
        Figure(
            name="Positions: queries",
            value=max(queries for queries, _size in costs.values()),
            unit="queries",
            yardstick=of,
            target=8,
            is_most=True,
        ),
        Figure(
            name="Positions: HTML",
            value=round(max(size for _queries, size in costs.values()) / KILOBYTE, 1),
            unit="kB",
            yardstick=of,
            target=60,
            is_most=True,
        ),
        Figure(
            name="Positions against a bare view",
            value=round(own / bare, 2),
            unit="times",
            yardstick=f"medians of {TIMES} with {count:,} positions: {own:.1f} ms, and a view of "
            f"{PAGE_LENGTH} rows with the same interviews and wait-lines {bare:.1f} ms",
            target=2,
            is_most=True,
        ),
    ]


def _fill(owner: Candidate, count: int, *, now: datetime) -> None:
    """Half with interviews in all states; the others saved, applied for and closed."""
    crowd(owner, count // 2, now=now)
    model = make_position(owner, now=now, company="Acme", tags=("remote",))
    companies = list(Company.objects.filter(candidate=owner).order_by("pk"))
    rows = [_bare(model, companies[n % len(companies)], n, now) for n in range(count // 2)]
    Vacancy.objects.bulk_create(rows, BATCH)
    known = model.tags.get()
    links = [Vacancy.tags.through(vacancy=row, tag=known) for row in rows]
    Vacancy.tags.through.objects.bulk_create(links, BATCH)
    mixed = list(Vacancy.objects.filter(candidate=owner).order_by("title", "pk"))
    for number, row in enumerate(mixed):
        row.created_at = now - timedelta(minutes=number)
    Vacancy.objects.bulk_update(mixed, ["created_at"], BATCH)
    recompute_states(Vacancy.objects.filter(candidate=owner))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _bare(model: Vacancy, company: Company, number: int, now: datetime) -> Vacancy:
    applied_on = (now - timedelta(days=number % 60)).date()
    return Vacancy(
        id=new_key(),
        candidate=model.candidate,
        company=company,
        title=f"{TITLES[number % 5]} {number}",
        source=f"Source {number % 40}",
        applied_on=applied_on if number % 3 else None,
        declared_state="applied" if number % 3 else "saved",
        closing_reason="refused" if number % 7 == 0 else "",
    )


def _cost(client: Client, path: str) -> tuple[int, int]:
    with CaptureQueriesContext(connection) as captured:
        response = client.get(path)
        queries = len(captured)
    assert response.status_code == 200, f"{path}: {response.status_code}"
    return queries, len(response.content)


def _times(client: Client, owner: Candidate) -> tuple[float, float]:
    """In milliseconds; both in turn, so that other work on the machine slows both."""
    own, bare = [], []
    for _ in range(TIMES):
        own.append(_milliseconds(client, "/positions/"))
        with override_settings(ROOT_URLCONF="benchmarks.bare_positions"):
            bare.append(_milliseconds(client, f"/{owner.pk}/"))
    return median(own), median(bare)


def _milliseconds(client: Client, path: str) -> float:
    began = perf_counter()
    assert client.get(path).status_code == 200
    return (perf_counter() - began) * 1000


if __name__ == "__main__":
    print(table(position_figures()))
    sys.exit(0)
