"""Rows that take long to make, made once for many tests."""

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
    """For a fixture of a module: what it makes here is there for each test, and gone at the end.
    What a test writes is taken back by the test's own transaction, within this one."""
    with blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


class Kept(Generic[Made]):
    """Made once, kept out of the database, and put back as it was for each test that asks.

    Rows that were added are kept, and no change of rows that migrations made."""

    def __init__(self, make: Callable[[], Made], blocker: DjangoDbBlocker) -> None:
        with rolled_back(blocker):
            before = {model: list(_rows(model).values_list("pk", flat=True)) for model in _models()}
            self._made = make()
            added = [_rows(model).exclude(pk__in=keys) for model, keys in before.items()]
            self._inserts = [each for rows in added for each in _inserts(rows)]

    def put_back(self) -> Made:
        """Into the transaction of a test, which may change the rows and what it is given."""
        with connection.cursor() as cursor:
            for sql, values in self._inserts:
                cursor.execute(sql, values)
        return deepcopy(self._made)


def _models() -> list[type[Model]]:
    return apps.get_models(include_auto_created=True)


def _rows(model: type[Model]) -> QuerySet[Any]:
    """All there are, whatever its managers hide."""
    return QuerySet(model).order_by("pk")


def _inserts(rows: QuerySet[Any]) -> Iterator[tuple[str, Any]]:
    """As they stand, so that no field sets itself anew."""
    found, fields = list(rows), rows.model._meta.local_concrete_fields
    size = max(connection.ops.bulk_batch_size(fields, found), 1)
    for first in range(0, len(found), size):
        query = InsertQuery(rows.model)
        query.insert_values(fields, found[first : first + size], raw=True)
        yield from query.get_compiler(connection=connection).as_sql()
