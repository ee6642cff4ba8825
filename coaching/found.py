"""The interviews that need a coach, ranked, and those to start with."""

from collections.abc import Container, Sequence
from datetime import datetime, time
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q

from coaching.matters import (
    CLOSING_STEPS,
    NEAR,
    Matter,
    classified,
    is_late,
    is_result,
    shown_at,
)
from coaching.permissions import OFFERS_FOR, CoachScope, is_open_offer
from interviews.models import Result

FIRST_SHOWN = 5
# At most so many of each, so that there is room for all: the next interview cannot be prepared for
# later.
_PLACES = {Matter.COMING: 1, Matter.MISSED_CALLS: 2, Matter.OFFERS: 1}


class Found(NamedTuple):
    """An interview that needs the coach; `at` is since when it is due, as its row says, when its
    result was known, or when an offer's answer is due."""

    matter: Matter
    at: datetime
    pk: UUID
    candidate: UUID
    name: str
    step: str = ""  # of next steps alone
    is_late: bool = False  # by the candidate's calendar


def found_in(sharing: CoachScope, *, now: datetime, kept: UUID | None = None) -> list[Found]:
    """The interviews of each matter, in their order, in any number: one query for rows with a step,
    which an index finds, and one for results without one. `kept` is among them though the coach has
    just written about it.

    Ranked in Python: a window function would compute the matter once for each place that names it,
    and Django would repeat its SQL as often.
    """
    whose = ("pk", "candidate", "candidate__user__name", "candidate__user__email")
    with_step = classified(sharing, now=now, kept=kept).filter(step_due_at__isnull=False)
    told = (
        with_step.annotate(told_at=shown_at(sharing, now), is_late=is_late(sharing, now))
        .order_by("starts_at", "pk")
        .values_list(
            "matter",  # annotated above
            "told_at",
            "result__known_at",
            "step",
            "is_late",  # annotated below
            *whose,
        )
    )
    found = [
        Found(
            Matter(matter),
            known if matter == Matter.RESULTS and known else told_at,
            pk,
            key,
            name or email,
            step if matter == Matter.STEPS else "",
            is_past,
        )
        for matter, told_at, known, step, is_past, pk, key, name, email in told
        if matter is not None
    ]
    done = sharing.whole_interviews().not_cancelled().filter(step_due_at__isnull=True)
    is_new = Q(result__known_at__gt=now - OFFERS_FOR)  # for the index
    known_ones = done.filter(is_new & (is_result(sharing, now, kept=kept) | is_open_offer(now)))
    asked = ("result__offer_answer", "result__offer_answer_by_on", "result__known_at")
    for answer, by_on, known, pk, key, name, email in known_ones.values_list(*asked, *whose):
        is_open = answer == Result.Answer.OPEN
        at = datetime.combine(by_on, time(), sharing.zone) if is_open and by_on else known
        matter = Matter.OFFERS if is_open else Matter.RESULTS
        found.append(Found(matter, at, pk, key, name or email))
    return sorted(found, key=_rank)


def can_wait(found: Found, now: datetime) -> bool:
    """An offer whose last day is not near."""
    return found.matter == Matter.OFFERS and found.at > now + NEAR


def _rank(found: Found) -> tuple[Matter, bool, float]:
    """Whoever waits longest comes first; of results the newest, while it is fresh."""
    at = found.at.timestamp()
    return found.matter, found.step in CLOSING_STEPS, -at if found.matter == Matter.RESULTS else at


def first_of(found: Sequence[Found], awaited: Container[UUID], *, now: datetime) -> list[Found]:
    """Missed calls, offers to answer soon, the next interview, and the promises that were broken
    longest ago; without what the coach has just made a suggestion for."""
    left = [each for each in found if each.pk not in awaited]
    picked: set[Found] = set()
    for matter, places in _PLACES.items():
        some = [each for each in left if each.matter == matter and not can_wait(each, now)]
        picked.update(some[:places])
    promises = [each for each in left if each.matter == Matter.PROMISES]
    picked.update(promises[: FIRST_SHOWN - len(picked)])
    return [each for each in found if each in picked][:FIRST_SHOWN]
