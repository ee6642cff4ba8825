"""What a coach may see. Every fetch of a candidate's rows for a coach goes through here.

`interviews/access.py` checks who owns a row; this checks what its candidate shares now. Everything
else answers 404, as for a stranger. A `CoachScope` is read once a request, so when a coaching ends,
open pages stop working at the next click.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.models import User
from coaching.awaited import ANSWER_TIME, is_answer_awaited, latest_of
from interviews.current_step import CurrentStep
from interviews.models import (
    Candidate,
    Coaching,
    CoachingRequest,
    CoachingVacancy,
    CoachNote,
    Interview,
    Proposal,
    Vacancy,
)
from interviews.models.coaching.coaching import CoachingQuerySet
from interviews.models.coaching.proposal import ProposalQuerySet
from interviews.models.core.interview import InterviewQuerySet
from interviews.models.core.today import OPEN_OFFER

Shares = Coaching.Shares
# An offer that was not answered for so long stands no more.
OFFERS_FOR = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class SharedCoaching:
    """What a page of many candidates needs of each coaching."""

    pk: UUID
    shares: Shares
    covers_all: bool


@dataclass(frozen=True)
class CoachScope:
    """What one coach may see at one moment. `chosen` contains the positions, by coaching, if not
    all are shared."""

    coach: User
    now: datetime
    coachings: Mapping[UUID, SharedCoaching]  # by candidate
    chosen: Mapping[UUID, frozenset[UUID]]  # by candidate
    zones: frozenset[ZoneInfo]  # of the candidates
    zone: ZoneInfo  # the coach's own
    has_mornings: bool = False  # whether the morning email is sent on any day

    def active(self) -> CoachingQuerySet:
        """The coachings as a condition for queries, rather than hundreds of keys."""
        return Coaching.objects.active(self.now).filter(coach=self.coach)

    def candidates(self) -> "QuerySet[Candidate]":
        return Candidate.objects.filter(pk__in=self.active().values("candidate"))

    def interviews(self, *, shares: Iterable[Shares] = tuple(Shares)) -> InterviewQuerySet:
        """Interviews whose position, stage and next step the coach may see; with `shares` limited
        to INTERVIEWS, those that may be read completely."""
        # First, so that an index finds them; the positions only filter the result.
        levels = list(shares)
        coachings = self.active()
        if len(levels) < len(Shares):
            coachings = coachings.filter(shares__in=levels)
        return Interview.objects.filter(self._covered(coachings))

    def _covered(self, coachings: CoachingQuerySet, of: str = "") -> Q:
        """Interviews of these coachings, or rows that lead to one by the lookup `of`."""
        covered = Q(**{f"{of}candidate__in": coachings.values("candidate")})
        if not self.chosen:
            return covered
        positions = frozenset[UUID]().union(*self.chosen.values())
        is_whole = ~Q(**{f"{of}candidate__in": list(self.chosen)})
        return covered & (is_whole | Q(**{f"{of}vacancy__in": positions}))

    def whole_interviews(self) -> InterviewQuerySet:
        """Interviews that the coach may read completely."""
        return self.interviews(shares=[Shares.INTERVIEWS])

    def positions(self, candidate: Candidate) -> QuerySet[Vacancy]:
        """Shared positions without an interview, of a candidate who shares interviews: a next step
        alone says nothing of them. Neither files nor notes go with them."""
        shared = self.coachings[candidate.pk]
        rows = Vacancy.objects.filter(candidate=candidate, interviews=None)
        if shared.shares != Shares.INTERVIEWS:
            return rows.none()
        if not shared.covers_all:
            rows = rows.filter(pk__in=self.chosen[candidate.pk])
        return rows.select_related("company").defer("advert_text", "notes", "rating_notes")

    def may_read(self, interview: Interview) -> bool:
        """Whether the coach may read all of it, not only its next step."""
        return self.coachings[interview.candidate_id].shares == Shares.INTERVIEWS

    def get_candidate(self, pk: UUID) -> Candidate:
        if pk not in self.coachings:
            raise Http404
        return get_object_or_404(Candidate.objects.select_related("user"), pk=pk)

    def get_interview(self, pk: UUID) -> Interview:
        rows = self.interviews().with_parties()
        return get_object_or_404(rows.select_related("continues", "result__next_interview"), pk=pk)

    def get_whole_interview(self, pk: UUID) -> Interview:
        interview = self.get_interview(pk)
        if not self.may_read(interview):
            raise Http404
        return interview

    def get_coaching(self, candidate: Candidate) -> Coaching:
        coaching = get_object_or_404(self.active(), candidate=candidate.pk)
        coaching.candidate = candidate  # with its zone
        return coaching

    def notes(self) -> QuerySet[CoachNote]:
        """The coach's own notes about what is shared now, including those of an earlier
        coaching."""
        about = Q(interview__isnull=True) | self._covered(self.active(), "interview__")
        rows = CoachNote.objects.filter(
            about,
            coaching__coach=self.coach,
            coaching__candidate__in=self.active().values("candidate"),
        )
        return rows.select_related("coaching__candidate__user", "interview__vacancy__company")

    @cached_property
    def open_offers(self) -> frozenset[UUID]:
        """Interviews with an offer to answer: few, so that conditions for queries name their
        keys."""
        rows = self.whole_interviews().not_cancelled().filter(is_open_offer(self.now))
        return frozenset(rows.values_list("pk", flat=True))

    @cached_property
    def awaited(self) -> Mapping[UUID, datetime]:
        """The interviews for which it is the candidate's turn, with when it was suggested."""
        fresh = self.proposals().standing().filter(proposed_at__gt=self.now - ANSWER_TIME)
        return {
            key: each.proposed_at
            for key, each in latest_of(fresh).items()
            if is_answer_awaited(each, self.now)
        }

    def latest_proposals(self, keys: Collection[UUID]) -> Mapping[UUID, Proposal]:
        """The coach's newest proposal on each interview, unless declined or withdrawn."""
        return latest_of(self.proposals().standing().filter(interview__in=keys)) if keys else {}

    def current_step(self, interview: Interview, *, now: datetime) -> CurrentStep:
        """With its reason if the coach may read it. `now` is local to the candidate."""
        current = CurrentStep.of(interview, now=now)
        return current if self.may_read(interview) else current.without_reason()

    def proposals(self) -> ProposalQuerySet:
        """The coach's own proposals about what is shared now."""
        covered = self._covered(self.active(), "interview__")
        rows = Proposal.objects.filter(covered, coaching__coach=self.coach)
        return rows.select_related("coaching__candidate__user", "interview__vacancy__company")

    def get_note(self, pk: UUID) -> CoachNote:
        return get_object_or_404(self.notes(), pk=pk)

    def get_proposal(self, pk: UUID) -> Proposal:
        return get_object_or_404(self.proposals(), pk=pk)


