from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from dashboard.buttons import undo
from dashboard.confirm import confirm_delete
from dashboard.contacts.forms import ContactForm
from dashboard.page import CandidateRequest, candidate_page, page, posted, written
from dashboard.prefill import redirect_to, to_cancelled
from interviews import access
from interviews.models import Contact
from interviews.services import contacts


@require_http_methods(["GET", "HEAD", "POST"])
@candidate_page
def contact_create(request: CandidateRequest, pk: UUID) -> HttpResponse:
    interview = access.get_interview(request.user, pk)
    if interview.is_cancelled:
        return to_cancelled(request, interview)
    form = ContactForm(
        posted(request),
        interview=interview,
        now=request.now,
        initial={"kind": request.GET.get("kind")},
    )

    snoozed_until = interview.snoozed_until
    made = written(form, lambda: contacts.record_contact(contact=form.build(), now=request.now))
    if made is not None:
        said = _("Added to the history.")
        undo.offer_of_contact(request, made, snoozed_until=snoozed_until, said=said)
        return after_contact(made, has_new_day=form.cleaned_data["has_new_day"])
    return page(request, "dashboard/contacts/form.html", {"interview": interview}, form=form)


def after_contact(contact: Contact, *, has_new_day: bool) -> HttpResponse:
    """If a new day was named, its agreement is recorded next."""
    if not has_new_day:
        return redirect("dashboard:interview-detail", contact.interview_id)
    return redirect_to("agreement-create", contact.interview_id, contact=contact.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@candidate_page
def contact_delete(request: CandidateRequest, pk: UUID) -> HttpResponse:
    contact = access.get_contact(request.user, pk)
    return confirm_delete(
        request,
        interview=contact.interview,
        question=_("Delete this entry?"),
        effect=_(
            "Any agreement made in it is deleted, too. We’ll work out your next step without it."
        ),
        button=_("Delete entry"),
        done=_("Entry deleted."),
        delete=lambda: contacts.delete_contact(contact=contact, now=request.now),
    )
