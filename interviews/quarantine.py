"""If one row of many fails, set it aside with its error and go on with the others. Only this module
decides which errors are about a row."""

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

# These errors say nothing about a row: the machine or its database has a problem, or a table does
# not exist yet.
_PASSING = (
    *(OperationalError, ProgrammingError, InternalError, InterfaceError),
    *(OSError, MemoryError),
)
# PostgreSQL's program_limit_exceeded is an OperationalError too, but is about one row that is too
# large, for instance for an index: it fails however often it is tried.
_TOO_LARGE = "54000"
WORDS_MAX = 500

Key = TypeVar("Key")
Done = TypeVar("Done")
Quarantine = Callable[[Key, Exception], object]


def is_passing(error: Exception) -> bool:
    """Whether it is not about a row."""
    is_large = getattr(error.__cause__, "sqlstate", "") == _TOO_LARGE
    return isinstance(error, _PASSING) and not is_large


def raise_if_passing(error: Exception) -> None:
    """Stop at an error that is not about a row; all rows are tried again."""
    if is_passing(error):
        raise error


def error_text(error: Exception) -> str:
    """For a column of the row. PostgreSQL quotes the whole row in further lines, and no database
    stores NUL or half a surrogate pair, which the quoted row may contain."""
    first = str(error).replace("\0", "").partition("\n")[0][:WORDS_MAX]
    said = f"{type(error).__name__}: {first}"
    return said.encode("utf-8", "replace").decode()


def place_of(error: Exception) -> str:
    """For the log: where it happened, without data, which the error's message may contain."""
    return "\n".join([type(error).__name__, *traceback.format_tb(error.__traceback__)])


def one_by_one(
    keys: Iterable[Key], work: Callable[[Key], Done], quarantine: Quarantine[Key], *, message: str
) -> list[Done]:
    """Return the results of rows that did not fail. `work` has a transaction of its own; `message`
    is logged with the key of each row that fails."""
    done = []
    for key in keys:
        try:
            done.append(work(key))
        except Exception as error:
            raise_if_passing(error)
            logger.error(f"{message}: %s", key, place_of(error))
            quarantine(key, error)
    return done


def together_or_alone(
    keys: Sequence[Key],
    work: Callable[[Sequence[Key]], Done],
    quarantine: Quarantine[Key],
    *,
    message: str,
) -> list[Done]:
    """All at once; if that fails, one by one."""
    work = transaction.atomic(work)
    try:
        return [work(keys)]
    except Exception as error:
        raise_if_passing(error)
        logger.error("%d rows fail together, and are taken alone: %s", len(keys), place_of(error))
    return one_by_one(keys, lambda key: work([key]), quarantine, message=message)
