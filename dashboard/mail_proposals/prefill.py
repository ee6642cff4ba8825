"""Forms that a forwarded mail fills in: of interviews, because it leaves a choice of times, and of
results, because it says something else than what is recorded."""

from uuid import UUID

from django.http import Http404, HttpRequest

from dashboard.buttons import undo
from dashboard.mail_proposals.case import RESULTS
from dashboard.mail_proposals.shown import ShownMail, shown
from dashboard.mail_proposals.undoing import undo_of_answer
from dashboard.page import CandidateRequest
from interviews import access
from interviews.actions.perform import Undo
from interviews.models import Interview, MailProposal, Result
from interviews.services import mail_proposals
from interviews.services.mail_proposals import Answer, Status

Kind = MailProposal.Kind
# What a form confirms; of any other kind it corrects the reader.
CONFIRMED = frozenset({Kind.INVITATION, Kind.NEXT_STAGE, Kind.MOVED})


def mail_in(request: CandidateRequest) -> ShownMail | None:
    """The open proposal that the URL names."""
    try:
        key = UUID(request.GET["mail"]) if request.GET.get("mail") else None
    except ValueError as error:
        raise Http404 from error
    proposal = access.get_mail_proposal(request.user, key) if key else None
    if proposal is None or not proposal.is_open:
        return None
    (mail,) = shown(request, [proposal])
    return mail


def answer_with(mail: ShownMail | None, interview: Interview, kind: Kind) -> None:
    """Runs in the transaction that saves the form's interview."""
    if mail is None:
        return
    is_confirmed = mail.proposal.kind in CONFIRMED
    answer = Answer(
        status=Status.RECORDED if is_confirmed else Status.CORRECTED,
        kind=kind,
        interview=interview.continues or interview,
        recorded_interview=interview,
    )
    mail_proposals.answer_proposal(proposal=mail.proposal, answer=answer, now=mail.now)


def answer_with_result(mail: ShownMail | None, result: Result) -> None:
    """Runs in the transaction that saves the form's result."""
    if mail is None:
        return
    kinds = {each: kind for kind, each in RESULTS.items()}
    said = kinds.get(Result.Kind(result.kind))
    # That the candidate withdrew, for example, no mail says.
    answer = Answer(Status.DISMISSED)
    if said is not None:
        answer = Answer(
            status=Status.RECORDED if said == mail.proposal.kind else Status.CORRECTED,
            kind=said,
            interview=result.interview,
            result=result,
        )
    mail_proposals.answer_proposal(proposal=mail.proposal, answer=answer, now=mail.now)


def offer_undo(request: HttpRequest, mail: ShownMail | None, *done: Undo, said: str) -> None:
    if mail is not None:
        answered = undo_of_answer(mail.proposal, at=mail.now)
        undo.offer(request, *done, answered, said=said)
