"""What workers do only on PostgreSQL.

Commits that need not wait for the disk: a sweep lost in a crash is lost completely, reminder rows
and `review_at` together, and is repeated. A lost mark makes its mail be sent again, with the same
Message-ID; at most three times `wal_writer_delay` (0.6 s) of marks can be lost. A claim must not be
lost, because it contains the Message-ID, so it waits for the disk, and with it everything written
before.

Statements that every mail runs are prepared by the server and planned once: planning takes five
times as long as running them. Such a plan may be made while a table is small and is kept when it
has grown, so table scans are disabled: every query of the workers has an index.
"""

from collections.abc import Mapping
from weakref import WeakSet

from django.db import connection

NEVER_UNASKED = 1_000_000_000
_readied: WeakSet[object] = WeakSet()


def is_postgres() -> bool:
    return connection.vendor == "postgresql"


def ready_connection() -> None:
    """From now on, commits of this connection do not wait for the disk, and prepared statements are
    planned once."""
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
    # Django disables preparing; with this threshold its own statements stay unprepared.
    connection.connection.prepare_threshold = NEVER_UNASKED
    _readied.add(connection.connection)


def flush_this_commit() -> None:
    """Within a transaction: make this commit wait for the disk."""
    if is_postgres():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL synchronous_commit = on")


def run_prepared(statement: str, values: Mapping[str, object]) -> int:
    """Return how many rows it changed. Errors are Django's, as everywhere."""
    from psycopg import Cursor  # not needed on SQLite

    connection.ensure_connection()
    with connection.wrap_database_errors:
        cursor = Cursor(connection.connection)
        return cursor.execute(statement, values, prepare=True).rowcount
