"""The operators' list of reminders with a million rows, compared with ten thousand, on PostgreSQL.

A hundred candidates, and then ten thousand, have one interview each (benchmarks/multitude.py) with
a hundred reminders spread over a year. One in a hundred was missed, so a page has as many rows at
both sizes.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median
from time import perf_counter

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from benchmarks.database import database
from benchmarks.due import empty_tables
from benchmarks.figure import Figure
from benchmarks.multitude import multiply, settle_statistics
from benchmarks.rows import candidate, waiting
from benchmarks.scale import scaled
from interviews.models import Candidate, Reminder

FEW, MANY = scaled(10_000), scaled(1_000_000)
EACH = 100
TIMES = 15
LIST = "/admin/interviews/reminder/"
PAGES = {
    "first page": LIST,
    "page 50": f"{LIST}?p=50",
    "missed ones": f"{LIST}?state__exact=missed",
    "sent calls": f"{LIST}?state__exact=sent&step=call",
    "a step that none is about": f"{LIST}?step=recontact",
    "past 7 days": f"{LIST}?due_at__gte=2026-11-16+00:00:00Z",
    "by an address": f"{LIST}?q=c77@example.org",
    "by how an address begins": f"{LIST}?q=c77",
    "by a company": f"{LIST}?q=acme",
    "set aside": f"{LIST}?state__exact=set_aside",
}
FILL = """
    INSERT INTO interviews_reminder
        (id, interview_id, candidate_id, step, due_at, state, error, created_at, sent_at,
         settled_at, missed_at, mail_id)
    SELECT gen_random_uuid(), i.id, i.candidate_id,
        (ARRAY['call', 'write', 'close', 'prepare'])[1 + n %% 4],
        timestamptz '2026-11-23 09:00Z' - n * interval '365 days' / %(of)s,
        CASE WHEN n %% 100 = 7 THEN 'missed' ELSE 'sent' END, '',
        timestamptz '2026-11-23 09:00Z', timestamptz '2026-11-23 09:00Z', now(), NULL, NULL
    FROM generate_series(1, %(of)s) AS n
    JOIN (SELECT id, candidate_id, row_number() OVER (ORDER BY id) AS place
          FROM interviews_interview) AS i ON i.place = 1 + n %% %(candidates)s
"""


@dataclass(frozen=True, slots=True)
class PageCost:
    milliseconds: float
    queries: int


def _operator() -> Client:
    database()
    empty_tables()
    user = User.objects.create_superuser("operator@example.org", "a long enough word")
    client = Client()
    client.force_login(user)
    return client


def _fill(owner: Candidate, count: int) -> None:
    """Create this many reminders, and candidates for them."""
    there = Candidate.objects.count()
    multiply(owner, count // EACH - there, first=there)
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE interviews_reminder CASCADE")
        cursor.execute(FILL, {"of": count, "candidates": count // EACH})
    assert Reminder.objects.count() == count
    settle_statistics()


def _page_costs(client: Client) -> dict[str, PageCost]:
    return {name: _page_cost(client, path) for name, path in PAGES.items()}


def _page_cost(client: Client, path: str) -> PageCost:
    assert client.get(path).status_code == 200  # the audit log has this look now
    with CaptureQueriesContext(connection) as captured:
        client.get(path)
        queries = len(captured)
    return PageCost(median(_times(client, path)), queries)


def _times(client: Client, path: str) -> Iterator[float]:
    for _ in range(TIMES):
        began = perf_counter()
        client.get(path)
        yield (perf_counter() - began) * 1000


def operators_lists() -> list[Figure]:
    client = _operator()
    owner = candidate("Waiting")
    waiting(owner)
    _fill(owner, FEW)
    few = _page_costs(client)
    _fill(owner, MANY)
    many = _page_costs(client)
    empty_tables()
    figures = [
        Figure(
            name=f"the ledger, {name}",
            value=round(many[name].milliseconds / few[name].milliseconds, 2),
            unit="times",
            yardstick=f"medians of {TIMES}: {many[name].milliseconds:.1f} ms of {MANY:,} rows, and "
            f"{few[name].milliseconds:.1f} ms of {FEW:,}",
            target=3,
            is_most=True,
        )
        for name in PAGES
    ]
    most = max(PAGES, key=lambda name: many[name].queries)
    return [
        *figures,
        Figure(
            name="the ledger, queries",
            value=many[most].queries,
            unit="queries",
            yardstick=f"the most of {len(PAGES)} pages of {MANY:,} rows: {most}",
            target=12,
            is_most=True,
        ),
    ]
