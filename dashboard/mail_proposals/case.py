"""An open proposal together with the wait that it belongs to."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.http import Http404
from django.urls import reverse
from django.utils.http import urlencode

from accounts.models import User
from dashboard.buttons.links import url
from interviews import access
from interviews.models import Agreement, Contact, Interview, MailProposal, Result, Vacancy
from interviews.rules import limits

Kind = MailProposal.Kind
RESULTS = {Kind.REJECTION: Result.Kind.REFUSAL, Kind.OFFER: Result.Kind.OFFER}
# Results that a late answer replaces without a question; Undo restores them.
REPLACED = (Result.Kind.NEXT_STAGE, Result.Kind.ASSUMED_REFUSAL, Result.Kind.NO_RESPONSE)


@dataclass(frozen=True, slots=True)
class Case:
    """`interview` is None for a position without one. `now` is local to the candidate. `day` is the
    one by which they answer, or ask for an answer."""

    proposal: MailProposal
    interview: Interview | None
    vacancy: Vacancy
    now: datetime
    day: date | None = None

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
        coming = self.coming
        for stage in (self.interview, self.interview and self.interview.continues):
            if stage is None or stage.is_cancelled or stage == coming:
                continue
            if self._is_over(stage):
                return stage
        return None

    def _is_over(self, stage: Interview) -> bool:
        return stage.ends_at <= self.now and limits.is_recent_enough(self.at, ended=stage.ends_at)

    @property
    def coming(self) -> Interview | None:
        """The interview, if it had not taken place when the mail was written: its time may have
        passed since, but then nothing is recorded of it."""
        stage = self.interview
        if stage is None or stage.is_cancelled or stage.starts_at <= self.at:
            return None
        return stage if stage.starts_at > self.now or not _has_facts(stage) else None

    @property
    def start(self) -> datetime | None:
        """The new time, if the mail leaves no choice."""
        starts = self.proposal.starts_after(self.now)
        return starts[0] if len(starts) == 1 else None


def _has_facts(stage: Interview) -> bool:
    facts = (model.objects.filter(interview=stage) for model in (Agreement, Contact, Result))
    return stage.nothing_agreed_at is not None or any(rows.exists() for rows in facts)


def case_of(proposal: MailProposal, user: User, *, chosen: str, now: datetime) -> Case | None:
    """With the wait chosen on the page ("interview:KEY"), or the one it was linked to; None if
    neither is known."""
    noun, _colon, key = (chosen or linked_to(proposal)).partition(":")
    try:
        if noun == "interview":
            interview = access.get_interview(user, UUID(key))
            return Case(proposal, interview, interview.vacancy, now, proposal.answer_by_on)
        if noun == "vacancy":
            vacancy = access.get_vacancy(user, UUID(key))
            return Case(proposal, None, vacancy, now, proposal.answer_by_on)
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
    times, or contradicts what is recorded; empty if one tap can record it."""
    if kind in RESULTS:
        return _result_form(case, kind)
    if kind not in (Kind.INVITATION, Kind.MOVED):
        return ""
    if case.coming is not None:
        is_told = is_known_time(case) or (case.start is not None and kind == Kind.MOVED)
        form = url("interview-update", case.coming.pk)
        return "" if is_told else f"{form}?mail={case.proposal.pk}"
    if case.start is not None:
        return ""
    of = f"position={case.vacancy.pk}"
    if case.told_stage is not None:
        of = f"continues={case.told_stage.pk}"
    return f"{reverse('dashboard:interview-create')}?{of}&mail={case.proposal.pk}"


def _result_form(case: Case, kind: str) -> str:
    """Of a stage with another result, and of one that by its facts took place though the mail is
    older."""
    stage = case.told_stage
    query = {"kind": str(RESULTS[Kind(kind)]), "via": str(Result.Via.EMAIL)}
    if stage is not None:
        found = Result.objects.filter(interview=stage).first()
        if found is None or found.kind in (RESULTS[Kind(kind)], *REPLACED):
            return ""
        query["at"] = case.at.isoformat()
        query["by"] = case.day.isoformat() if case.day else ""
    elif (stage := case.interview) is None or case.coming is not None or stage.is_cancelled:
        return ""
    return f"{url('result', stage.pk)}?{urlencode(query | {'mail': str(case.proposal.pk)})}"


def is_known_time(case: Case) -> bool:
    """It may have passed since the mail was written."""
    coming = case.coming
    return coming is not None and case.proposal.starts_after(case.at) == [coming.starts_at]
