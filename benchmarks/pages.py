"""Size and queries of every page of a candidate with a thousand interviews."""

import gzip
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from statistics import median
from time import perf_counter

from django.contrib.staticfiles import finders
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from benchmarks.crowd import crowd
from benchmarks.database import database
from benchmarks.figure import Figure
from benchmarks.rows import candidate
from insights.statistics.refresh import compute_due
from interviews.models import Candidate
from tests.site.coached import add_coaches
from tests.site.world import make_world, pages

MANY = 1_000
KILOBYTE = 1_000
TIMES = 31
# Printed whole, however long the period was.
PRINTED = "/positions/proof/"
LOADED = re.compile(r'(?:href|src)="(/static/[^"]+\.(?:css|js))"')


@dataclass(frozen=True, slots=True)
class PageCost:
    """One page: its bytes, plain and compressed, and its queries."""

    path: str
    size: int
    travelling: int
    queries: int


@dataclass(frozen=True, slots=True)
class PageCosts:
    few: list[PageCost]
    many: list[PageCost]
    owner: Candidate
    client: Client


@cache
def _page_costs() -> PageCosts:
    """Each page with a few dozen interviews, and again with a thousand more."""
    database()
    owner = candidate("Busy")
    now = timezone.now()
    paths = sorted(
        {
            path
            for each in pages(add_coaches(make_world(owner, now=now), now=now)).values()
            for path in each
        }
    )
    client = Client()
    client.force_login(owner.user)
    compute_due(now=now)  # as beat does each minute
    few = [_page_cost(client, path) for path in paths]
    crowd(owner, MANY, now=now)
    compute_due(now=now)
    return PageCosts(few, [_page_cost(client, path) for path in paths], owner, client)


def _page_cost(client: Client, path: str) -> PageCost:
    client.get(path)  # only the first request fills caches
    with CaptureQueriesContext(connection) as captured:
        response = client.get(path)
        queries = len(captured)
    assert response.status_code == 200, f"{path}: {response.status_code}"
    return PageCost(path, len(response.content), len(gzip.compress(response.content)), queries)


def _shown() -> list[PageCost]:
    return [cost for cost in _page_costs().many if not cost.path.startswith(PRINTED)]


def _of(many: list[PageCost]) -> str:
    return f"the largest of {len(many)} pages of a candidate with {MANY:,} interviews"


def page_kilobytes() -> Figure:
    many = _shown()
    largest = max(many, key=lambda cost: cost.size)
    return Figure(
        name="HTML of a page",
        value=round(largest.size / KILOBYTE, 1),
        unit="kB",
        yardstick=f"{_of(many)}, {_kind(largest.path)}",
        target=60,
        is_most=True,
    )


def page_kilobytes_travelling() -> Figure:
    many = _shown()
    largest = max(many, key=lambda cost: cost.travelling)
    return Figure(
        name="HTML of a page, gzipped",
        value=round(largest.travelling / KILOBYTE, 1),
        unit="kB",
        yardstick=f"{_of(many)}, {_kind(largest.path)}",
        target=10,
        is_most=True,
    )


def page_queries() -> Figure:
    many = _page_costs().many
    largest = max(many, key=lambda cost: cost.queries)
    return Figure(
        name="queries of a page",
        value=largest.queries,
        unit="queries",
        yardstick=f"{_of(many)}, {_kind(largest.path)}",
        target=8,
        is_most=True,
    )


def pages_with_more_queries() -> Figure:
    costs = _page_costs()
    pairs = list(zip(costs.few, costs.many, strict=True))
    differing = sorted({_kind(few.path) for few, many in pairs if few.queries != many.queries})
    return Figure(
        name="pages whose queries grow",
        value=len(differing),
        unit="pages",
        yardstick=f"{len(pairs)} pages with two dozen interviews and with {MANY:,}: "
        f"{', '.join(differing) or 'equal'}",
        target=0,
        is_most=True,
    )


def style_and_script_kilobytes() -> Figure:
    client = _page_costs().client
    page = client.get("/today/").content.decode()
    found = {path: _file(path) for path in set(LOADED.findall(page))}
    found["the service worker"] = client.get("/service-worker.js").content
    total = sum(len(gzip.compress(content)) for content in found.values())
    return Figure(
        name="style and script, gzipped",
        value=round(total / KILOBYTE, 1),
        unit="kB",
        yardstick=f"all {len(found)} files of a page and the service worker",
        target=60,
        is_most=True,
    )


def today_against_bare() -> Figure:
    """Both in turn, so that other work on the machine slows both."""
    costs = _page_costs()
    own, bare = [], []
    for _ in range(TIMES):
        own.append(_milliseconds(costs.client, "/today/"))
        with override_settings(ROOT_URLCONF="benchmarks.bare"):
            bare.append(_milliseconds(costs.client, f"/{costs.owner.pk}/"))
    return Figure(
        name="Today against a bare view",
        value=round(median(own) / median(bare), 2),
        unit="times",
        yardstick=f"medians of {TIMES} with {MANY:,} interviews: {median(own):.1f} ms, and a view "
        f"of as many rows with the same wait-lines {median(bare):.1f} ms",
        target=1.8,
        is_most=True,
    )


def _milliseconds(client: Client, path: str) -> float:
    began = perf_counter()
    assert client.get(path).status_code == 200
    return (perf_counter() - began) * 1000


def _kind(path: str) -> str:
    """Replace the keys in a path: which page, not whose."""
    return re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "…", path)


def _file(path: str) -> bytes:
    found = finders.find(path.removeprefix("/static/"))
    assert found, path
    return Path(found).read_bytes()
