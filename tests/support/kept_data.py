"""Rows that are slow to create, created once for many tests."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from typing import Any, Generic, TypeVar

from django.apps import apps
from django.db import connection, transaction
from django.db.models import Model, QuerySet
from django.db.models.sql import InsertQuery
from pytest_django import DjangoDbBlocker

Made = TypeVar("Made")


@contextmanager
def rolled_back(blocker: DjangoDbBlocker) -> Iterator[None]:
    """For a module's fixture: its rows exist for each test, and are gone at the end. The test's own
    transaction, inside this one, rolls back what the test writes."""
    with blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


class Kept(Generic[Made]):
    """Created once, removed from the database, and restored for each test that asks.

    Only added rows are kept, not changes of rows made by migrations.
    """

    def __init__(self, make: Callable[[], Made], blocker: DjangoDbBlocker) -> None:
        with rolled_back(blocker):
            before = {model: list(_rows(model).values_list("pk", flat=True)) for model in _models()}
            self._made = make()
            added = [_rows(model).exclude(pk__in=keys) for model, keys in before.items()]
            self._inserts = [each for rows in added for each in _inserts(rows)]

    def put_back(self) -> Made:
        """Restore into the transaction of a test, which may change everything."""
        with connection.cursor() as cursor:
            for sql, values in self._inserts:
                cursor.execute(sql, values)
        return deepcopy(self._made)


def _models() -> list[type[Model]]:
    return apps.get_models(include_auto_created=True)


def _rows(model: type[Model]) -> QuerySet[Any]:
    """All rows, including those that managers hide."""
    return QuerySet(model).order_by("pk")


def _inserts(rows: QuerySet[Any]) -> Iterator[tuple[str, Any]]:
    """As stored, so that no field sets itself again."""
    found, fields = list(rows), rows.model._meta.local_concrete_fields
    size = max(connection.ops.bulk_batch_size(fields, found), 1)
    for first in range(0, len(found), size):
        query = InsertQuery(rows.model)
        query.insert_values(fields, found[first : first + size], raw=True)
        yield from query.get_compiler(connection=connection).as_sql()
