"""An open proposal together with the wait that it belongs to."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import Http404
from django.urls import reverse

from accounts.models import User
from dashboard.buttons.links import url
from interviews import access
from interviews.models import Interview, MailProposal, Vacancy
from interviews.rules import limits

Kind = MailProposal.Kind


@dataclass(frozen=True, slots=True)
class Case:
    """`interview` is None for a position without one. `now` is local to the candidate."""

    proposal: MailProposal
    interview: Interview | None
    vacancy: Vacancy
    now: datetime

    @property
    def at(self) -> datetime:
        """When the answer was learned: when the mail was written."""
        return min(self.proposal.written_at, self.now)

    @property
    def company(self) -> str:
        return str(self.vacancy.company)

    @property
    def told_stage(self) -> Interview | None:
        """The stage whose wait the mail can end: it had taken place when the mail was written."""
        for stage in (self.interview, self.interview and self.interview.continues):
            if stage is not None and not stage.is_cancelled and self._is_over(stage):
                return stage
        return None

    def _is_over(self, stage: Interview) -> bool:
        return stage.ends_at <= self.now and limits.is_recent_enough(self.at, ended=stage.ends_at)

    @property
    def coming(self) -> Interview | None:
        """The interview, if it has not taken place yet."""
        stage = self.interview
        if stage is None or stage.is_cancelled or stage.starts_at <= self.now:
            return None
        return stage

    @property
    def start(self) -> datetime | None:
        """The new time, if the mail leaves no choice."""
        starts = self.proposal.starts_after(self.now)
        return starts[0] if len(starts) == 1 else None


def case_of(proposal: MailProposal, user: User, *, chosen: str, now: datetime) -> Case | None:
    """With the wait chosen on the page ("interview:KEY"), or the one it was linked to; None if
    neither is known."""
    noun, _colon, key = (chosen or linked_to(proposal)).partition(":")
    try:
        if noun == "interview":
            interview = access.get_interview(user, UUID(key))
            return Case(proposal, interview, interview.vacancy, now)
        if noun == "vacancy":
            return Case(proposal, None, access.get_vacancy(user, UUID(key)), now)
    except ValueError as error:
        raise Http404 from error
    return None


def linked_to(proposal: MailProposal) -> str:
    """The value of that choice; empty if it asks."""
    if proposal.interview_id is not None:
        return f"interview:{proposal.interview_id}"
    return f"vacancy:{proposal.vacancy_id}" if proposal.vacancy_id is not None else ""


def needed_form(case: Case, kind: str) -> str:
    """The URL of the form that the candidate fills in first, because the mail leaves a choice of
    times; empty if one tap can record it."""
    if kind not in (Kind.INVITATION, Kind.MOVED):
        return ""
    if case.coming is not None:
        is_told = case.start is not None and (kind == Kind.MOVED or is_known_time(case))
        form = url("interview-update", case.coming.pk)
        return "" if is_told else f"{form}?mail={case.proposal.pk}"
    if case.start is not None:
        return ""
    of = f"position={case.vacancy.pk}"
    if case.told_stage is not None:
        of = f"continues={case.told_stage.pk}"
    return f"{reverse('dashboard:interview-create')}?{of}&mail={case.proposal.pk}"


def is_known_time(case: Case) -> bool:
    return case.coming is not None and case.start == case.coming.starts_at
