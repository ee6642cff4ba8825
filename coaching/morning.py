"""This morning: what needs a coach today, of everything that is shared, the most urgent first.

The database classifies all rows (`classified`, also used by the list behind "and 12 more"), and the
shown lines are read by key. Each interview has one matter, the first that fits. A row that expired
since the last sweep is classified by its facts, and recomputed before it is shown.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from operator import itemgetter
from uuid import UUID

from django.db.models import Exists, Min, OuterRef, Q
from django.utils.translation import gettext as _

from accounts.models import User
from coaching import access
from coaching.awaited import latest_of
from coaching.chips import ALL_CHIPS, CandidateChip, chips_of, shown_of
from coaching.found import Found, can_wait, first_of, found_in
from coaching.matters import TIMED_STEPS, URGENT, Matter, midnight
from coaching.morning_line import MorningLine, line_of
from coaching.permissions import CoachScope
from interviews.models import Coaching, Interview, Proposal
from interviews.next_step import refresh_stale

LINES_SHOWN = 8
# If there are more rows in all, those to start with stand apart, and each section shows a few.
MOST_TOGETHER, FEW_SHOWN = 8, 3
# Of each section; more than are shown, as some have been suggested something for.
LOOKED_AT = 20
# In sections by candidate, of which there may be hundreds; the caseload lists all candidates.
CANDIDATES_SHOWN = 20


class Grouping(StrEnum):
    """What the sections are made by; links contain the values."""

    REASON = "reason"
    CANDIDATE = "candidate"


@dataclass(frozen=True, slots=True)
class MorningSection:
    """All of one matter, all of one candidate, or with neither what to start with."""

    title: str
    count: int
    lines: Sequence[MorningLine] = ()
    matter: Matter | None = None
    candidate: UUID | None = None
    is_rest: bool = False  # others of this matter are among those to start with
    suggested: int = 0  # of them, for which it is the candidate's turn

    @property
    def key(self) -> str:
        return str(self.candidate or (self.matter.value if self.matter else ""))

    @property
    def open_count(self) -> int:
        return self.count - self.suggested

    @property
    def is_first(self) -> bool:
        return self.matter is None and self.candidate is None

    @property
    def more(self) -> int:
        return self.count - len(self.lines)


@dataclass(frozen=True, slots=True)
class Morning:
    now: datetime  # in the coach's zone
    sections: Sequence[MorningSection]
    answered: Sequence[Proposal]  # by this coach, answered since yesterday
    invitations: Sequence[Coaching]
    seen: frozenset[User]  # whose data this shows
    next_at: datetime | None = None  # if nothing is urgent, when something will be

    candidates: int = 0  # with anything at all
    # The names of those with something urgent for which the coach has not just suggested something.
    needing: Sequence[str] = ()
    urgent: Mapping[Matter, int] = field(default_factory=dict)
    coming: int = 0  # interviews to prepare for
    sent_today: int = 0  # the coach's suggestions of today, of what is shown
    only: UUID | None = None  # the candidate it is narrowed to
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
    opened: str = "",
    kept: UUID | None = None,
) -> Morning:
    """Eight or nine queries; three more if a sweep is behind. `only` is a candidate's key, `opened`
    that of a section shown whole, `kept` that of a row which keeps its place though the coach has
    just written about it."""
    local = now.astimezone(sharing.zone)
    found = found_in(sharing, now=now, kept=kept) if sharing.coachings else []
    waiting = [each for each in found if each.pk not in sharing.awaited]
    needing = [each for each in waiting if _is_urgent(each)]
    chips = chips_of(found, needing, waiting)
    if only not in {each.candidate for each in found}:
        only = None  # nothing is left to do for that candidate
    if only is not None:
        found = [each for each in found if each.candidate == only]
        needing = [each for each in needing if each.candidate == only]
    if grouping == Grouping.CANDIDATE:
        # As the caseload: whoever needs the coach most, and what for.
        needs = Counter(each.candidate for each in needing)
        found = sorted(
            found,
            key=lambda each: (
                -needs[each.candidate],
                not _is_told_first(each),
                can_wait(each, now),
            ),
        )
    told, others = _divided_to_show(sharing, found, grouping, only, opened, kept)
    proposals, answered = _proposals(sharing, told, since=midnight(local, -1))
    sections, seen = _sections(sharing, told, proposals, now=now)
    invitations = list(access.invitations_to(sharing.coach, now=now))
    shown = shown_of(chips, only, is_open=opened == ALL_CHIPS)
    is_empty = not (sections or answered or invitations)
    return Morning(
        now=local,
        sections=sections,
        answered=answered,
        invitations=invitations,
        seen=frozenset(seen | {each.coaching.candidate.user for each in answered}),
        next_at=_next_at(sharing, now=now) if is_empty and sharing.coachings else None,
        candidates=len({each.candidate for each in found}),
        needing=list({each.candidate: each.name for each in needing}.values()),
        urgent=Counter(each.matter for each in needing),
        coming=sum(each.matter == Matter.COMING for each in found),
        sent_today=sum(
            each.pk in sharing.awaited and sharing.awaited[each.pk] >= midnight(local, 0)
            for each in found
        ),
        only=only,
        chips=shown,
        more_chips=sum(each.needs for each in chips if each not in shown) if shown else 0,
        others=others,
    )


def _divided_to_show(
    sharing: CoachScope,
    found: Sequence[Found],
    grouping: Grouping,
    only: UUID | None,
    opened: str,
    kept: UUID | None,
) -> tuple[list[tuple[MorningSection, Sequence[Found]]], int]:
    """The sections with the rows they show, and how many candidates have none of their own."""
    has_much = len(found) > MOST_TOGETHER and only is None
    first: list[Found] = []
    if has_much and grouping == Grouping.REASON:
        looked_at = [each for part in _divided(found, grouping)[0] for each in part[:LOOKED_AT]]
        first = first_of(looked_at, sharing.awaited.keys() - {kept}, now=sharing.now)
    parts, others = _divided((each for each in found if each not in first), grouping)
    for part in parts:  # what waits for the candidate comes last
        part.sort(key=lambda each: each.pk != kept and each.pk in sharing.awaited)
    most = LOOKED_AT if only else FEW_SHOWN if has_much else LINES_SHOWN
    told: list[tuple[MorningSection, Sequence[Found]]] = []
    if first:
        told.append((MorningSection(_("Start here"), len(first)), first))
    taken = {each.matter for each in first}
    for part in parts:
        suggested = sum(each.pk in sharing.awaited for each in part)
        section = replace(
            _section(grouping, part), is_rest=part[0].matter in taken, suggested=suggested
        )
        few = LOOKED_AT if section.key == opened else most
        if grouping == Grouping.CANDIDATE:  # nothing urgent is folded away
            few = max(few, sum(_is_told_first(each) for each in part))
        rest = [each for each in part[few:] if each.pk == kept]
        told.append((section, [*part[:few], *rest]))
    return told, others


def _is_told_first(found: Found) -> bool:
    return found.matter == Matter.COMING or _is_urgent(found)


def _is_urgent(found: Found) -> bool:
    """Of next steps alone it is known only whether they are late."""
    return found.matter in URGENT or (found.step in TIMED_STEPS and found.is_late)


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
    sharing: CoachScope,
    told: Sequence[tuple[MorningSection, Sequence[Found]]],
    proposals: Mapping[UUID, Proposal],
    *,
    now: datetime,
) -> tuple[list[MorningSection], set[User]]:
    """Each section with the lines it shows, and whose data they are."""
    shown = [each.pk for _section, part in told for each in part]
    local = now.astimezone(sharing.zone)
    notes = sharing.notes().filter(interview=OuterRef("pk"), written_at__gte=midnight(local, 0))
    told_of = Interview.objects.filter(pk__in=shown).with_parties()
    found = told_of.annotate(is_noted=Exists(notes)) if shown else []
    rows = {row.pk: row for row in found}
    refresh_stale(rows.values(), now=now)
    sections = []
    for section, part in told:
        lines = [
            replace(
                line_of(sharing, rows[each.pk], each.matter, proposals.get(each.pk), now=now),
                is_noted=rows[each.pk].is_noted,  # type: ignore[attr-defined]
            )
            for each in part
            if each.pk in rows
        ]
        sections.append(replace(section, lines=lines))
    return sections, {row.candidate.user for row in rows.values()}


def _section(grouping: Grouping, part: Sequence[Found]) -> MorningSection:
    first = part[0]
    if grouping == Grouping.CANDIDATE:
        return MorningSection(first.name, len(part), candidate=first.candidate)
    return MorningSection(str(first.matter.label), len(part), matter=first.matter)


def _proposals(
    sharing: CoachScope,
    told: Sequence[tuple[MorningSection, Sequence[Found]]],
    *,
    since: datetime,
) -> tuple[Mapping[UUID, Proposal], Sequence[Proposal]]:
    """The newest about each shown interview, and those answered since then: one query."""
    if not sharing.coachings:
        return {}, []
    shown = {each.pk for _section, part in told for each in part}
    rows = list(sharing.proposals().filter(Q(interview__in=shown) | Q(answered_at__gte=since)))
    active = {each.pk for each in sharing.coachings.values()}
    answered = [
        (each.answered_at, each)
        for each in rows
        if each.answered_at and each.answered_at >= since and each.coaching_id in active
    ]
    newest = sorted(answered, key=itemgetter(0), reverse=True)[:LINES_SHOWN]
    return latest_of(rows), [each for _at, each in newest]


def _next_at(sharing: CoachScope, *, now: datetime) -> datetime | None:
    ahead = sharing.interviews().undone().filter(step_due_at__gt=now)
    found: datetime | None = ahead.aggregate(at=Min("step_due_at"))["at"]
    return found
