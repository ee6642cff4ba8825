"""How fast a sweep gets through what has come due all at once."""

from bench.database import database
from bench.figure import Figure
from bench.pace import once
from bench.rows import NOW, candidate, copies, waiting
from interviews.models import Interview, Reminder
from interviews.reminders.sweep import sweep

ROWS, OWNERS = 10_000, 50


def swept_rows_per_second() -> Figure:
    """10,000 rows due at the same moment; each is read, decided, written and put on the ledger."""
    where = database()
    for number in range(OWNERS):
        copies(waiting(candidate(f"Swept{number}")), ROWS // OWNERS - 1)
    sweep(now=Interview.objects.earliest("created_at").starts_at)  # the first looks for upgrades
    value = once(lambda: sweep(now=NOW).reviewed)
    assert Reminder.objects.filter(due_at=NOW).count() >= ROWS
    bare = once(_read_and_write)
    Interview.objects.all().delete()
    return Figure(
        name="rows swept",
        value=round(value),
        unit="1/s",
        yardstick=f"{ROWS:,} due rows of {OWNERS} candidates on {where}; reading them and writing "
        f"one field back: {bare:,.0f}/s",
    )


def _read_and_write() -> int:
    rows = list(Interview.objects.with_parties())
    Interview.objects.bulk_update(rows, ["review_at"], batch_size=100)
    return len(rows)
