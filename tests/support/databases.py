"""The test process's databases: one to empty between tests whose commits are real, and copies."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management.color import no_style
from django.db import connection

# Rows that migrations made, and that running processes remember by their keys.
MADE_BY_MIGRATIONS = {"auth_permission", "django_content_type", "django_migrations"}


def empty_tables() -> None:
    tables = set(connection.introspection.table_names()) - MADE_BY_MIGRATIONS
    connection.ops.execute_sql_flush(connection.ops.sql_flush(no_style(), sorted(tables)))


def copy_database(suffix: str) -> str:
    """The name of a copy of the test database."""
    name = str(connection.creation.get_test_db_clone_settings(suffix)["NAME"])
    if connection.vendor == "sqlite":
        # Django would copy the file, without what its log holds; and closing the file takes the
        # locks of all that this process does with it (sqlite.org/howtocorrupt.html, 2.2).
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [name])
    else:
        connection.close()  # PostgreSQL copies what nobody is connected to
        connection.creation.clone_test_db(suffix, verbosity=0, autoclobber=True)
    return name


def drop_copy(suffix: str) -> None:
    connection.creation.destroy_test_db(suffix=suffix, verbosity=0)


@contextmanager
def using_database(name: str) -> Iterator[None]:
    """The test process's own queries go to that one."""
    told = connection.settings_dict
    connection.close()
    before, told["NAME"] = told["NAME"], name
    try:
        yield
    finally:
        connection.close()
        told["NAME"] = before
