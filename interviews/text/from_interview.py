"""Texts about one interview: the reason of its step, its call script and its letters.

Pages and mails use the same ones.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from interviews import access, text
from interviews.current_step import CurrentStep
from interviews.models import Agreement, Interlocutor, Interview, OwnLetter, Result
from interviews.next_step import PartyStep
from interviews.rules import Channel, Initiator, Reason, Rule, Step
from interviews.text.call_script import Calling, CallScript, call_script, opening
from interviews.text.letters import (
    AgreedText,
    Letter,
    LetterKind,
    Writing,
    draft,
    kind_for,
    letter_from,
    values_of,
    writing_of,
)

# For these rules the opening line is the same early and late.
TIMELESS = (Rule.MISSED_CALL, Rule.KEPT_ON_FILE)
REFUSALS = (Result.Kind.REFUSAL, Result.Kind.ASSUMED_REFUSAL)


def why_of(current: CurrentStep) -> str:
    return text.why(
        _told(current),
        person=current.person,
        company=current.company,
        now=current.now,
        possible_from=current.possible_from,
    )


def _told(current: CurrentStep) -> PartyStep:
    """The step; a result whose day nobody knows is told without one."""
    step, result = current.step, current.result
    if result is None or result.is_day_known:
        return step
    return replace(step, reason=replace(step.reason, result_on=None))


def action_of(current: CurrentStep) -> str:
    """What to do, with the moment from which it is possible: Call Anna Petrova on Monday from
    10:00."""
    action = text.action(current.step, person=current.person, company=current.company)
    return text.action_from(action, current.possible_from, now=current.now)


def preview_of(current: CurrentStep) -> str:
    """What happens next, and when; empty if nothing is left to do."""
    if current.due is None:
        return ""
    company, now = current.company, current.now
    return text.preview(current.step, person=current.person, company=company, now=now)


def addressee_of(interview: Interview) -> Interlocutor | None:
    """The recipient of a letter. A step to write names its person, so a mail needs no query; once
    nothing is left to do, it is the last person in touch."""
    if interview.step_person is not None or interview.step == Step.WRITE:
        return interview.step_person
    return access.find_last_interlocutor(interview)


def call_script_of(current: CurrentStep) -> CallScript:
    return call_script(*_call_of(current), now=current.now)


def opening_of(current: CurrentStep) -> str:
    return opening(*_call_of(current), now=current.now)


def _call_of(current: CurrentStep) -> tuple[Rule, Reason, Calling]:
    """Before the step is due nothing is late, so the script does not ask for a promised answer."""
    interview, step = current.interview, current.stored
    calling = Calling(
        position=interview.vacancy.title,
        interviewed_on=_interviewed_on(interview),
        person=current.person,
        company=current.company,
        sender=interview.candidate.user.name or None,
    )
    if step is not None and (step.rule in TIMELESS or not current.is_early):
        return step.rule, step.reason, calling
    return Rule.WINDOW_CLOSED, Reason(), calling


def occasion_of(current: CurrentStep) -> LetterKind:
    """The letter that fits the interview's step once it is due."""
    return LetterKind.LATE_ANSWER if current.stored is None else kind_for(current.stored.rule)


def occasion_now(current: CurrentStep) -> LetterKind:
    """The letter that fits now: only thanks while an answer may still come in time; after a
    rejection the letter that follows it, whatever the step is."""
    occasion, result = occasion_of(current), current.result
    if result is not None and result.kind in REFUSALS:
        return LetterKind.AFTER_REFUSAL
    if occasion == LetterKind.AFTER_REFUSAL:
        return occasion
    has_step = current.due is not None and current.interview.ends_at <= current.now
    return occasion if has_step and not current.is_early else LetterKind.THANKS


def letter_of(
    current: CurrentStep,
    occasion: LetterKind,
    *,
    to: Interlocutor | None,
    own: Mapping[str, OwnLetter],
) -> Letter:
    """The candidate's template for this occasion from `own`, otherwise the draft."""
    kept = own.get(occasion)
    if kept is None:
        return draft(occasion, _writing(current, occasion, to=to), now=current.now)
    return letter_from(
        Letter(subject=kept.subject, body=kept.body), letter_values(current, occasion, to=to)
    )


def letter_values(
    current: CurrentStep, occasion: LetterKind, *, to: Interlocutor | None
) -> dict[str, str]:
    """The values that change from letter to letter."""
    writing = _writing(current, occasion, to=to)
    return values_of(writing, company=current.company, now=current.now)


def _writing(current: CurrentStep, occasion: LetterKind, *, to: Interlocutor | None) -> Writing:
    interview = current.interview
    writing = writing_of(
        current.reason,
        position=interview.vacancy.title,
        interviewed_on=_interviewed_on(interview),
        person=to.name if to else None,
        sender=interview.candidate.user.name or None,
    )
    if current.is_early:
        # not late yet, so the letter does not mention it
        writing = replace(writing, promised_on=None)
    result = current.result
    if result is not None and result.lessons != Result.Lessons.MISSING:
        writing = replace(writing, is_lesson_known=True)
    if interview.is_cancelled:
        writing = replace(writing, is_cancelled=True)
    if occasion == LetterKind.THANKS:
        writing = replace(writing, agreed=_agreed_in(interview))
    return writing


def _interviewed_on(interview: Interview) -> date:
    return interview.starts_at.astimezone(interview.candidate.zone).date()


def _agreed_in(interview: Interview) -> AgreedText | None:
    """The current agreement, for a letter that repeats it."""
    agreement = interview.agreements.last()
    if agreement is None:
        return None
    return AgreedText(
        initiator=Initiator(agreement.initiator),
        channel=Channel(agreement.channel),
        due_on=agreement.due_on,
        may_call=agreement.may_call == Agreement.MayCall.YES,
        silence_is_refusal=agreement.silence_is_refusal,
    )
