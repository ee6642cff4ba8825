"""Finish a step by one tap on the page that shows it; each tap can be undone."""

from uuid import UUID, uuid5

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dashboard.buttons import undo
from dashboard.buttons.links import seen
from dashboard.page import CandidateRequest, back, candidate_page
from dashboard.prefill import redirect_to, to_cancelled
from interviews import access
from interviews.actions.perform import ActionContext
from interviews.actions.registry import Action, carry_out, offer_of
from interviews.current_step import CurrentStep
from interviews.models import Interview
from interviews.next_step import refresh_stale
from interviews.services import stages
from interviews.text import dates
from interviews.text.from_interview import preview_of


@require_POST
@candidate_page
@transaction.atomic
def quick_action(request: CandidateRequest, pk: UUID) -> HttpResponse:
    # Lock first: of two taps at once, the second sees what the first has done.
    stages.lock_stages(access.get_interview(request.user, pk).vacancy)
    interview = access.get_interview(request.user, pk)
    if interview.is_cancelled:
        return to_cancelled(request, interview)
    refresh_stale([interview], now=request.now)
    action = _tapped(request, interview)
    if action is None:
        messages.error(
            request, _("This interview changed after you opened the page. Here’s the latest.")
        )
        return back(request, "dashboard:interview-detail", pk)
    context = ActionContext(
        interview, request.now, uuid5(pk, f"{action.value} {seen(interview)}"), request.POST
    )
    try:
        done = carry_out(action, context)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return back(request, "dashboard:interview-detail", pk)
    if action == Action.NEW_DAY:
        return redirect_to("agreement-create", pk, contact=done.pk)
    interview = access.get_interview(request.user, pk)
    undo.offer(request, done, _noted(action, CurrentStep.of(interview, now=request.now)))
    return back(request, "dashboard:interview-detail", pk)


def _tapped(request: CandidateRequest, interview: Interview) -> Action | None:
    """Return None if the step that the page showed has changed. A button's value is its action and
    what was shown: "nobody:call-1795165200"."""
    name, _colon, shown = request.POST.get("act", "").partition(":")
    is_offered = shown == seen(interview) and offer_of(interview.step).takes(name)
    return Action(name) if is_offered else None


def _noted(action: Action, current: CurrentStep) -> str:
    """Say what was done, and what it leads to."""
    due, now, values = current.due, current.now, {"company": current.company}
    if due is None:
        said = _("%(company)s: wait closed. You can still record a late answer.")
        return said % values
    if action in (Action.TOMORROW, Action.LATER):
        # Not the tapped day: on a day off the step waits for the next working day.
        values["day"] = dates.day(due.astimezone(now.tzinfo).date(), now=now)
        return _("%(company)s: snoozed until %(day)s.") % values
    return _("%(company)s: saved. %(then)s") % (values | {"then": preview_of(current)})
