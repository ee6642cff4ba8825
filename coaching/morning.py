"""This morning: what needs a coach today, of everything that is shared, the most urgent first.

The database classifies all rows (`classified`, also used by the list behind "and 12 more"), and the
shown lines are read by key. Each interview is in one section, the first that fits. A row that
expired since the last sweep is classified by its facts, and recomputed before it is shown.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import (
    Case,
    DateTimeField,
    Exists,
    IntegerChoices,
    IntegerField,
    Min,
    OuterRef,
    Q,
    Value,
    When,
)
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from coaching import access
from coaching import text as words
from coaching.permissions import CoachScope
from interviews.current_step import CurrentStep
from interviews.models import Agreement, Coaching, CoachNote, Contact, Interview, Proposal, Result
from interviews.models.core.interview import InterviewQuerySet
from interviews.next_step import refresh_stale
from interviews.rules import ResultKind, Rule, Step
from interviews.text import coach_line, step_alone
from interviews.text.by_rule.interview import agreement_missing
from interviews.text.by_rule.results import result_for_coach

LINES_SHOWN = 8
# An older result has been talked over, or never will be.
RESULTS_FOR = timedelta(days=14)
DAY = timedelta(days=1)


class Matter(IntegerChoices):
    """The sections, in their order."""

    PROMISES = 1, _("Promised, and not asked since")
    STEPS = 2, _("Steps due, of those who share steps only")
    AGREEMENTS = 3, _("No agreement a day after the interview")
    WINDOWS = 4, _("No word, and time to ask")
    LETTERS = 5, _("Letters unanswered")
    CLOSING = 6, _("To close or let go")
    RESULTS = 7, _("Results to talk over")
    COMING = 8, _("Interviews to prepare")


PROMISE_RULES = (Rule.PROMISE_LAPSED, Rule.YOUR_TURN, Rule.MAY_NOT_CALL, Rule.MISSED_CALL)
WINDOW_RULES = (Rule.WINDOW_OPEN, Rule.WINDOW_CLOSED, Rule.ALREADY_ASKED, Rule.NOT_REACHED)
CLOSING_RULES = (Rule.SILENCE_IS_REFUSAL, Rule.NOT_INTERESTED)
# The steps that a result leaves.
AFTER_RULES = (Rule.LEARN_FROM_REFUSAL, Rule.KEPT_ON_FILE)
UNASKED_RULES = (Rule.WINDOW_OPEN, Rule.WINDOW_CLOSED)


@dataclass(frozen=True, slots=True)
class MorningLine:
    """One interview, or something about one."""

    key: UUID  # the interview's key, or an invitation's coaching
    candidate: str
    title: str
    said: str
    proposed: str = ""  # by this coach: what stands, or what the candidate accepted


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
    answered = list(_answered(sharing, since=_midnight(local, -1)))
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


def classified(sharing: CoachScope, *, now: datetime) -> InterviewQuerySet:
    """Rows that may be urgent, each with its `matter`; None means not this morning."""
    matter = Case(
        *_of_steps_only(sharing, now),
        When(_is_of(sharing, now, PROMISE_RULES), then=Value(Matter.PROMISES)),
        When(_lacks_agreement(sharing, now), then=Value(Matter.AGREEMENTS)),
        When(_is_of(sharing, now, WINDOW_RULES), then=Value(Matter.WINDOWS)),
        When(_is_of(sharing, now, (Rule.LETTER_UNANSWERED,)), then=Value(Matter.LETTERS)),
        When(_is_of(sharing, now, CLOSING_RULES), then=Value(Matter.CLOSING)),
        When(_is_result(sharing, now), then=Value(Matter.RESULTS)),
        When(_is_of(sharing, now, AFTER_RULES), then=Value(Matter.RESULTS)),
        When(_is_coming(sharing, now), then=Value(Matter.COMING)),
        default=None,
        output_field=IntegerField(),
    )
    # First exclude what fits no section: most rows are answered.
    is_recent = Q(result__known_at__gt=now - RESULTS_FOR)
    may_stand = Q(step_due_at__isnull=False) | is_recent
    rows = sharing.interviews().not_cancelled().filter(may_stand)
    return rows.annotate(matter=matter)


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
    known += done.filter(_is_result(sharing, now)).values_list("result__known_at", "pk")
    if known:
        keys[Matter.RESULTS] = [key for _known_at, key in sorted(known)]
    return keys


def _rows_of(keys: Mapping[Matter, Sequence[UUID]]) -> dict[UUID, Interview]:
    """The content of the lines that are shown."""
    shown = [key for some in keys.values() for key in some[:LINES_SHOWN]]
    if not shown:
        return {}
    return {row.pk: row for row in Interview.objects.filter(pk__in=shown).with_parties()}


# --- what belongs where -------------------------------------------------------------------------


def _of_steps_only(sharing: CoachScope, now: datetime) -> list[When]:
    """If only next steps are shared, not even the section may reveal what was agreed or sent."""
    if all(each.shares == Coaching.Shares.INTERVIEWS for each in sharing.coachings.values()):
        return []
    some = sharing.active().filter(shares=Coaching.Shares.STEPS)
    is_meant = Q(candidate__in=some.values("candidate"))
    is_due = _is_due_today(sharing, now) & ~Q(step__in=(Step.PREPARE, Step.FIX_AGREEMENT))
    return [
        When(is_meant & _is_coming(sharing, now), then=Value(Matter.COMING)),
        When(is_meant & is_due, then=Value(Matter.STEPS)),
        When(is_meant, then=None),
    ]


def _is_due_today(sharing: CoachScope, now: datetime) -> Q:
    """Including what is due later today: in the morning most calls are still ahead."""
    return Q(step_due_at__lt=_in_zones(sharing.zones, now, days=1))


def _is_of(sharing: CoachScope, now: datetime, rules: Sequence[Rule]) -> Q:
    return Q(step_rule__in=rules) & _is_due_today(sharing, now)


def _lacks_agreement(sharing: CoachScope, now: datetime) -> Q:
    """No agreement, no statement about it and no follow-up a day after the end, while the wait is
    young: once its first step is due, another section has it. A row that still says "note the
    agreement" or "prepare" a day after the end has not been swept since."""
    agreed = Agreement.objects.filter(interview=OuterRef("pk"))
    asked = Contact.objects.filter(
        interview=OuterRef("pk"), purpose=Contact.Purpose.FOLLOW_UP, at__gte=OuterRef("starts_at")
    )
    is_told = Q(step_rule__in=UNASKED_RULES, step_reason__since="interview")
    is_told &= Q(step_due_at__gte=_in_zones(sharing.zones, now, days=1))
    is_stale = Q(step=Step.FIX_AGREEMENT, step_expires_at__lte=now)
    is_stale |= Q(step=Step.PREPARE, step_expires_at__lte=now - DAY)
    is_unsaid = Q(nothing_agreed_at__isnull=True, result__isnull=True)
    return (is_told | is_stale) & is_unsaid & Q(~Exists(agreed)) & Q(~Exists(asked))


