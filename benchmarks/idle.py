"""The cost of a sweep that finds nothing, among ten thousand waits and among a million."""

from functools import cache
from statistics import median
from time import perf_counter
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from benchmarks import due
from benchmarks.database import database
from benchmarks.figure import Figure
from benchmarks.multitude import multiply_interviews, settle_statistics
from benchmarks.rows import NOW
from benchmarks.scale import scaled
from interviews.models import Interview
from reminders.sweep import sweep

FEW, MANY, TIMES = 10_000, 1_000_000, 300


def idle_queries() -> Figure:
    return Figure(
        name=f"idle sweep among {scaled(MANY):,} waits: queries",
        value=_idle()["queries"],
        unit="queries",
        yardstick="the due row that is not there, and that the sweep looked",
        target=2,
        is_most=True,
    )


def idle_growth() -> Figure:
    idle = _idle()
    return Figure(
        name=f"idle sweep among {scaled(MANY):,} waits over {scaled(FEW):,}",
        value=round(idle["many"] / idle["few"], 2),
        unit="times",
        yardstick=f"{idle['many'] * 1000:.2f} ms over {idle['few'] * 1000:.2f} ms, medians of "
        f"{TIMES}",
        target=1.3,
        is_most=True,
    )


def idle_over_select_1() -> Figure:
    idle = _idle()
    return Figure(
        name=f"idle sweep among {scaled(MANY):,} waits over SELECT 1",
        value=round(idle["many"] / idle["bare"], 1),
        unit="times",
        yardstick=f"SELECT 1 through Django: {idle['bare'] * 1000:.3f} ms, median of {TIMES}",
        target=15,
        is_most=True,
    )


@cache
def _idle() -> dict[str, Any]:
    database()
    due.only(1)
    model = Interview.objects.get()
    model.review_at = NOW.replace(year=NOW.year + 1)
    model.save(update_fields=["review_at"])
    few = scaled(FEW)
    multiply_interviews(model, few - 1)
    settle_statistics()
    in_few = _median(lambda: sweep(now=NOW))
    multiply_interviews(model, scaled(MANY) - few, first=few)
    settle_statistics()
    in_many = _median(lambda: sweep(now=NOW))
    with CaptureQueriesContext(connection) as captured:
        sweep(now=NOW)
    found = {"few": in_few, "many": in_many, "bare": _median(_select_1), "queries": len(captured)}
    due.only(1)
    return found


def _select_1() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.fetchall()


def _median(work: Any) -> float:
    """In seconds."""
    for _ in range(20):
        work()
    taken = []
    for _ in range(TIMES):
        began = perf_counter()
        work()
        taken.append(perf_counter() - began)
    return median(taken)
