from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from interviews import access
from interviews.forms.agreement import AgreementForm
from interviews.models import Contact, Interview
from interviews.services import agreements
from interviews.views.base import CandidateRequest, candidate_page, page, posted, saved
from interviews.views.confirm import confirm_delete


@require_http_methods(["GET", "HEAD", "POST"])
@candidate_page
def agreement_create(request: CandidateRequest, pk: UUID) -> HttpResponse:
    interview = access.get_interview(request.user, pk)
    contact = _reached_in(request, interview)
    form = AgreementForm(posted(request), interview=interview, contact=contact, now=request.now)
    if saved(form, lambda: agreements.record_agreement(agreement=form.build(), now=request.now)):
        return redirect("interviews:interview-detail", pk)
    context = {
        "interview": interview,
        "contact": contact,
        "may_say_nothing": interview.ends_at <= request.now
        and not interview.agreements.exists()
        and interview.nothing_agreed_at is None,
    }
    return page(request, "interviews/agreement_form.html", context, form=form)


def _reached_in(request: CandidateRequest, interview: Interview) -> Contact | None:
    """The call or message in which the new agreement was made, if it was made in one."""
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
        effect=_("The next step is then decided without it."),
        delete=lambda: agreements.delete_agreement(agreement=agreement, now=request.now),
    )
