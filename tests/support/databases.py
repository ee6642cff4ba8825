"""The test process's databases: one to empty between tests with real commits, and copies."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management.color import no_style
from django.db import connection

# Rows made by migrations, whose keys running processes remember.
MADE_BY_MIGRATIONS = {"auth_permission", "django_content_type", "django_migrations"}


def empty_tables() -> None:
    tables = set(connection.introspection.table_names()) - MADE_BY_MIGRATIONS
    connection.ops.execute_sql_flush(connection.ops.sql_flush(no_style(), sorted(tables)))


def copy_database(suffix: str) -> str:
    """Return the name of a copy of the test database."""
    name = str(connection.creation.get_test_db_clone_settings(suffix)["NAME"])
    if connection.vendor == "sqlite":
        # Django would copy the file without its WAL; and closing the file releases this process's
        # locks on it (sqlite.org/howtocorrupt.html, 2.2).
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [name])
    else:
        connection.close()  # PostgreSQL cannot copy a database with connections
        connection.creation.clone_test_db(suffix, verbosity=0, autoclobber=True)
    return name


def drop_copy(suffix: str) -> None:
    connection.creation.destroy_test_db(suffix=suffix, verbosity=0)


@contextmanager
def using_database(name: str) -> Iterator[None]:
    """Let the test process's own queries use that database."""
    told = connection.settings_dict
    connection.close()
    before, told["NAME"] = told["NAME"], name
    try:
        yield
    finally:
        connection.close()
        told["NAME"] = before
