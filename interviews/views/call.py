"""The call: the number, the words, and then how it went."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from interviews import access, spoken
from interviews.cases import refresh_stale
from interviews.forms.contact import CallForm
from interviews.models import Result
from interviews.rules import Step
from interviews.services import contacts
from interviews.views.base import CandidateRequest, candidate_page, page, posted, written
from interviews.views.cards import card_of
from interviews.views.contact import after_contact
from interviews.views.redirects import redirect_to, to_cancelled
from interviews.words import quiet_until, sheet_of


@require_http_methods(["GET", "HEAD", "POST"])
@candidate_page
def call(request: CandidateRequest, pk: UUID) -> HttpResponse:
    interview = access.get_interview(request.user, pk)
    if interview.is_cancelled:
        return to_cancelled(request, interview)
    refresh_stale([interview], now=request.now)
    form = CallForm(posted(request), interview=interview, now=request.now)
    if form.is_valid() and form.is_decided:
        return redirect_to("result", pk, via=Result.Via.PHONE)
    made = written(form, lambda: contacts.record_contact(contact=form.build(), now=request.now))
    if made is not None:
        messages.success(request, _("The call is noted."))
        return after_contact(made, has_new_day=form.has_new_day)
    until = quiet_until(interview, now=request.now)
    context = {
        "interview": interview,
        "is_due": interview.step_due_at is not None and until is None,
        "until": until and spoken.until(until, now=request.now),
        "card": card_of(interview, now=request.now),
        "sheet": sheet_of(interview, now=request.now),
        "may_write": interview.step != Step.RECONTACT,
    }
    return page(request, "interviews/call.html", context, form=form)
