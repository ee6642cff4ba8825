"""What to say about one interview: its call sheet and its letters, filled from the stored row.

Pages and mails take the same words from here. `now` is local to the candidate.
"""

from dataclasses import replace
from datetime import date, datetime

from interviews.call_sheet import Calling, CallSheet, call_sheet
from interviews.cases import step_of
from interviews.letters import Agreed, Letter, LetterKind, draft, kind_for, writing_of
from interviews.models import Agreement, Interview
from interviews.rules import Channel, Initiator, Reason, Rule


def person_of(interview: Interview) -> str | None:
    """The name of the step's person."""
    return interview.step_person.name if interview.step_person else None


def sheet_of(interview: Interview, *, now: datetime) -> CallSheet:
    step = step_of(interview)
    calling = Calling(
        position=interview.vacancy.title,
        interviewed_on=_interviewed_on(interview),
        person=person_of(interview),
        company=interview.vacancy.company.name,
        sender=interview.candidate.user.name or None,
    )
    rule = Rule.WINDOW_CLOSED if step is None else step.rule
    return call_sheet(rule, Reason() if step is None else step.reason, calling, now=now)


def occasion_of(interview: Interview) -> LetterKind:
    """The letter that fits the interview's step."""
    step = step_of(interview)
    return LetterKind.LATE_ANSWER if step is None else kind_for(step.rule)


def letter_of(interview: Interview, occasion: LetterKind, *, now: datetime) -> Letter:
    step = step_of(interview)
    writing = writing_of(
        Reason() if step is None else step.reason,
        position=interview.vacancy.title,
        interviewed_on=_interviewed_on(interview),
        person=person_of(interview),
        sender=interview.candidate.user.name or None,
    )
    if occasion == LetterKind.THANKS:
        writing = replace(writing, agreed=_agreed_in(interview))
    return draft(occasion, writing, now=now)


def _interviewed_on(interview: Interview) -> date:
    return interview.starts_at.astimezone(interview.candidate.zone).date()


def _agreed_in(interview: Interview) -> Agreed | None:
    """The agreement made last, for a letter that repeats it."""
    agreement = interview.agreements.last()
    if agreement is None:
        return None
    return Agreed(
        initiator=Initiator(agreement.initiator),
        channel=Channel(agreement.channel),
        due_on=agreement.due_on,
        may_call=agreement.may_call == Agreement.MayCall.YES,
        silence_is_refusal=agreement.silence_is_refusal,
    )