def is_open_offer(now: datetime) -> Q:
    """Bounded by a day, so that an index finds it."""
    return OPEN_OFFER & Q(result__known_at__gt=now - OFFERS_FOR)


def scope_of(coach: User, *, now: datetime) -> CoachScope:
    """One query, and another if somebody shares only chosen positions."""
    asked = ("pk", "candidate", "shares", "covers_all", "candidate__timezone")
    own = ("coach__coach__timezone", "coach__coach__digest_weekdays")  # null without a coach's row
    active = Coaching.objects.active(now).filter(coach=coach)
    rows = list(active.values_list(*asked, *own, named=True))
    coachings = {
        row.candidate: SharedCoaching(row.pk, Shares(row.shares), row.covers_all) for row in rows
    }
    some = {each.pk: key for key, each in coachings.items() if not each.covers_all}
    chosen: dict[UUID, set[UUID]] = {candidate: set() for candidate in some.values()}
    if some:
        for each in CoachingVacancy.objects.filter(coaching__in=list(some)):
            chosen[some[each.coaching_id]].add(each.vacancy_id)
    return CoachScope(
        coach,
        now,
        coachings,
        chosen={candidate: frozenset(positions) for candidate, positions in chosen.items()},
        zones=frozenset(ZoneInfo(name) for name in {row.candidate__timezone for row in rows}),
        zone=ZoneInfo((rows[0].coach__coach__timezone if rows else None) or "UTC"),
        has_mornings=bool(rows and rows[0].coach__coach__digest_weekdays),
    )


def get_own_coaching(coach: User, pk: UUID, *, now: datetime) -> Coaching:
    """An active coaching, for its coach to end."""
    rows = Coaching.objects.active(now).select_related("candidate__user")
    return get_object_or_404(rows, pk=pk, coach=coach)


def coachings_of(coach: User) -> CoachingQuerySet:
    """All coachings that were ever accepted, the newest first."""
    rows = Coaching.objects.filter(coach=coach, accepted_at__isnull=False)
    return rows.select_related("candidate__user").order_by("-accepted_at", "-pk")


def requests_of(coach: User) -> "list[CoachingRequest]":
    return list(CoachingRequest.objects.filter(coach=coach))
