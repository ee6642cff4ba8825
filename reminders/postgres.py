"""What the workers say to PostgreSQL in its own words; SQLite needs none of it.

Commits that need not wait for the disk: a sweep that PostgreSQL loses in a crash is lost whole,
reminder rows and `review_at` together, and is done again. A mark that it loses makes a mail be
sent again, with the same Message-ID; at most three times `wal_writer_delay` (0.6 s) of marks can be
lost. What must not be lost is the claim: it holds the Message-ID, so it waits for the disk, and
with it all that was written before.

Statements that every mail asks once are prepared by the server and planned once: planning one
takes five times as long as running it. Such a plan may be made while a table is small and is kept
when it has grown, so reading whole tables is ruled out: all that workers ask has an index.
"""

from collections.abc import Mapping
from weakref import WeakSet

from django.db import connection

NEVER_UNASKED = 1_000_000_000
_readied: WeakSet[object] = WeakSet()


def is_postgres() -> bool:
    return connection.vendor == "postgresql"


def ready_connection() -> None:
    """From now on, commits of this connection do not wait for the disk, and what is prepared
    is planned once."""
    if not is_postgres():
        return
    connection.ensure_connection()
    if connection.connection in _readied:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SET synchronous_commit = off; SET plan_cache_mode = force_generic_plan;"
            " SET enable_seqscan = off"
        )
    # Django turns preparing off; this many leaves its own statements as they are.
    connection.connection.prepare_threshold = NEVER_UNASKED
    _readied.add(connection.connection)


def flush_this_commit() -> None:
    """Within a transaction: this one waits for the disk all the same."""
    if is_postgres():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL synchronous_commit = on")


def run_prepared(statement: str, values: Mapping[str, object]) -> int:
    """How many rows it changed. Errors are Django's, as everywhere."""
    from psycopg import Cursor  # whoever is on SQLite never loads it

    connection.ensure_connection()
    with connection.wrap_database_errors:
        cursor = Cursor(connection.connection)
        return cursor.execute(statement, values, prepare=True).rowcount
