"""What to say about one interview: its call sheet and its letters, filled from the stored row.

Pages and mails take the same words from here. `now` is local to the candidate.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

from interviews import access
from interviews.models import Agreement, Interlocutor, Interview, OwnLetter, Result
from interviews.next_step import step_of
from interviews.rules import Channel, Initiator, Reason, Rule, State, Step, state_of
from interviews.text.call_script import Calling, CallSheet, call_sheet, opening
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

# Of these the opening line is as true early as late.
TIMELESS = (Rule.MISSED_CALL, Rule.KEPT_ON_FILE)
REFUSALS = (Result.Kind.REFUSAL, Result.Kind.ASSUMED_REFUSAL)


def person_of(interview: Interview) -> str | None:
    """The name of the step's person."""
    return interview.step_person.name if interview.step_person else None


def addressee_of(interview: Interview) -> Interlocutor | None:
    """Whom a letter goes to. A step that is to write names its person, so a mail asks for nobody
    here; once nothing is left to do, it is whoever was in touch last."""
    if interview.step_person is not None or interview.step == Step.WRITE:
        return interview.step_person
    return access.find_last_interlocutor(interview)


def quiet_until(interview: Interview, *, now: datetime) -> datetime | None:
    """The moment before which there is nothing to do; None once it has come, or without one."""
    due = interview.step_due_at
    state = state_of(due, now=now, zone=interview.candidate.zone)
    return due if state == State.WAITING else None


def is_early(interview: Interview, *, now: datetime) -> bool:
    """Whether an answer may still come in time: nothing has passed, been tried or put off."""
    step = step_of(interview)
    if step is None or quiet_until(interview, now=now) is None:
        return False
    reason = step.reason
    if reason.is_snoozed or reason.tried_on:
        return False
    return reason.promised_on is None or reason.promised_on >= now.date()


def sheet_of(interview: Interview, *, now: datetime) -> CallSheet:
    return call_sheet(*_call_of(interview, now=now), now=now)


def opening_of(interview: Interview, *, now: datetime) -> str:
    return opening(*_call_of(interview, now=now), now=now)


def _call_of(interview: Interview, *, now: datetime) -> tuple[Rule, Reason, Calling]:
    """Before the step is due nothing is late, so nothing promised is asked for yet."""
    step = step_of(interview)
    calling = Calling(
        position=interview.vacancy.title,
        interviewed_on=_interviewed_on(interview),
        person=person_of(interview),
        company=interview.vacancy.company.name,
        sender=interview.candidate.user.name or None,
    )
    rule, reason = Rule.WINDOW_CLOSED, Reason()
    if step is not None and (step.rule in TIMELESS or not is_early(interview, now=now)):
        rule, reason = step.rule, step.reason
    return rule, reason, calling


def occasion_of(interview: Interview) -> LetterKind:
    """The letter that fits the interview's step once it is due."""
    step = step_of(interview)
    return LetterKind.LATE_ANSWER if step is None else kind_for(step.rule)


def occasion_now(interview: Interview, *, now: datetime) -> LetterKind:
    """The letter that fits now: while an answer may still come in time, thanks alone; once there
    was a refusal, whatever step stands, the letter that follows one."""
    occasion = occasion_of(interview)
    result: Result | None = getattr(interview, "result", None)
    if result is not None and result.kind in REFUSALS:
        return LetterKind.AFTER_REFUSAL
    if occasion == LetterKind.AFTER_REFUSAL:
        return occasion
    has_step = interview.step_due_at is not None and interview.ends_at <= now
    return occasion if has_step and not is_early(interview, now=now) else LetterKind.THANKS


def letter_of(
    interview: Interview,
    occasion: LetterKind,
    *,
    to: Interlocutor | None,
    now: datetime,
    own: Mapping[str, OwnLetter],
) -> Letter:
    """In her own words, where `own` has some for this occasion; else the draft."""
    kept = own.get(occasion)
    if kept is None:
        return draft(occasion, _writing(interview, occasion, to=to, now=now), now=now)
    values = letter_values(interview, occasion, to=to, now=now)
    return letter_from(Letter(subject=kept.subject, body=kept.body), values)


def letter_values(
    interview: Interview, occasion: LetterKind, *, to: Interlocutor | None, now: datetime
) -> dict[str, str]:
    """What changes from letter to letter, as it is in this one."""
    writing = _writing(interview, occasion, to=to, now=now)
    return values_of(writing, company=interview.vacancy.company.name, now=now)


def _writing(
    interview: Interview, occasion: LetterKind, *, to: Interlocutor | None, now: datetime
) -> Writing:
    step = step_of(interview)
    writing = writing_of(
        Reason() if step is None else step.reason,
        position=interview.vacancy.title,
        interviewed_on=_interviewed_on(interview),
        person=to.name if to else None,
        sender=interview.candidate.user.name or None,
    )
    if is_early(interview, now=now):
        writing = replace(writing, promised_on=None)  # not late yet: nothing to speak of
    if interview.is_cancelled:
        writing = replace(writing, is_cancelled=True)
    if occasion == LetterKind.THANKS:
        writing = replace(writing, agreed=_agreed_in(interview))
    return writing


def _interviewed_on(interview: Interview) -> date:
    return interview.starts_at.astimezone(interview.candidate.zone).date()


def _agreed_in(interview: Interview) -> AgreedText | None:
    """The agreement made last, for a letter that repeats it."""
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
