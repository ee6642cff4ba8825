"""The caseload: each candidate with open and overdue steps, promises and results, of what is
shared.

The database computes what the list is sorted and filtered by (`caseload_of`); two queries compute
the rest for one page (`figures_of`).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    IntegerField,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    When,
)
from django.db.models.functions import Coalesce

from coaching.matters import (
    NEAR,
    is_coming,
    is_missed_call,
    is_urgent,
    shown_at,
)
from coaching.permissions import CoachScope
from insights.promise_outcome import Outcome, Promise, due_moment, outcome_of
from interviews.models import Agreement, Candidate, Contact, Interview, Result
from interviews.models.core.interview import InterviewQuerySet
from interviews.next_step import refresh_stale
from interviews.rules import Step

QUIET = timedelta(days=7)
SOON = timedelta(days=7)


@dataclass(slots=True)
class CandidateFigures:
    """One candidate's figures, of what is shared."""

    results: int = 0
    answers: int = 0  # of the results, those that an employer gave
    offers: int = 0
    outcomes: dict[Outcome, int] = field(default_factory=dict)

    @property
    def kept(self) -> int:
        return self.outcomes.get(Outcome.KEPT, 0)

    @property
    def promises(self) -> int:
        """Promises whose day is over, or that were answered before."""
        return sum(
            self.outcomes.get(each, 0) for each in (Outcome.KEPT, Outcome.LATE, Outcome.BROKEN)
        )


def caseload_of(sharing: CoachScope, *, now: datetime) -> "QuerySet[Candidate]":
    """The coach's candidates, annotated with `urgent`, the number of interviews that need the
    coach, `open_waits`, `first_id`, the interview to be looked at first, `next_at`, the moment that
    is shown of it, and `active_at`, when a shared fact was last recorded."""
    shared = sharing.interviews().filter(candidate=OuterRef("pk")).order_by()
    # Every open wait has a step with a due time, so a partial index finds them among answered ones.
    with_step = shared.filter(step_due_at__isnull=False)
    is_needed = is_urgent(sharing, now) | Q(pk__in=sharing.open_offers)
    needed = shared.not_cancelled().filter(is_needed, ~Q(pk__in=list(sharing.awaited)))
    first = _first_of(sharing, now=now).filter(candidate=OuterRef("pk"))
    told = ["told_at"]  # annotated there
    return (
        sharing.candidates()
        .select_related("user")
        .annotate(
            urgent=_count(needed),
            open_waits=_count(waits_of(with_step, now=now)),
            active_at=Subquery(
                shared.values("candidate").annotate(at=Max("active_at")).values("at")
            ),
            first_id=Subquery(first.values("pk")[:1]),
            next_at=Subquery(first.values(*told)[:1]),
        )
    )


def waits_of(rows: InterviewQuerySet, *, now: datetime) -> InterviewQuerySet:
    """Open waits: no result, and the interview has ended."""
    is_ahead = Q(step=Step.PREPARE.value, step_expires_at__gt=now)
    return rows.unanswered().exclude(is_ahead)


# Of candidates with the annotations of `caseload_of`.
NEEDS_HELP = Q(urgent__gt=0)


def _is_quiet(now: datetime) -> Q:
    return (Q(active_at__lte=now - QUIET) | Q(active_at__isnull=True)) & Q(open_waits__gt=0)


def _has_interview_soon(sharing: CoachScope, now: datetime) -> Exists:
    ahead = sharing.interviews().not_cancelled().filter(candidate=OuterRef("pk"))
    return Exists(ahead.filter(starts_at__gt=now, starts_at__lt=now + SOON))


def needing_help(rows: "QuerySet[Candidate]") -> "QuerySet[Candidate]":
    return rows.filter(NEEDS_HELP)


def quiet(rows: "QuerySet[Candidate]", *, now: datetime) -> "QuerySet[Candidate]":
    """Candidates without activity for a week, though something is open."""
    return rows.filter(_is_quiet(now))


def noted_since(rows: "QuerySet[Candidate]", since: datetime) -> "QuerySet[Candidate]":
    return rows.filter(Q(active_at__gte=since))


def interviewed_soon(
    rows: "QuerySet[Candidate]", sharing: CoachScope, *, now: datetime
) -> "QuerySet[Candidate]":
    return rows.filter(_has_interview_soon(sharing, now))


def counts_of(sharing: CoachScope, *, now: datetime) -> Mapping[str, int]:
    """How many candidates need help, are quiet, and have an interview soon: one query."""
    rows = caseload_of(sharing, now=now).annotate(is_soon=_has_interview_soon(sharing, now))
    counts: Mapping[str, int] = rows.aggregate(
        help=Count("pk", filter=NEEDS_HELP),
        quiet=Count("pk", filter=_is_quiet(now)),
        week=Count("pk", filter=Q(is_soon=True)),
    )
    return counts


