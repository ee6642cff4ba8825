"""The answers to what a forwarded mail seems to say: record it, something else, nothing."""

from dataclasses import replace
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from dashboard.buttons import undo
from dashboard.mail_proposals.case import Case, case_of, linked_to, needed_form
from dashboard.mail_proposals.forms import DAYS, MailAnswerForm
from dashboard.mail_proposals.recording import record
from dashboard.mail_proposals.shown import shown, value_of, waits_of
from dashboard.mail_proposals.undoing import undo_of_answer
from dashboard.page import CandidateRequest, back, candidate_page, page, posted, refuse
from interviews import access
from interviews.models import MailProposal
from interviews.services import mail_proposals
from interviews.services.mail_proposals import Answer, Status


@require_http_methods(["GET", "HEAD", "POST"])
@candidate_page
def mail_proposal(request: CandidateRequest, pk: UUID) -> HttpResponse:
    """The form of "Record something else", and what a tap asks; an answered one only says so."""
    proposal = access.get_mail_proposal(request.user, pk)
    if proposal.kind == MailProposal.Kind.CONFIRMATION_CODE:  # the settings show it
        raise Http404
    if not proposal.is_open:
        messages.info(request, mail_proposals.answered(proposal))
        return _away(request, proposal)
    act = request.POST.get("act")
    try:
        if act == "dismiss":
            return _dismiss(request, proposal)
        if act == "record":
            return _record_as_read(request, proposal)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("dashboard:mail-proposal", pk)
    return _ask(request, proposal)


def _record_as_read(request: CandidateRequest, proposal: MailProposal) -> HttpResponse:
    chosen = request.POST.get("wait", "")
    case = case_of(proposal, request.user, chosen=chosen, now=request.now)
    if case is None:
        messages.info(request, _("Choose the interview that this email is about."))
        return redirect("dashboard:mail-proposal", proposal.pk)
    return _record(request, case, proposal.kind)


def _record(request: CandidateRequest, case: Case, kind: str) -> HttpResponse:
    if url := needed_form(case, kind):
        return HttpResponseRedirect(url)
    made = record(case, kind)
    undos = [made.undo] if made.undo else []
    answered = undo_of_answer(case.proposal, at=request.now)
    undo.offer(request, *undos, answered, said=made.said)
    return HttpResponseRedirect(made.url) if made.url else _away(request, case.proposal)


def _dismiss(request: CandidateRequest, proposal: MailProposal) -> HttpResponse:
    mail_proposals.answer_proposal(
        proposal=proposal, answer=Answer(Status.DISMISSED), now=request.now
    )
    said = _("Email put aside. Nothing else changed.")
    undo.offer(request, undo_of_answer(proposal, at=request.now), said=said)
    return _away(request, proposal)


def _away(request: CandidateRequest, proposal: MailProposal) -> HttpResponse:
    """Back to the page with the button; from the form, to what it was about."""
    if proposal.interview_id is not None:
        return back(request, "dashboard:interview-detail", proposal.interview_id)
    if proposal.vacancy_id is not None:
        return back(request, "dashboard:position-detail", proposal.vacancy_id)
    return back(request, "dashboard:today")


def _ask(request: CandidateRequest, proposal: MailProposal) -> HttpResponse:
    (mail,) = shown(request, [proposal])
    linked = linked_to(proposal)
    waits = waits_of(request.candidate, besides=[linked, *map(value_of, proposal.choices)])
    days = dict.fromkeys(DAYS.values(), proposal.answer_by_on)
    initial = {"kind": proposal.kind, "wait": linked, **days}
    form = MailAnswerForm(posted(request), waits=waits, initial=initial)
    if form.is_valid():
        chosen = form.cleaned_data["wait"]
        case = case_of(proposal, request.user, chosen=chosen, now=request.now)
        assert case is not None
        try:
            return _record(request, replace(case, day=form.day), form.cleaned_data["kind"])
        except ValidationError as error:
            refuse(form, error)
    context = {"mail": mail, "has_waits": bool(waits)}
    return page(request, "dashboard/mail_proposals/form.html", context, form=form)
