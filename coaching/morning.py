"""This morning: what needs a coach today, of everything that is shared, the most urgent first.

The database classifies all rows (`classified`, also used by the list behind "and 12 more"), and the
shown lines are read by key. Each interview is in one section, the first that fits. A row that
expired since the last sweep is classified by its facts, and recomputed before it is shown.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import (
    Min,
)

from accounts.models import User
from coaching import access
from coaching import text as coaching_text
from coaching.matters import AFTER_RULES, Matter, classified, is_result, midnight
from coaching.permissions import CoachScope
from interviews.current_step import CurrentStep
from interviews.models import Coaching, Interview, Proposal
from interviews.next_step import refresh_stale
from interviews.rules import ResultKind
from interviews.text import coach_line, step_alone
from interviews.text.by_rule.interview import agreement_missing
from interviews.text.by_rule.results import result_for_coach

LINES_SHOWN = 8


@dataclass(frozen=True, slots=True)
class MorningLine:
    """One interview, or something about one."""

    key: UUID  # the interview's key, or an invitation's coaching
    candidate: str
    title: str
    said: str
    proposal_text: str = ""  # by this coach: what stands, or what the candidate accepted


@dataclass(frozen=True, slots=True)
class MorningSection:
    matter: Matter
    count: int
    lines: Sequence[MorningLine]

    @property
    def title(self) -> str:
        return str(self.matter.label)

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

    @property
    def count(self) -> int:
        own = len(self.answered) + len(self.invitations)
        return own + sum(section.count for section in self.sections)

    def __bool__(self) -> bool:
        return self.count > 0


def morning_of(sharing: CoachScope, *, now: datetime) -> Morning:
    """Seven or eight queries; three more if a sweep is behind."""
    local = now.astimezone(sharing.zone)
    keys = _keys_by_matter(sharing, now=now) if sharing.coachings else {}
    rows = _rows_of(keys)
    refresh_stale(rows.values(), now=now)
    sections = _sections(sharing, keys, rows, now=now)
    answered = list(_answered(sharing, since=midnight(local, -1)))
    invitations = list(access.invitations_to(sharing.coach, now=now))
    seen = {row.candidate.user for row in rows.values()}
    seen |= {each.coaching.candidate.user for each in answered}
    is_empty = not (sections or answered or invitations)
    return Morning(
        now=local,
        sections=sections,
        answered=answered,
        invitations=invitations,
        seen=frozenset(seen),
        next_at=_next_at(sharing, now=now) if is_empty and sharing.coachings else None,
    )


def _keys_by_matter(sharing: CoachScope, *, now: datetime) -> dict[Matter, list[UUID]]:
    """Each section's interviews, the longest waiting first, in any number: one query for rows with
    a step, which an index finds, and one for results without one.

    Ranked in Python: a window function would compute the section once for each place that names it,
    and Django would repeat its SQL as often.
    """
    keys: dict[Matter, list[UUID]] = {}
    known: list[tuple[datetime, UUID]] = []
    with_step = classified(sharing, now=now).filter(step_due_at__isnull=False)
    told = with_step.order_by("step_due_at", "starts_at", "pk").values_list(  # type: ignore[misc]
        "pk",
        "matter",  # annotated above
        "result__known_at",
    )
    for key, matter, known_at in told:
        if matter == Matter.RESULTS and known_at is not None:
            known.append((known_at, key))
        elif matter is not None:
            keys.setdefault(Matter(matter), []).append(key)
    done = sharing.whole_interviews().not_cancelled().filter(step_due_at__isnull=True)
    known += done.filter(is_result(sharing, now)).values_list("result__known_at", "pk")
    if known:
        keys[Matter.RESULTS] = [key for _known_at, key in sorted(known)]
    return keys


def _rows_of(keys: Mapping[Matter, Sequence[UUID]]) -> dict[UUID, Interview]:
    """The content of the lines that are shown."""
    shown = [key for some in keys.values() for key in some[:LINES_SHOWN]]
    if not shown:
        return {}
    return {row.pk: row for row in Interview.objects.filter(pk__in=shown).with_parties()}


# --- what is told -------------------------------------------------------------------------------


def _sections(
    sharing: CoachScope,
    keys: Mapping[Matter, Sequence[UUID]],
    rows: Mapping[UUID, Interview],
    *,
    now: datetime,
) -> list[MorningSection]:
    sections = []
    proposals = _latest_proposals(sharing, rows)
    for matter, some in sorted(keys.items()):
        shown = (rows[key] for key in some[:LINES_SHOWN] if key in rows)
        lines = [_line(sharing, row, matter, proposals.get(row.pk), now) for row in shown]
        sections.append(MorningSection(matter, len(some), lines))
    return sections


def _line(
    sharing: CoachScope, row: Interview, matter: Matter, proposal: Proposal | None, now: datetime
) -> MorningLine:
    local = now.astimezone(row.candidate.zone)
    said = _said(sharing, row, matter, local)
    proposal_text = "" if proposal is None else coaching_text.proposal_text(proposal, now=local)
    return MorningLine(row.pk, str(row.candidate), str(row.vacancy), said, proposal_text)


def _said(sharing: CoachScope, row: Interview, matter: Matter, local: datetime) -> str:
    if matter == Matter.RESULTS and not _leaves_something(row, local):
        return result_for_coach(ResultKind(row.result.kind), row.result.known_at, now=local)
    if matter == Matter.AGREEMENTS:
        return agreement_missing(row.ends_at, now=local)
    said = matter_of(sharing, CurrentStep.of(row, now=local))
    if matter == Matter.COMING:
        return coaching_text.in_zone(said, starts_at=row.starts_at, now=local, reader=sharing.zone)
    return said


def _leaves_something(row: Interview, local: datetime) -> bool:
    """Whether the step that its result leaves is due by tonight."""
    if row.step_rule not in AFTER_RULES or row.step_due_at is None:
        return False
    return row.step_due_at < midnight(local, 1)


def matter_of(sharing: CoachScope, current: CurrentStep) -> str:
    """What is urgent about an interview; only the step and its day if nothing more is shared."""
    if current.stored is None:
        return ""
    if not sharing.may_read(current.interview):
        return step_alone(current.step, now=current.now)
    return coach_line(
        current.step,
        candidate=str(current.interview.candidate),
        person=current.person,
        company=current.company,
        now=current.now,
    )


def _latest_proposals(sharing: CoachScope, rows: Mapping[UUID, Interview]) -> dict[UUID, Proposal]:
    """The coach's newest proposal on each interview, unless declined or withdrawn."""
    if not rows:
        return {}
    told = sharing.proposals().filter(interview__in=list(rows), withdrawn_at__isnull=True)
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
