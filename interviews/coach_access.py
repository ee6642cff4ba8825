"""What may a coach see, and of whom? Every fetch of a candidate's row for a coach is made here.

`access.py` asks whose a row is; this asks what its candidate shares now. What is not shared is not
there: 404, as for a stranger. A `Sharing` is read once for a request, so that a coaching that has
ended closes whatever is open at the next click.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.models import User
from interviews.models import (
    Candidate,
    Coaching,
    CoachingRequest,
    CoachingVacancy,
    CoachNote,
    Interview,
    Proposal,
)
from interviews.models.interview import InterviewQuerySet

Shares = Coaching.Shares


@dataclass(frozen=True, slots=True)
class Sharing:
    """What is shared with one coach at one moment. `chosen` are the positions, by coaching, where
    not every one is shared."""

    coach: User
    now: datetime
    coachings: Mapping[UUID, Coaching]  # by candidate
    chosen: Mapping[UUID, frozenset[UUID]]  # by candidate

    def candidates(self) -> "list[UUID]":
        return list(self.coachings)

    def interviews(self, *, shares: Iterable[Shares] = tuple(Shares)) -> InterviewQuerySet:
        """Those she may see at all: their position, stage and next step; with `shares` narrowed to
        INTERVIEWS those of which she may read everything."""
        levels = set(shares)
        meant = [each for each in self.coachings.values() if each.shares in levels]
        whole = [each.candidate_id for each in meant if each.covers_all]
        some = [each.candidate_id for each in meant if not each.covers_all]
        reached = Q(candidate__in=whole)
        if some:
            positions = frozenset[UUID]().union(*(self.chosen[each] for each in some))
            reached |= Q(vacancy__in=positions, candidate__in=some)
        return Interview.objects.filter(reached)

    def whole_interviews(self) -> InterviewQuerySet:
        """Those of which she may read everything."""
        return self.interviews(shares=[Shares.INTERVIEWS])

    def may_read(self, interview: Interview) -> bool:
        """Whether everything of it, and not only its next step."""
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
        if candidate.pk not in self.coachings:
            raise Http404
        return self.coachings[candidate.pk]

    def get_note(self, pk: UUID) -> CoachNote:
        """One of her own."""
        rows = CoachNote.objects.select_related("coaching__candidate__user", "interview")
        return get_object_or_404(rows, pk=pk, coaching__in=self._keys())

    def get_proposal(self, pk: UUID) -> Proposal:
        """One of her own."""
        rows = Proposal.objects.select_related("coaching__candidate__user", "interview")
        return get_object_or_404(rows, pk=pk, coaching__in=self._keys())

    def _keys(self) -> list[UUID]:
        return [each.pk for each in self.coachings.values()]


def sharing_with(coach: User, *, now: datetime) -> Sharing:
    """One query, and one more where somebody shares chosen positions alone."""
    rows = Coaching.objects.active(now).filter(coach=coach)
    coachings = {each.candidate_id: each for each in rows}
    some = {each.pk: each.candidate_id for each in coachings.values() if not each.covers_all}
    chosen: dict[UUID, set[UUID]] = {candidate: set() for candidate in some.values()}
    if some:
        for each in CoachingVacancy.objects.filter(coaching__in=list(some)):
            chosen[some[each.coaching_id]].add(each.vacancy_id)
    frozen = {candidate: frozenset(positions) for candidate, positions in chosen.items()}
    return Sharing(coach, now, coachings, frozen)


def get_own_coaching(coach: User, pk: UUID, *, now: datetime) -> Coaching:
    """One that goes on, for its coach to end."""
    rows = Coaching.objects.active(now).select_related("candidate__user")
    return get_object_or_404(rows, pk=pk, coach=coach)


def requests_of(coach: User) -> "list[CoachingRequest]":
    return list(CoachingRequest.objects.filter(coach=coach))
