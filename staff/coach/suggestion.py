"""What the composer begins with: the step that the row says is due, when, and a line of draft."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from interviews.current_step import CurrentStep
from interviews.models import Agreement, Interview, Proposal, Result
from interviews.next_step import candidate_facts
from interviews.rules import Rule, State, Step, contact_moment

Action = Proposal.Action


@dataclass(frozen=True, slots=True)
class Draft:
    """`value` is the form's, which has more than actions: what is no action is sent as words."""

    value: str
    label: Promise | str
    words: Promise | str = ""
    by_on: date | None = None


_ACTIONS = {Step.PREPARE: Action.PREPARE, Step.CALL: Action.CALL, Step.WRITE: Action.WRITE}
# For rules whose step is an action, what the coach would say with it.
_WORDS: dict[Rule, Promise] = {
    Rule.MISSED_CALL: _("They tried to reach you. Call back, and have your questions ready."),
    Rule.PROMISE_LAPSED: _("They promised an answer by now, so it’s fine to ask."),
    Rule.MAY_NOT_CALL: _("They asked not to be called. A short letter is fine."),
    Rule.YOUR_TURN: _("You agreed to get in touch, and it’s still fine."),
    Rule.NOT_REACHED: _("No one answered your call, so a short letter is next."),
    Rule.ALREADY_ASKED: _("You’ve asked once before. A short letter is enough."),
    Rule.WINDOW_CLOSED: _("You’ve waited long enough to ask."),
    Rule.LEARN_FROM_REFUSAL: _("Ask what was missing. It helps with the next interview."),
}
_OTHERS: dict[Step, tuple[Promise, Promise]] = {
    Step.FIX_AGREEMENT: (
        _("Record what was agreed"),
        _("Write down what you agreed at the end: who calls, and by when."),
    ),
    Step.WEIGH: (
        _("Rate the position"),
        _("Rate the position, then decide if it’s worth a call."),
    ),
    Step.ASSUME_REFUSAL: (
        _("Count it as a no"),
        _("You agreed that no answer means no. Close the wait."),
    ),
    Step.CLOSE: (
        _("Close the wait"),
        _("There’s no reply to your letter. Close the wait and look ahead."),
    ),
    Step.LET_GO: (
        _("Close the wait"),
        _("You rated this position low. Close the wait and look ahead."),
    ),
    Step.RECONTACT: (
        _("Get in touch again"),
        _("You planned to get in touch again. Now is a good time."),
    ),
}
_OFFER = (_("Talk about the offer"), _("Let’s go through the offer before you answer it."))
_ANSWER = (_("Talk about their answer"), _("Let’s go through their answer together."))

# To ask in a talk.
_OFFER_QUESTION = _("What speaks for this offer, and what against it?")
_CLOSING_QUESTION = _("Is there still a reason to wait?")
_QUESTIONS: dict[Step, Promise] = {
    Step.PREPARE: _("What do you most want to ask them?"),
    Step.FIX_AGREEMENT: _("What did they say happens next, and by when?"),
    Step.CALL: _("When will you call, and what will you ask first?"),
    Step.WRITE: _("What is the one thing you want to ask in your letter?"),
    Step.WEIGH: _("How much do you still want this position?"),
    Step.ASSUME_REFUSAL: _CLOSING_QUESTION,
    Step.CLOSE: _CLOSING_QUESTION,
    Step.LET_GO: _CLOSING_QUESTION,
    Step.RECONTACT: _("What is new since you last spoke with them?"),
}


def question_of(current: CurrentStep) -> str:
    """What the coach may ask about an open offer, or a step that is due."""
    if current.interview.is_answered and current.kind == Step.DONE:
        return str(_OFFER_QUESTION)
    return str(_QUESTIONS[current.kind]) if current.kind in _QUESTIONS else ""


def draft_of(interview: Interview, *, is_whole: bool, now: datetime) -> Draft | None:
    """None if nothing is left to do. `now` is local to the candidate. The words are for a step that
    is due, or a call to return; without the whole interview only the step is known, not why."""
    result = Result.of(interview)
    if is_whole and result is not None and result.is_open_offer:
        return Draft("offer", *_OFFER, by_on=_first(_next_day(interview, now), result))
    current = CurrentStep.of(interview, now=now)
    if current.stored is None or current.kind in (None, Step.DONE):
        return None
    if is_whole and result is not None and current.state == State.WAITING:
        return Draft("answer", *_ANSWER, by_on=_next_day(interview, now))
    by_on = _day_for(current)
    is_due = current.state != State.WAITING or current.step.rule == Rule.MISSED_CALL
    has_words = is_whole and is_due
    action = _ACTIONS.get(current.step.step)
    if action is None:
        label, said = _OTHERS[current.step.step]
        # That a position was rated low is no business of whoever is shown next steps alone.
        is_low = current.step.step == Step.LET_GO and not is_whole
        value = Step.CLOSE if is_low else current.step.step
        return Draft(value.value, label, said if has_words else label, by_on)
    if action == Action.PREPARE:
        by_on = min(by_on, interview.starts_at.astimezone(now.tzinfo).date())
    words = _WORDS.get(current.step.rule, "") if has_words else ""
    return Draft(action.value, Action(action).label, words, by_on)


def _first(by_on: date, result: Result) -> date:
    last: date | None = result.offer_answer_by_on
    return by_on if last is None else min(by_on, last)


def _day_for(current: CurrentStep) -> date:
    """Today for what can still be done today, the step's own day if that is ahead, otherwise the
    next working day."""
    due, now = current.due, current.now
    facts = candidate_facts(current.interview.candidate)
    is_due_today = due is not None and due.date() <= now.date()
    if is_due_today and contact_moment(facts, now).astimezone(now.tzinfo).date() == now.date():
        return now.date()
    if due is not None and due.date() > now.date():
        return due.date()
    return _next_day(current.interview, now)


def _next_day(interview: Interview, now: datetime) -> date:
    """The next working day."""
    calendar = candidate_facts(interview.candidate).calendar
    days = (now.date() + timedelta(days=ahead) for ahead in range(1, 15))
    return next((day for day in days if calendar.is_working_day(day)), now.date())


def may_call(interview: Interview) -> bool:
    """Whether the newest agreement leaves a call open."""
    agreements = sorted(interview.agreements.all(), key=lambda each: each.made_at)
    return not agreements or agreements[-1].may_call != Agreement.MayCall.NO


def choices_of(draft: Draft | None, *, can_call: bool, is_ahead: bool) -> Sequence[tuple[str, str]]:
    """What is due first; calls and preparing only where they can be done."""
    left_out = {Action.CALL} if not can_call else set()
    left_out |= set() if is_ahead else {Action.PREPARE}
    some = [each for each in Action if each not in left_out]
    plain = [(each.value, str(each.label)) for each in some]
    if draft is None:
        return plain
    return [(draft.value, str(draft.label)), *(each for each in plain if each[0] != draft.value)]
