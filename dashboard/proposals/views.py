"""What coaches propose: shown on Today and on the interview's page, accepted or declined there."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coaching import access, proposals
from coaching import text as coaching_text
from coaching.proposal_status import ProposalFacts, ProposalStatus, status_of
from dashboard.buttons import undo
from dashboard.buttons.links import Button, url
from dashboard.page import CandidateRequest, back, candidate_page
from interviews.actions.perform import Undo
from interviews.models import Interview, Proposal, Result
from interviews.models.coaching.proposal import DONE

# How many are shown on Today; the others are on their interviews' pages.
SHOWN_MOST = 10
# How many rows are read at most, since some may be over.
READ_MOST = 100
Action, Answer = Proposal.Action, Proposal.Answer


@dataclass(frozen=True, slots=True)
class ShownProposal:
    proposal: Proposal
    status: ProposalStatus
    now: datetime

    @property
    def coach(self) -> str:
        return str(self.proposal.coaching.coach)

    @property
    def said(self) -> str:
        proposal = self.proposal
        say = (
            coaching_text.proposed_by
            if self.status == ProposalStatus.TO_DO
            else coaching_text.proposes
        )
        return say(self.coach, proposal.action, proposal.by_on, now=self.now)

    @property
    def way(self) -> Button | None:
        """The page on which it is done."""
        key = self.proposal.interview_id
        ways = {
            Action.CALL: Button(_("Open call script"), url("call", key)),
            Action.WRITE: Button(_("Open letter"), url("letter", key)),
            Action.PREPARE: Button(_("Open questions"), url("questions", key)),
        }
        return ways.get(Action(self.proposal.action))

    @property
    def interview(self) -> Interview:
        return self.proposal.interview

    @property
    def url(self) -> str:
        return url("interview-detail", self.proposal.interview_id)

    @property
    def answer_url(self) -> str:
        return url("proposal-answer", self.proposal.pk)

    @property
    def is_asked(self) -> bool:
        return self.status == ProposalStatus.ASKED

    @property
    def is_to_do(self) -> bool:
        return self.status == ProposalStatus.TO_DO

    @property
    def can_be_done(self) -> bool:
        """Calls and letters are done by recording them."""
        return self.is_to_do and self.proposal.action in (Action.PREPARE, Action.OTHER)

    @property
    def _place(self) -> tuple[bool, bool, date, float]:
        """Those that wait for an answer first, then by day, then the newest."""
        proposal = self.proposal
        by_on = proposal.by_on or date.max
        newest = -proposal.proposed_at.timestamp()
        return self.status == ProposalStatus.DECLINED, not self.is_asked, by_on, newest


def proposals_of_today(request: CandidateRequest) -> list[ShownProposal]:
    """One query; none without a coach."""
    if request.user.coached_at is None:
        return []
    rows = access.proposals_of(request.candidate, now=request.now)
    return _shown(rows.exclude(answer=Answer.DECLINED)[:READ_MOST], request.now)[:SHOWN_MOST]


def proposals_about(
    request: CandidateRequest, interview: Interview, *, with_declined: bool = True
) -> list[ShownProposal]:
    """On its page with declined ones: the candidate may reconsider."""
    if request.user.coached_at is None:
        return []
    rows = access.proposals_of(request.candidate, now=request.now).filter(interview=interview)
    if not with_declined:
        rows = rows.exclude(answer=Answer.DECLINED)
    return _shown(rows[:READ_MOST], request.now)


def _shown(rows: Iterable[Proposal], now: datetime) -> list[ShownProposal]:
    found = [ShownProposal(each, _status(each, now), now) for each in rows]
    return sorted(
        (each for each in found if each.status != ProposalStatus.OVER),
        key=lambda each: each._place,
    )


def _status(proposal: Proposal, now: datetime) -> ProposalStatus:
    """`now` is local to the candidate."""
    interview = proposal.interview
    result = Result.of(interview)
    facts = ProposalFacts(
        action=proposal.action,
        proposed_at=proposal.proposed_at,
        ends_at=interview.ends_at,
        by_on=proposal.by_on,
        answer=proposal.answer,
        answered_at=proposal.answered_at,
        done_at=proposal.done_at,
        last_out_at=getattr(proposal, "last_out_at", None),
        result_at=result.created_at if result is not None else None,
        is_cancelled=interview.is_cancelled,
    )
    return status_of(facts, today=now.date(), now=now)


@require_POST
@candidate_page
def proposal_answer(request: CandidateRequest, pk: UUID) -> HttpResponse:
    proposal = access.get_proposal(request.user, pk, now=request.now)
    answer, was = request.POST.get("answer", ""), proposal.answer
    if answer == DONE:
        _mark_done(request, proposal)
    elif answer not in Answer.values:
        messages.error(request, _("Choose Accept or Decline."))
    elif not proposals.answer_proposal(proposal=proposal, answer=answer, now=request.now):
        raise Http404
    elif answer == Answer.ACCEPTED:
        messages.success(request, _accepted(proposal))
    else:
        said = _("Suggestion declined. Nothing else changed.")
        undo.offer(request, Undo("proposal", pk, was, Answer.DECLINED.value), said=said)
    return back(request, "dashboard:interview-detail", proposal.interview_id)


def _accepted(proposal: Proposal) -> str:
    if proposal.by_on is not None:
        return _("Suggestion accepted. It stays on Today until you do it or its day passes.")
    if proposal.action == Action.PREPARE:
        return _("Suggestion accepted. It stays on Today until you do it or the interview is over.")
    return _("Suggestion accepted. It stays on Today until you do it.")


def _mark_done(request: CandidateRequest, proposal: Proposal) -> None:
    if not proposals.mark_done(proposal=proposal, now=request.now):
        raise Http404
    said = _("Marked as done. Your coach will see it.")
    done = Undo("proposal", proposal.pk, Answer.ACCEPTED.value, DONE)
    undo.offer(request, done, said=said)
