"""This morning: what needs a coach today, of everything that is shared, the most urgent first.

The database classifies all rows (`classified`, also used by the list behind "and 12 more"), and the
shown lines are read by key. Each interview has one matter, the first that fits. A row that expired
since the last sweep is classified by its facts, and recomputed before it is shown.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from django.db.models import Min

from accounts.models import User
from coaching import access
from coaching.matters import OF_WAITS, Matter, classified, is_result, midnight
from coaching.morning_line import MorningLine, line_of
from coaching.permissions import CoachScope
from interviews.models import Coaching, Interview, Proposal
from interviews.next_step import refresh_stale

LINES_SHOWN = 8
# In sections by candidate, of which there may be hundreds; the caseload lists all candidates.
CANDIDATES_SHOWN = 20
CHIPS_SHOWN = 8


class Grouping(StrEnum):
    """What the sections are made by; links contain the values."""

    REASON = "reason"
    CANDIDATE = "candidate"


class Found(NamedTuple):
    """An interview that needs the coach; `at` is when it was due, or its result known."""

    matter: Matter
    at: datetime
    pk: UUID
    candidate: UUID
    name: str


@dataclass(frozen=True, slots=True)
class MorningSection:
    """All of one matter, or all of one candidate."""

    title: str
    count: int
    lines: Sequence[MorningLine]
    matter: Matter | None = None
    candidate: UUID | None = None

    @property
    def more(self) -> int:
        return self.count - len(self.lines)


@dataclass(frozen=True, slots=True)
class CandidateChip:
    """Narrows the morning to one candidate."""

    pk: UUID
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Morning:
    now: datetime  # in the coach's zone
    sections: Sequence[MorningSection]
    answered: Sequence[Proposal]  # by this coach, answered since yesterday
    invitations: Sequence[Coaching]
    seen: frozenset[User]  # whose data this shows
    next_at: datetime | None = None  # if nothing is urgent, when something will be

    candidates: int = 0  # how many need the coach
    only_name: str = ""  # of the candidate, if one alone does
    waits: int = 0  # in how many waits
    chips: Sequence[CandidateChip] = field(default_factory=list)
    more_chips: int = 0  # candidates who need the coach and have no chip
    others: int = 0  # candidates without a section of their own

    @property
    def count(self) -> int:
        own = len(self.answered) + len(self.invitations)
        return own + sum(section.count for section in self.sections)

    def __bool__(self) -> bool:
        return self.count > 0


def morning_of(
    sharing: CoachScope,
    *,
    now: datetime,
    grouping: Grouping = Grouping.REASON,
    only: UUID | None = None,
) -> Morning:
    """Seven or eight queries; three more if a sweep is behind. `only` is a candidate's key."""
    local = now.astimezone(sharing.zone)
    found = _found(sharing, now=now) if sharing.coachings else []
    chips = _chips(found)
    shown = _shown(chips, only)
    if only is not None:
        found = [each for each in found if each.candidate == only]
    parts, others = _divided(found, grouping)
    sections, seen = _sections(sharing, parts, grouping, now=now)
    answered = list(_answered(sharing, since=midnight(local, -1)))
    invitations = list(access.invitations_to(sharing.coach, now=now))
    is_empty = not (sections or answered or invitations)
    return Morning(
        now=local,
        sections=sections,
        answered=answered,
        invitations=invitations,
        seen=frozenset(seen | {each.coaching.candidate.user for each in answered}),
        next_at=_next_at(sharing, now=now) if is_empty and sharing.coachings else None,
        candidates=len({each.candidate for each in found}),
        only_name=found[0].name if len({each.candidate for each in found}) == 1 else "",
        waits=sum(each.matter in OF_WAITS for each in found),
        chips=shown,
        more_chips=len(chips) - len(shown) if shown else 0,
        others=others,
    )


def _found(sharing: CoachScope, *, now: datetime) -> list[Found]:
    """The interviews of each matter, in their order, in any number: one query for rows
    with a step, which an index finds, and one for results without one.

    Ranked in Python: a window function would compute the matter once for each place that names it,
    and Django would repeat its SQL as often.
    """
    whose = ("pk", "candidate", "candidate__user__name", "candidate__user__email")
    with_step = classified(sharing, now=now).filter(step_due_at__isnull=False)
    told = with_step.order_by("step_due_at", "starts_at", "pk").values_list(
        "matter",  # annotated above
        "step_due_at",
        "result__known_at",
        *whose,
    )
    found = [
        Found(Matter(matter), known if matter == Matter.RESULTS and known else due, pk, key, a or b)
        for matter, due, known, pk, key, a, b in told
        if matter is not None
    ]
    done = sharing.whole_interviews().not_cancelled().filter(step_due_at__isnull=True)
    results = done.filter(is_result(sharing, now)).values_list("result__known_at", *whose)
    found += [Found(Matter.RESULTS, at, pk, key, a or b) for at, pk, key, a, b in results]
    return sorted(found, key=_rank)


