"""The test database between two tests whose commits are real."""

from django.core.management.color import no_style
from django.db import connection

# Rows that migrations made, and that running processes remember by their keys.
MADE_BY_MIGRATIONS = {"auth_permission", "django_content_type", "django_migrations"}


def empty_tables() -> None:
    tables = set(connection.introspection.table_names()) - MADE_BY_MIGRATIONS
    connection.ops.execute_sql_flush(connection.ops.sql_flush(no_style(), sorted(tables)))