def _is_result(sharing: CoachScope, now: datetime) -> Q:
    """Known recently, and this coach has written nothing about the interview since. A next stage is
    a row of its own, and a result that followed from another was talked over with that."""
    noted = CoachNote.objects.filter(
        interview=OuterRef("pk"),
        coaching__coach=sharing.coach,
        written_at__gte=OuterRef("result__known_at"),
    )
    is_own = Q(result__follows__isnull=True) & ~Q(result__kind=Result.Kind.NEXT_STAGE)
    is_recent = Q(result__known_at__gt=now - RESULTS_FOR, result__known_at__lte=now)
    return is_recent & is_own & Q(~Exists(noted))


def _is_coming(sharing: CoachScope, now: datetime) -> Q:
    is_ahead = Q(starts_at__gt=now, starts_at__lt=_in_zones(sharing.zones, now, days=2))
    return Q(step=Step.PREPARE) & is_ahead


def _in_zones(zones: Iterable[ZoneInfo], now: datetime, *, days: int) -> Case | Value:
    """The candidate's own midnight, this many days after today's; one value if all share a zone."""
    by_zone = {zone.key: _midnight(now.astimezone(zone), days) for zone in zones}
    if len(by_zone) == 1:
        return Value(next(iter(by_zone.values())), output_field=DateTimeField())
    whens = [When(candidate__timezone=key, then=Value(at)) for key, at in sorted(by_zone.items())]
    return Case(*whens, default=Value(now), output_field=DateTimeField())


def _midnight(local: datetime, days: int) -> datetime:
    return datetime.combine(local.date() + timedelta(days=days), time(), local.tzinfo)


# --- what is told -------------------------------------------------------------------------------


def _sections(
    sharing: CoachScope,
    keys: Mapping[Matter, Sequence[UUID]],
    rows: Mapping[UUID, Interview],
    *,
    now: datetime,
) -> list[MorningSection]:
    sections = []
    proposed = _proposed(sharing, rows)
    for matter, some in sorted(keys.items()):
        shown = (rows[key] for key in some[:LINES_SHOWN] if key in rows)
        lines = [_line(sharing, row, matter, proposed.get(row.pk), now) for row in shown]
        sections.append(MorningSection(matter, len(some), lines))
    return sections


def _line(
    sharing: CoachScope, row: Interview, matter: Matter, proposal: Proposal | None, now: datetime
) -> MorningLine:
    local = now.astimezone(row.candidate.zone)
    said = _said(sharing, row, matter, local)
    proposed = "" if proposal is None else words.proposed(proposal, now=local)
    return MorningLine(row.pk, str(row.candidate), str(row.vacancy), said, proposed)


def _said(sharing: CoachScope, row: Interview, matter: Matter, local: datetime) -> str:
    if matter == Matter.RESULTS and not _leaves_something(row, local):
        return result_for_coach(ResultKind(row.result.kind), row.result.known_at, now=local)
    if matter == Matter.AGREEMENTS:
        return agreement_missing(row.ends_at, now=local)
    said = matter_of(sharing, CurrentStep.of(row, now=local))
    if matter == Matter.COMING:
        return words.in_zone(said, starts_at=row.starts_at, now=local, reader=sharing.zone)
    return said


def _leaves_something(row: Interview, local: datetime) -> bool:
    """Whether the step that its result leaves is due by tonight."""
    if row.step_rule not in AFTER_RULES or row.step_due_at is None:
        return False
    return row.step_due_at < _midnight(local, 1)


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


def _proposed(sharing: CoachScope, rows: Mapping[UUID, Interview]) -> dict[UUID, Proposal]:
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
