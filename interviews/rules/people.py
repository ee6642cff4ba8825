"""The column "person" of the decision table: one function for each entry."""

from typing import Any

from .open_wait import AnyWait, first_known


def nobody(_wait: AnyWait) -> Any:
    return None


def lead(wait: AnyWait) -> Any:
    return wait.lead


def waited_for(wait: AnyWait) -> Any:
    """The specification's "person": that of the promise, or the last interlocutor."""
    return wait.person


def last_interlocutor(wait: AnyWait) -> Any:
    return wait.last_interlocutor


def caller(wait: AnyWait) -> Any:
    known = None if wait.log.missed is None else wait.log.missed.person
    return first_known(known, wait.last_interlocutor)


def whom_reached(wait: AnyWait) -> Any:
    return first_known(wait.log.whom_reached, wait.lead)


def whom_written(wait: AnyWait) -> Any:
    known = None if wait.letter is None else wait.letter.person
    return first_known(known, wait.last_interlocutor)
