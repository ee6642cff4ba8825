"""The call: the number, the script, and then the outcome in one tap."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from dashboard.buttons import undo
from dashboard.cards import card_of
from dashboard.contacts.forms import CallForm, MissedCallForm
from dashboard.mail_proposals.shown import mail_before
from dashboard.page import CandidateRequest, candidate_page, page, posted, written
from dashboard.prefill import redirect_to, to_cancelled
from interviews import access
from interviews.contact_links import Number, numbers_in
from interviews.current_step import CurrentStep
from interviews.models import Contact, Interview, Result
from interviews.next_step import candidate_facts, refresh_stale
from interviews.rules import Rule, Step
from interviews.services import contacts
from interviews.text import dates
from interviews.text.from_interview import call_script_of, preview_of


@require_http_methods(["GET", "HEAD", "POST"])
@candidate_page
def call(request: CandidateRequest, pk: UUID) -> HttpResponse:
    interview = access.get_interview(request.user, pk)
    if interview.is_cancelled:
        return to_cancelled(request, interview)
    refresh_stale([interview], now=request.now)
    form = CallForm(posted(request), interview=interview, now=request.now)
    form.use_buttons()
    if form.is_valid() and form.is_decided:
        at = form.called_at.isoformat(timespec="minutes")
        return redirect_to("result", pk, via=Result.Via.PHONE, at=at)
    snoozed_until = interview.snoozed_until
    made = written(form, lambda: contacts.record_contact(contact=form.build(), now=request.now))
    if made is not None:
        return _after(request, made, form, snoozed_until=snoozed_until)
    current = CurrentStep.of(interview, now=request.now)
    is_later = current.is_later_today
    until = None if is_later else current.quiet_until
    possible = current.due if is_later else current.possible_from
    context = {
        "interview": interview,
        "mail": mail_before(request, interview),
        "is_due": current.due is not None and until is None,
        "is_later": possible is not None,
        "hour": hour_of_call(current),
        "is_on_file": form.is_on_file,
        "is_back": interview.step_rule == Rule.MISSED_CALL,
        "until": until and dates.until(until, now=request.now),
        "card": card_of(current),
        "sheet": call_script_of(current),
        "numbers": _numbers(request, interview),
        "outcomes": form.fields["outcome"].choices,  # type: ignore[attr-defined]
        "may_write": current.kind != Step.RECONTACT,
    }
    return page(request, "dashboard/contacts/call.html", context, form=form)


def hour_of_call(current: CurrentStep) -> str:
    """What the hour means for a call. Where the employer sits is not known, so it is told by the
    candidate's calling hours."""
    candidate, now = current.interview.candidate, current.now
    if not candidate_facts(candidate).calendar.is_working_day(now.date()):
        values = {"day": dates.weekday(now.date()), "time": dates.clock(now)}
        return _("It’s %(day)s %(time)s. Few people are at work.") % values
    values = {"time": dates.clock(now), "opens": dates.clock(candidate.contact_opens)}
    if now.time() < candidate.contact_opens:
        return _("It’s %(time)s. Most people are at their desks from %(opens)s.") % values
    if now.time() > candidate.contact_closes:
        return _("It’s %(time)s. Most people have left for the day.") % values
    return _("It’s %(time)s, a good time to call.") % values


def _numbers(request: CandidateRequest, interview: Interview) -> list[Number]:
    person = interview.step_person
    return numbers_in(person.phone, country=request.candidate.country) if person else []


def _after(
    request: CandidateRequest, made: Contact, form: CallForm, *, snoozed_until: datetime | None
) -> HttpResponse:
    """Each outcome leads to a prefilled next page."""
    if form.has_new_day:
        messages.success(request, _("Call logged."))
        return redirect_to("agreement-create", made.interview_id, contact=made.pk)
    if form.has_position:
        messages.success(request, _("Call logged."))
        return redirect(_new_position(made.interview))
    if made.outcome == Contact.Outcome.NO_ANSWER:
        return redirect_to("call-noted", made.pk)
    interview = access.get_interview(request.user, made.interview_id)  # with the recomputed step
    current = CurrentStep.of(interview, now=request.now)
    said = _("Call logged. %(next)s") % {"next": preview_of(current)}
    undo.offer_of_contact(request, made, snoozed_until=snoozed_until, said=said.strip())
    return redirect_to("interview-detail", made.interview_id)


def _new_position(interview: Interview) -> str:
    """To a new interview at the same company."""
    query = {
        "company": interview.vacancy.company.name,
        "source": _("A call about being kept on file"),
    }
    return f"{reverse('dashboard:interview-create')}?{urlencode(query)}"


@require_http_methods(["GET", "HEAD", "POST"])
@candidate_page
def call_noted(request: CandidateRequest, pk: UUID) -> HttpResponse:
    """Nobody answered: say what happens next, and whether the candidate left a message."""
    contact = access.get_contact(request.user, pk)
    if contact.outcome != Contact.Outcome.NO_ANSWER or contact.direction != Contact.Direction.OUT:
        raise Http404
    interview = access.get_interview(request.user, contact.interview_id)
    if request.method == "POST":
        said = _("I left a voicemail.")
        if said not in contact.notes:
            contact.notes = f"{contact.notes}\n{said}".strip()
        try:
            contacts.change_contact(contact=contact, now=request.now)
            messages.success(request, _("Voicemail logged."))
        except ValidationError as error:  # the interview was moved since
            messages.error(request, error.messages[0])
        return redirect_to("interview-detail", interview.pk)
    refresh_stale([interview], now=request.now)
    current = CurrentStep.of(interview, now=request.now)
    context = {
        "interview": interview,
        "next": preview_of(current),
        "sheet": call_script_of(current),
    }
    return render(request, "dashboard/contacts/call_noted.html", context)


@require_POST
@candidate_page
def missed_call(request: CandidateRequest, pk: UUID) -> HttpResponse:
    """The candidate missed their call: log it by one tap, then show the script for calling back."""
    interview = access.get_interview(request.user, pk)
    if interview.is_cancelled:
        return to_cancelled(request, interview)
    form = MissedCallForm(request.POST, interview=interview, now=request.now)
    made = written(form, lambda: contacts.record_contact(contact=form.build(), now=request.now))
    if made is None:
        for sentences in form.errors.values():
            messages.error(request, str(sentences[0]))
        return redirect_to("interview-detail", pk)
    messages.success(request, _("Missed call logged. Here’s what to say when you call back."))
    return redirect_to("call", pk)
