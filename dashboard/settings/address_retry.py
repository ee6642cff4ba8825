"""Retry the candidate's address after a mail server has refused it."""

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
    # Tapped twice, or accepted by the server meanwhile: nothing to say.
    if reminders.retry_address(candidate=request.candidate):
        transaction.on_commit(wake_senders)
        # Promise no more: the server may refuse again, and reminders may be paused.
        messages.success(request, _("We’ll try your address again with the next reminder."))
    return back(request, "dashboard:today")