def figures_of(
    sharing: CoachScope,
    candidates: Sequence[Candidate],
    *,
    now: datetime,
    with_promises: bool = True,
) -> Mapping[UUID, CandidateFigures]:
    """Results and kept promises of each candidate who shares more than next steps. A query each
    for any number of candidates."""
    figures = {each.pk: CandidateFigures() for each in candidates}
    if not figures:
        return figures
    shared = sharing.whole_interviews().filter(candidate__in=list(figures)).order_by()
    is_offer = Q(result__kind=Result.Kind.OFFER)
    known = shared.filter(result__isnull=False).values_list("candidate")
    is_answer = Q(result__kind__in=Result.ANSWERS)
    counted = known.annotate(
        all=Count("pk"),
        answered=Count("pk", filter=is_answer),
        offered=Count("pk", filter=is_offer),
    )
    for candidate, results, answers, offers in counted:
        found = figures[candidate]
        found.results, found.answers, found.offers = results, answers, offers
    for candidate, promise in _promises(shared) if with_promises else ():
        outcomes = figures[candidate].outcomes
        outcome = outcome_of(promise, now=now)
        outcomes[outcome] = outcomes.get(outcome, 0) + 1
    return figures


def next_steps_of(candidates: Iterable[Any], *, now: datetime) -> Mapping[UUID, Interview]:
    """The interview to be looked at first, by candidate; of candidates with the annotations of
    `caseload_of`. One query."""
    rows = Interview.objects.filter(pk__in=[each.first_id for each in candidates]).with_parties()
    found = {row.candidate_id: row for row in rows}
    refresh_stale(found.values(), now=now)
    return found


def _first_of(sharing: CoachScope, *, now: datetime) -> InterviewQuerySet:
    """What stands, in the overview's order: a missed call, an offer to answer soon, what is to be
    prepared for, a broken promise, another offer, the earliest step. Each row with the moment that
    it tells."""
    is_offer = Q(pk__in=sharing.open_offers)
    local = now.astimezone(sharing.zone)
    can_wait = Q(result__offer_answer_by_on__gt=(local + NEAR).date())
    rank = Case(
        When(pk__in=list(sharing.awaited), then=6),
        When(is_missed_call(sharing, now), then=0),
        When(is_offer & can_wait, then=4),
        When(is_offer, then=1),
        When(is_coming(sharing, now), then=2),
        When(~is_urgent(sharing, now), then=5),
        default=3,
        output_field=IntegerField(),
    )
    stands = sharing.interviews().not_cancelled()
    stands = stands.filter(Q(step_due_at__isnull=False) | is_offer)
    return stands.annotate(told_at=shown_at(sharing, now)).order_by(rank, "step_due_at", "pk")


def _promises(shared: InterviewQuerySet) -> Iterator[tuple[UUID, Promise]]:
    """Each day that an employer named. If silence was agreed to mean no, none was promised."""
    named = Agreement.objects.filter(
        interview__in=shared,
        initiator=Agreement.Initiator.EMPLOYER,
        due_on__isnull=False,
        silence_is_refusal=False,
    )
    word = Contact.objects.filter(
        interview=OuterRef("interview"),
        direction=Contact.Direction.IN,
        purpose=Contact.Purpose.FOLLOW_UP,
        outcome=Contact.Outcome.REACHED,
        at__gt=OuterRef("made_at"),
    )
    later = Agreement.objects.filter(
        interview=OuterRef("interview"), made_at__gt=OuterRef("made_at")
    )
    rows = named.annotate(
        word_at=Subquery(word.order_by("at").values("at")[:1]),
        replaced_at=Subquery(later.order_by("made_at").values("made_at")[:1]),
    ).values_list(
        *("interview__candidate", "interview__candidate__timezone"),
        *("due_on", "due_time", "due_timezone"),
        *("word_at", "replaced_at", "interview__result__kind", "interview__result__known_at"),
    )
    for candidate, own_zone, due_on, due_time, zone, *told in rows:
        due_at = due_moment(due_on, due_time, ZoneInfo(zone or own_zone))
        yield candidate, Promise(due_at, *told)


def _count(rows: InterviewQuerySet) -> Coalesce:
    counted = rows.values("candidate").annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(counted), 0)


def open_of(sharing: CoachScope, candidate: Candidate) -> Sequence[Interview]:
    """One candidate's shared and open interviews, the most urgent first, with what their timelines
    need: three queries."""
    rows = sharing.interviews().of(candidate).undecided().with_parties()
    found = rows.order_by(F("step_due_at").asc(nulls_last=True), "starts_at", "pk")
    return list(found.prefetch_related("agreements", "contacts"))


def last_noted(sharing: CoachScope, candidate: Candidate) -> datetime | None:
    found: datetime | None = sharing.interviews().of(candidate).aggregate(at=Max("active_at"))["at"]
    return found


def days_since(moment: datetime, candidate: Candidate, *, now: datetime) -> int:
    """In days of the candidate's calendar."""
    began = moment.astimezone(candidate.zone).date()
    return (now.astimezone(candidate.zone).date() - began).days