def _rank(found: Found) -> tuple[Matter, float]:
    """Whoever waits longest comes first; of results the newest, while it is fresh."""
    at = found.at.timestamp()
    return found.matter, -at if found.matter == Matter.RESULTS else at


def _chips(found: Iterable[Found]) -> list[CandidateChip]:
    """Candidates, the one with most to do first."""
    counts: dict[tuple[UUID, str], int] = {}
    for each in found:
        counts[each.candidate, each.name] = counts.get((each.candidate, each.name), 0) + 1
    chips = [CandidateChip(key, name, count) for (key, name), count in counts.items()]
    return sorted(chips, key=lambda chip: -chip.count)


def _shown(chips: Sequence[CandidateChip], only: UUID | None) -> list[CandidateChip]:
    """The first ones, and the chosen one; none where there is nothing to choose."""
    if len(chips) < 2:
        return []
    return [*chips[:CHIPS_SHOWN], *(each for each in chips[CHIPS_SHOWN:] if each.pk == only)]


def _divided(found: Iterable[Found], grouping: Grouping) -> tuple[list[list[Found]], int]:
    """The rows of each section, and how many sections are left out."""
    by_candidate = grouping == Grouping.CANDIDATE
    parts: dict[Matter | UUID, list[Found]] = {}
    for each in found:
        parts.setdefault(each.candidate if by_candidate else each.matter, []).append(each)
    shown = list(parts.values())
    if not by_candidate:
        return shown, 0
    return shown[:CANDIDATES_SHOWN], max(len(shown) - CANDIDATES_SHOWN, 0)


def _sections(
    sharing: CoachScope, parts: Sequence[Sequence[Found]], grouping: Grouping, *, now: datetime
) -> tuple[list[MorningSection], set[User]]:
    """The sections, and whose data they show."""
    shown = [each.pk for part in parts for each in part[:LINES_SHOWN]]
    found = Interview.objects.filter(pk__in=shown).with_parties() if shown else []
    rows = {row.pk: row for row in found}
    refresh_stale(rows.values(), now=now)
    proposals = _latest_proposals(sharing, shown)
    sections = []
    for part in parts:
        lines = [
            line_of(sharing, rows[each.pk], each.matter, proposals.get(each.pk), now=now)
            for each in part[:LINES_SHOWN]
            if each.pk in rows
        ]
        sections.append(_section(grouping, part, lines))
    return sections, {row.candidate.user for row in rows.values()}


def _section(
    grouping: Grouping, part: Sequence[Found], lines: Sequence[MorningLine]
) -> MorningSection:
    first = part[0]
    if grouping == Grouping.CANDIDATE:
        return MorningSection(first.name, len(part), lines, candidate=first.candidate)
    return MorningSection(str(first.matter.label), len(part), lines, matter=first.matter)


def _latest_proposals(sharing: CoachScope, shown: Sequence[UUID]) -> dict[UUID, Proposal]:
    """The coach's newest proposal on each interview, unless declined or withdrawn."""
    if not shown:
        return {}
    told = sharing.proposals().filter(interview__in=shown, withdrawn_at__isnull=True)
    kept = told.exclude(answer=Proposal.Answer.DECLINED).order_by("proposed_at", "pk")
    return {each.interview_id: each for each in kept}


def _answered(sharing: CoachScope, *, since: datetime) -> Iterable[Proposal]:
    if not sharing.coachings:
        return []
    rows = sharing.proposals().filter(coaching__in=sharing.active(), answered_at__gte=since)
    return rows.order_by("-answered_at")[:LINES_SHOWN]


def _next_at(sharing: CoachScope, *, now: datetime) -> datetime | None:
    ahead = sharing.interviews().undone().filter(step_due_at__gt=now)
    found: datetime | None = ahead.aggregate(at=Min("step_due_at"))["at"]
    return found
