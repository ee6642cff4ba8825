"""Fetch several related rows in the query of the row they belong to."""

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Aggregate, JSONField
from django.db.models.sql.compiler import SQLCompiler


class JSONList(Aggregate):
    """A subquery's rows as one list, unordered; None without rows."""

    function = "JSON_GROUP_ARRAY"
    output_field = JSONField()

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **values: Any
    ) -> Any:
        return self.as_sql(compiler, connection, function="JSONB_AGG", **values)
