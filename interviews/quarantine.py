"""Many rows are worked on, and one of them fails: it is set aside with its error, and the others
go on. Which failures say something about the row at which they are met is decided here alone."""

import logging
import traceback
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from django.db import (
    InterfaceError,
    InternalError,
    OperationalError,
    ProgrammingError,
    transaction,
)

logger = logging.getLogger(__name__)

# What says nothing about the row at which it is met: the machine or its database is in trouble, or
# a table is not there yet.
_PASSING = (
    *(OperationalError, ProgrammingError, InternalError, InterfaceError),
    *(OSError, MemoryError),
)
# PostgreSQL's program_limit_exceeded, an OperationalError too, is about the one row that
# is too large, for instance for an index: however often that is tried, it fails.
_TOO_LARGE = "54000"
WORDS_MAX = 500

Key = TypeVar("Key")
Done = TypeVar("Done")
SetAside = Callable[[Key, Exception], object]


def raise_if_passing(error: Exception) -> None:
    """Whoever meets such trouble stops, and all rows are tried again."""
    if isinstance(error, _PASSING) and getattr(error.__cause__, "sqlstate", "") != _TOO_LARGE:
        raise error


def words_of(error: Exception) -> str:
    """For a column of the row. PostgreSQL repeats the whole row in further lines, and no database
    stores a NUL or half a pair of surrogates, which the error of such a row may quote."""
    first = str(error).replace("\0", "").partition("\n")[0][:WORDS_MAX]
    said = f"{type(error).__name__}: {first}"
    return said.encode("utf-8", "replace").decode()


def place_of(error: Exception) -> str:
    """For a log: where it happened, and nobody's data, which the error's own words may hold."""
    return "\n".join([type(error).__name__, *traceback.format_tb(error.__traceback__)])


def one_by_one(
    keys: Iterable[Key], work: Callable[[Key], Done], set_aside: SetAside[Key], *, trouble: str
) -> list[Done]:
    """What came of those that did not fail. `work` has a transaction of its own; `trouble` is said
    in the log, with the key of each that fails."""
    done = []
    for key in keys:
        try:
            done.append(work(key))
        except Exception as error:
            raise_if_passing(error)
            logger.error(f"{trouble}: %s", key, place_of(error))
            set_aside(key, error)
    return done


def together_or_alone(
    keys: Sequence[Key],
    work: Callable[[Sequence[Key]], Done],
    set_aside: SetAside[Key],
    *,
    trouble: str,
) -> list[Done]:
    """All at once; where that fails, each alone."""
    work = transaction.atomic(work)
    try:
        return [work(keys)]
    except Exception as error:
        raise_if_passing(error)
        logger.error("%d rows fail together, and are taken alone: %s", len(keys), place_of(error))
    return one_by_one(keys, lambda key: work([key]), set_aside, trouble=trouble)
