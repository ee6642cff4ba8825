from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from dashboard.agreements.forms import NO_DAY, AgreementForm
from dashboard.buttons import undo
from dashboard.confirm import confirm_delete
from dashboard.interviews.first_steps import page_after
from dashboard.offline.views import recorded
from dashboard.page import CandidateRequest, candidate_page, page, posted, written
from dashboard.prefill import to_cancelled
from insights.statistics import promise_text
from insights.statistics.stored import index_of, read_statistics
from interviews import access, text
from interviews.actions.perform import Undo
from interviews.current_step import CurrentStep
from interviews.models import Agreement, Candidate, Contact, Interview
from interviews.next_step import PartyStep, candidate_facts, step_if_agreed
from interviews.rules import WorkingCalendar
from interviews.services import agreements
from interviews.text import dates


@require_http_methods(["GET", "HEAD", "POST"])
@candidate_page
def agreement_create(request: CandidateRequest, pk: UUID) -> HttpResponse:
    interview = access.get_interview(request.user, pk, also=["candidate__statistics"])
    if interview.is_cancelled:
        return to_cancelled(request, interview)
    contact = _reached_in(request, interview)
    form = AgreementForm(
        posted(request),
        interview=interview,
        contact=contact,
        now=request.now,
        initial=_said(request),
    )
    made = written(
        form, lambda: agreements.record_agreement(agreement=form.build(), now=request.now)
    )
    if made is not None:
        said = _saved(access.get_interview(request.user, pk), now=request.now)
        undo.offer(request, Undo("agreement", made.pk), said=said)
        return recorded(request, redirect(page_after(interview, now=request.now)))
    preview = resolve_url("dashboard:agreement-preview", pk)
    context = {
        "interview": interview,
        "contact": contact,
        "word": _word_of(request, interview),
        "weekend": "".join(map(str, sorted(working_days_of(request.candidate).weekend))),
        "preview_url": f"{preview}?{request.GET.urlencode()}",
        "may_say_nothing": interview.nothing_agreed_at is None
        and not interview.agreements.exists(),
        "is_ahead": interview.ends_at > request.now,
    }
    return page(request, "dashboard/agreements/form.html", context, form=form)


def _saved(interview: Interview, *, now: datetime) -> str:
    """With the moment until which the wait may be put out of mind."""
    current = CurrentStep.of(interview, now=now)
    if current.mail_at is not None:
        said = _("Agreement saved. If you hear nothing, we’ll email you on %(moment)s.")
        return said % {"moment": dates.moment(current.mail_at, now=now)}
    if current.quiet_until is not None:
        said = _("Agreement saved. Nothing to do until %(moment)s.")
        return said % {"moment": dates.moment(current.quiet_until, now=now)}
    return _("Agreement saved.")


def _said(request: CandidateRequest) -> dict[str, str]:
    """What a typed line said about the answer (dashboard/interviews/typed_line.py)."""
    names = ("due", "due_time", "initiator", "channel", "may_call")
    said = {name: request.GET[name] for name in names if name in request.GET}
    return said | {"said": NO_DAY, "due": ""} if said.get("due") == NO_DAY else said


@require_POST
@candidate_page
def agreement_preview(request: CandidateRequest, pk: UUID) -> HttpResponse:
    """Say what would happen when, while the form is filled in; nothing is recorded."""
    interview = access.get_interview(request.user, pk)
    contact = _reached_in(request, interview)
    form = AgreementForm(request.POST, interview=interview, contact=contact, now=request.now)
    return HttpResponse(escape(_preview(form, now=request.now)))


def _preview(form: AgreementForm, *, now: datetime) -> str:
    """Return an empty string while the form is incomplete, without an error."""
    if not form.is_valid():
        return ""
    agreement = form.build()
    try:
        agreements.check_agreement(agreement, now=now)
    except ValidationError:
        return ""
    step = step_if_agreed(agreement, now=now)
    person = access.name_of(step.person, agreement.interview.candidate)
    company = agreement.interview.vacancy.company.name
    said = text.preview(step, person=person, company=company, now=now)
    return " ".join(filter(None, [_day_off(agreement, step), said]))


def _day_off(agreement: Agreement, step: PartyStep) -> str:
    """For example: That’s at the weekend. We’ll look on Monday."""
    day, is_own = agreement.due_on, agreement.initiator == Agreement.Initiator.CANDIDATE
    calendar = working_days_of(agreement.interview.candidate)
    if day is None or is_own or step.due is None or calendar.is_working_day(day):
        return ""
    values = {"later": dates.weekday(step.due.date())}
    if day.weekday() in calendar.weekend:
        return _("That’s at the weekend. We’ll look on %(later)s.") % values
    return _("That’s a public holiday. We’ll look on %(later)s.") % values


def working_days_of(candidate: Candidate) -> WorkingCalendar:
    return candidate_facts(candidate).calendar


def _word_of(request: CandidateRequest, interview: Interview) -> list[str]:
    """Say what is known about earlier promises of the agency or company that is to answer."""
    teller = interview.vacancy.agency or interview.vacancy.company
    known = read_statistics(interview.candidate, now=request.now).figures.promises.companies
    said = []
    if (own := known.get(teller.normalised_name)) is not None:
        said.append(promise_text.own(teller.name, kept=own.kept, late=own.late, broken=own.broken))
    if (index := index_of(teller.normalised_name)) is not None:
        told = promise_text.pooled(
            waits=index.waits,
            answered_percent=index.answered_percent,
            promises=index.promises,
            kept_percent=index.kept_percent,
        )
        said.append(told)
    return said


def _reached_in(request: CandidateRequest, interview: Interview) -> Contact | None:
    """Return the call or message in which the agreement was made, if there was one."""
    key = request.GET.get("contact")
    if not key:
        return None
    try:
        contact = access.get_contact(request.user, UUID(key))
    except ValueError as error:
        raise Http404 from error
    if contact.interview_id != interview.pk:
        raise Http404
    return contact


@require_http_methods(["GET", "HEAD", "POST"])
@candidate_page
def agreement_delete(request: CandidateRequest, pk: UUID) -> HttpResponse:
    agreement = access.get_agreement(request.user, pk)
    return confirm_delete(
        request,
        interview=agreement.interview,
        question=_("Delete this agreement?"),
        effect=_("We’ll work out your next step without it."),
        button=_("Delete agreement"),
        done=_("Agreement deleted."),
        delete=lambda: agreements.delete_agreement(agreement=agreement, now=request.now),
    )
