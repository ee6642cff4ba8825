"""The candidate's way out when a mail server has refused her address."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dashboard.page import CandidateRequest, back, candidate_page
from interviews.services import reminders
from reminders.wakeups import wake_senders


@require_POST
@candidate_page
def address_retry(request: CandidateRequest) -> HttpResponse:
    # Tapped twice, or taken by the server meanwhile: then there is nothing to say.
    if reminders.retry_address(candidate=request.candidate):
        transaction.on_commit(wake_senders)
        # No more than that: the server may refuse again, and she may have stopped reminders.
        messages.success(request, _("Your address is tried again with the next reminder."))
    return back(request, "dashboard:today")
