"""Finish a step by one tap on the page that shows it; each tap can be undone."""

from uuid import UUID, uuid5

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpResponse
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from dashboard.buttons import undo
from dashboard.buttons.links import seen
from dashboard.page import CandidateRequest, back, candidate_page
from dashboard.prefill import redirect_to, to_cancelled
from dashboard.today.shelves import PAGE_LENGTH
from interviews import access
from interviews.actions.perform import ActionContext, Undo
from interviews.actions.registry import TOGETHER, Action, carry_out, offer_of
from interviews.current_step import CurrentStep
from interviews.models import Interview
from interviews.next_step import refresh_stale
from interviews.services import stages
from interviews.text import dates
from interviews.text.from_interview import preview_of

NAMED_MAX = 3


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
    name, _colon, shown = request.POST.get("act", "").partition(":")
    action = _offered(interview, name, shown)
    if action is None:
        messages.error(
            request, _("This interview changed after you opened the page. Here’s the latest.")
        )
        return back(request, "dashboard:interview-detail", pk)
    try:
        done = carry_out(action, _context(request, interview, action))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return back(request, "dashboard:interview-detail", pk)
    if action == Action.NEW_DAY:
        return redirect_to("agreement-create", pk, contact=done.pk)
    interview = access.get_interview(request.user, pk)
    said = _noted(action, CurrentStep.of(interview, now=request.now))
    undo.offer(request, done, said=said)
    return back(request, "dashboard:interview-detail", pk)


def _context(request: CandidateRequest, interview: Interview, action: Action) -> ActionContext:
    key = uuid5(interview.pk, f"{action.value} {seen(interview)}")
    return ActionContext(interview, request.now, key, request.POST)


def _offered(interview: Interview, name: str, shown: str) -> Action | None:
    """Return None if the step that the page showed has changed. A button's value is its action and
    what was shown: "nobody:call-1795165200"."""
    is_offered = shown == seen(interview) and offer_of(interview.step).takes(name)
    return Action(name) if is_offered else None


@require_POST
@candidate_page
def several(request: CandidateRequest) -> HttpResponse:
    """The same action on each chosen row that still offers it; a row's value is its interview and
    what was shown."""
    name, undos, done, left = request.POST.get("act", ""), list[Undo](), list[str](), list[str]()
    chosen = request.POST.getlist("row")[:PAGE_LENGTH] if name in TOGETHER else []
    parted = [value.partition(":") for value in chosen]
    # Each is fetched before anything is written: a stranger's row is 404 for all.
    rows = [(access.get_interview(request.user, _key(key)), shown) for key, _, shown in parted]
    for interview, shown in rows:
        undone = _one_of_several(request, interview, name, shown)
        (done if undone else left).append(interview.vacancy.company.name)
        undos += [undone] if undone else []
    if done:
        undo.offer(request, *undos, said=_done_together(Action(name), done))
    if left:
        said = _("Nothing was changed for %(companies)s, because this can’t be done there now.")
        messages.warning(request, said % {"companies": _named(left)})
    if not done and not left:
        messages.warning(request, _("Choose at least one row."))
    return back(request, "dashboard:today")


def _key(value: str) -> UUID:
    try:
        return UUID(value)
    except ValueError as error:
        raise Http404 from error


@transaction.atomic
def _one_of_several(
    request: CandidateRequest, interview: Interview, name: str, shown: str
) -> Undo | None:
    stages.lock_stages(interview.vacancy)
    try:
        interview = access.get_interview(request.user, interview.pk)
    except Http404:  # deleted meanwhile
        return None
    refresh_stale([interview], now=request.now)
    action = None if interview.is_cancelled else _offered(interview, name, shown)
    if action is None:
        return None
    try:
        return carry_out(action, _context(request, interview, action))
    except ValidationError:
        return None


def _done_together(action: Action, companies: list[str]) -> str:
    values = {"companies": _named(companies)}
    if action == Action.CLOSE:
        said = _("You closed the wait for %(companies)s. You can still record late answers.")
        return said % values
    return _("You snoozed %(companies)s.") % values


def _named(companies: list[str]) -> str:
    """For example: Acme, Bolt, Cedar and 22 others"""
    others = len(companies) - NAMED_MAX
    if others < 2:
        return get_text_list(companies, _("and"))
    more = ngettext("%(count)d other", "%(count)d others", others) % {"count": others}
    return get_text_list([*companies[:NAMED_MAX], more], _("and"))


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
