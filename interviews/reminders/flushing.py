"""When a commit of the workers need not wait for the disk.

A sweep that PostgreSQL loses in a crash is lost whole, reminder rows and `review_at` together, and
is done again. A mark that it loses makes a mail be sent again, with the same Message-ID; at most
three times `wal_writer_delay` (0.6 s) of marks can be lost. What must not be lost is the claim:
it holds the Message-ID, so it waits for the disk (and with it all that was written before).
"""

from weakref import WeakSet

from django.db import connection

_unflushed: WeakSet[object] = WeakSet()


def commit_unflushed() -> None:
    """From now on, commits of this database connection do not wait for the disk. PostgreSQL only;
    SQLite in WAL mode does not wait anyway."""
    if connection.vendor != "postgresql":
        return
    connection.ensure_connection()
    if connection.connection in _unflushed:
        return
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")
    _unflushed.add(connection.connection)


def flush_this_commit() -> None:
    """Within a transaction: this one waits for the disk all the same."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL synchronous_commit = on")
