"""Very many steps due at once: the cost of deciding them, the time of the first mail, and the
sender's memory."""

from datetime import UTC, datetime
from functools import cache
from typing import Any

from django.db.models import Min

from benchmarks import due
from benchmarks.child import Child, children
from benchmarks.database import database
from benchmarks.figure import Figure
from benchmarks.rows import NOW
from benchmarks.scale import scaled
from benchmarks.sink import sink
from interviews.models import Mail

ROWS = 100_000


def sweep_share() -> Figure:
    flood = _flood()
    return Figure(
        name=f"{scaled(ROWS):,} due at once: claiming and deciding",
        value=round(flood["sweeping"] / flood["all"] * 100, 1),
        unit="% of all time",
        yardstick=f"{flood['sweeping']:,.0f} s of {flood['all']:,.0f} s until the last was sent by "
        f"one sender beside one sweeper: {flood['rows'] / flood['sweeping']:,.0f} rows/s, "
        f"{flood['rows'] / flood['all']:,.0f} mails/s",
        target=15,
        is_most=True,
    )


def first_mail_after() -> Figure:
    flood = _flood()
    return Figure(
        name=f"{scaled(ROWS):,} due at once: first mail",
        value=round(flood["first"], 2),
        unit="s after the sweep starts",
        yardstick="the sender looks each 20 ms, where a running one is told by the sweep",
        target=2,
        is_most=True,
    )


def sender_memory() -> Figure:
    flood = _flood()
    return Figure(
        name="memory of a sender at the end over after 1,000 mails",
        value=round(flood["late"] / max(flood["early"], 1), 2),
        unit="times",
        yardstick=f"resident: {flood['late'] / 1024:,.0f} MB after {scaled(ROWS):,} mails, "
        f"{flood['early'] / 1024:,.0f} MB after 1,000",
        target=1.2,
        is_most=True,
    )


@cache
def _flood() -> dict[str, Any]:
    database()
    count = scaled(ROWS, least=1_100)
    due.only(count)
    due.make_due(NOW)
    with sink() as port:
        sender = lambda: Child("benchmarks.sending", count, EMAIL_URL=f"smtp://127.0.0.1:{port}")  # noqa: E731
        with children(lambda: Child("benchmarks.sweeping"), sender) as (sweeping, sending):
            sending.go()
            sweeping.go()
            swept, sent = sweeping.read(), sending.read()
    first = Mail.objects.aggregate(first=Min("sent_at"))["first"]
    assert Mail.objects.filter(state="sent").count() == count
    return {
        "rows": count,
        "sweeping": swept["ended"] - swept["began"],
        "all": sent["ended"] - swept["began"],
        "first": (first - datetime.fromtimestamp(swept["began"], UTC)).total_seconds(),
        "early": sent["early"],
        "late": sent["late"],
    }
