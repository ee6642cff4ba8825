"""Finishing a step by one tap on the page it is shown on; each tap can be taken back."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID, uuid5

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dashboard.buttons import ENDINGS, QuickAction, quick_actions_of, seen
from dashboard.page import CandidateRequest, back, candidate_page
from dashboard.prefill import redirect_to, to_cancelled
from dashboard.undo import Undo, Undoable
from interviews import access
from interviews.current_step import CurrentStep
from interviews.models import Channel, Contact, Interview, Result
from interviews.next_step import refresh_stale
from interviews.rules import Step
from interviews.services import contacts, interviews, next_step, results, stages, vacancies
from interviews.text import dates
from interviews.text.from_interview import preview_of

Direction, Outcome, Purpose = Contact.Direction, Contact.Outcome, Contact.Purpose
RATINGS = range(1, 6)


@dataclass(frozen=True, slots=True)
class Done:
    """One tap; `key` is the same for the same tap on the same step, so it acts once."""

    request: CandidateRequest
    interview: Interview
    act: QuickAction
    key: UUID

    @property
    def now(self) -> datetime:
        return self.request.now

    @property
    def step(self) -> Step:
        return Step(self.interview.step)


@require_POST
@candidate_page
@transaction.atomic
def quick_action(request: CandidateRequest, pk: UUID) -> HttpResponse:
    # Locked before it is looked at: of two taps at once, the second sees what the first has done.
    stages.lock_stages(access.get_interview(request.user, pk).vacancy)
    interview = access.get_interview(request.user, pk)
    if interview.is_cancelled:
        return to_cancelled(request, interview)
    refresh_stale([interview], now=request.now)
    tapped = _tapped(request, interview)
    if tapped is None:
        messages.error(request, _("This has changed since; here is how it stands now."))
        return back(request, "dashboard:interview-detail", pk)
    try:
        undo = DO[tapped.act](tapped)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return back(request, "dashboard:interview-detail", pk)
    if tapped.act == QuickAction.NEW_DAY:
        return redirect_to("agreement-create", pk, contact=undo.pk)
    undo.offer(request, _noted(access.get_interview(request.user, pk), tapped))
    return back(request, "dashboard:interview-detail", pk)


def _tapped(request: CandidateRequest, interview: Interview) -> Done | None:
    """None where the step that the page showed is not the one that stands. A button's value is
    what it does and what was seen: "nobody:call-1795165200"."""
    current = CurrentStep.of(interview, now=request.now)
    act, _colon, shown = request.POST.get("act", "").partition(":")
    if (
        current.stored is None
        or shown != seen(interview)
        or act not in quick_actions_of(current.stored)
    ):
        return None
    return Done(request, interview, QuickAction(act), uuid5(interview.pk, f"{act} {shown}"))


def _noted(interview: Interview, tapped: Done) -> str:
    """What was done, and what that leads to."""
    current = CurrentStep.of(interview, now=tapped.now)
    due, now, company = current.due, current.now, current.company
    if due is None:
        said = _("%(company)s: noted. The wait is closed; a late answer can still be noted.")
        return said % {"company": company}
    if tapped.act in (QuickAction.TOMORROW, QuickAction.LATER):
        # Not the day that was tapped: on a day off the step waits for the next working day.
        day = dates.day(due.astimezone(now.tzinfo).date(), now=now)
        return _("%(company)s: put off until %(day)s.") % {"company": company, "day": day}
    then = preview_of(current)
    return _("%(company)s: noted. %(then)s") % {"company": company, "then": then}


# --- what each tap does, and how it is taken back ---------------------------------------------


def _contact(tapped: Done, *, channel: str, outcome: str) -> Undo:
    is_recontact = tapped.step == Step.RECONTACT
    was = tapped.interview.snoozed_until
    contact = contacts.record_contact(
        contact=Contact(
            interview=tapped.interview,
            at=tapped.now,
            direction=Direction.OUT,
            channel=channel,
            outcome=outcome,
            purpose=Purpose.OTHER if is_recontact else Purpose.FOLLOW_UP,
            person=tapped.interview.step_person,
            submission_id=tapped.key,
        ),
        now=tapped.now,
    )
    return Undo.of(Undoable.CONTACT, contact.pk, was)


def _nobody(tapped: Done) -> Undo:
    return _contact(tapped, channel=Channel.PHONE, outcome=Outcome.NO_ANSWER)


def _open(tapped: Done) -> Undo:
    return _contact(tapped, channel=Channel.PHONE, outcome=Outcome.REACHED)


def _wrote(tapped: Done) -> Undo:
    return _contact(tapped, channel=Channel.EMAIL, outcome=Outcome.SENT)


def _close(tapped: Done) -> Undo:
    was = tapped.interview.snoozed_until
    result = results.record_result(
        result=Result(
            interview=tapped.interview,
            kind=ENDINGS[tapped.step],
            known_at=tapped.now,
            via=Result.Via.SILENCE,
            submission_id=tapped.key,
        ),
        now=tapped.now,
    )
    return Undo.of(Undoable.RESULT, result.pk, was)


def _weigh(tapped: Done) -> Undo:
    vacancy = tapped.interview.vacancy
    # What only followed from her criteria is to follow from them again.
    own = None if vacancy.is_attractiveness_proposed else vacancy.attractiveness
    was = (own, vacancy.desire)
    attractiveness, desire = (_rating(tapped, name) for name in ("attractiveness", "desire"))
    vacancies.rate_vacancy(
        vacancy=vacancy, attractiveness=attractiveness, desire=desire, now=tapped.now
    )
    return Undo(Undoable.RATINGS, tapped.interview.pk, was, (attractiveness, desire))


def _rating(tapped: Done, name: str) -> int:
    value = tapped.request.POST.get(name, "")
    if value not in map(str, RATINGS):
        raise ValidationError(_("Choose 1 to 5."))
    return int(value)


def _nothing_agreed(tapped: Done) -> Undo:
    interviews.note_nothing_agreed(interview=tapped.interview, now=tapped.now)
    return Undo(Undoable.NOTHING_AGREED, tapped.interview.pk)


def _put_off(until: Callable[..., datetime]) -> Callable[[Done], Undo]:
    def act(tapped: Done) -> Undo:
        was = tapped.interview.snoozed_until
        moment = until(candidate=tapped.request.candidate, now=tapped.now)
        interviews.snooze_interview(interview=tapped.interview, until=moment, now=tapped.now)
        put = access.get_interview(tapped.request.user, tapped.interview.pk).snoozed_until
        return replace(
            Undo.of(Undoable.SNOOZE, tapped.interview.pk, was), put=put and put.isoformat()
        )

    return act


DO: dict[QuickAction, Callable[[Done], Undo]] = {
    QuickAction.NOBODY: _nobody,
    QuickAction.OPEN: _open,
    QuickAction.NEW_DAY: _open,
    QuickAction.WROTE: _wrote,
    QuickAction.CLOSE: _close,
    QuickAction.WEIGH: _weigh,
    QuickAction.NOTHING_AGREED: _nothing_agreed,
    QuickAction.TOMORROW: _put_off(next_step.tomorrow),
    QuickAction.LATER: _put_off(next_step.later),
}
