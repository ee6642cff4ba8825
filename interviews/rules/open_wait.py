"""A case's wait in the terms of the specification, each computed once on demand."""

from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any, Generic

from . import calendar
from .contact_history import TRIES_ENOUGH, Log, newest
from .facts import (
    Agreement,
    Case,
    Channel,
    Contact,
    ContactResult,
    FeedbackVia,
    Initiator,
    MayCall,
    P,
    Role,
)

WINDOW_OPENS_AFTER = 4
WINDOW_CLOSES_AFTER = 5
GRACE = timedelta(hours=1)
INTEREST_MIN = 7


class Wait(Generic[P]):
    """The agreement, what the wait runs on, its limit, and its person."""

    def __init__(self, case: Case[P]) -> None:
        self.case = case
        self.candidate = case.candidate
        self.log = Log(case)
        self.ends = self.log.ends

    def date_of(self, instant: datetime) -> date:
        return calendar.date_of(self.candidate, instant)

    # The current agreement and its promise.

    @cached_property
    def agreement(self) -> Agreement[P] | None:
        current = None
        for agreement in self.case.agreements:
            if current is None or agreement.made >= current.made:
                current = agreement
        return current

    @cached_property
    def lapse(self) -> datetime | None:
        return None if self.agreement is None else self._lapse_of(self.agreement)

    def _lapse_of(self, agreement: Agreement[P]) -> datetime:
        due, due_time = agreement.due, agreement.due_time
        if due is None:
            return self._close_of(agreement.made)
        if agreement.initiator == Initiator.CANDIDATE:
            return calendar.instant_of(self.candidate, due, due_time or self.candidate.opening)
        if due_time is None:
            return calendar.contact_moment_of_date(self.candidate, due + calendar.DAY)
        promised = calendar.instant_of(self.candidate, due, due_time)
        return calendar.contact_moment(self.candidate, promised + GRACE)

    def _close_of(self, base: datetime) -> datetime:
        """When the window of this base closes."""
        closes_on = calendar.days_after(self.candidate, self.date_of(base), WINDOW_CLOSES_AFTER)
        return calendar.contact_moment_of_date(self.candidate, closes_on)

    @cached_property
    def promised_day(self) -> date | None:
        """The agreement's day: the one named, or that of its lapse."""
        if self.agreement is None or self.lapse is None:
            return None
        return self.agreement.due or self.date_of(self.lapse)

    def _is_on_day_or_later(self, contact: Contact[P]) -> bool:
        day = self.promised_day
        return day is not None and self.date_of(contact.at) >= day

    @cached_property
    def is_settled(self) -> bool:
        """By a contact about the result that reached somebody on the promised day or later."""
        agreement = self.agreement
        return agreement is not None and any(
            c.result == ContactResult.REACHED
            and c.at > agreement.made
            and self._is_on_day_or_later(c)
            for c in self.log.about_result
        )

    @cached_property
    def kept_by(self) -> Contact[P] | None:
        """The contact by which the candidate kept the promise."""
        agreement = self.agreement
        if agreement is None or agreement.initiator != Initiator.CANDIDATE:
            return None
        for contact in self.log.asking:
            if contact.at > agreement.made and self._keeps(contact, agreement):
                return contact
        return None

    def _keeps(self, contact: Contact[P], agreement: Agreement[P]) -> bool:
        if contact.result == ContactResult.REACHED:
            return True
        is_letter = contact.result == ContactResult.SENT and agreement.channel != Channel.PHONE
        return is_letter and self._is_on_day_or_later(contact)

    # What the wait runs on: the promise, or a window.

    @cached_property
    def on_promise(self) -> bool:
        return self.agreement is not None and self.kept_by is None and not self.is_settled

    @property
    def on_employers_promise(self) -> bool:
        agreement = self.agreement
        return (
            agreement is not None and agreement.initiator != Initiator.CANDIDATE and self.on_promise
        )

    @property
    def on_candidates_promise(self) -> bool:
        return self.on_promise and not self.on_employers_promise

    @cached_property
    def base(self) -> datetime:
        """Where the window begins."""
        moments = [c.at for c in (self.log.reached, self.kept_by) if c is not None]
        return max(self.ends, *moments) if moments else self.ends

    @cached_property
    def opens_on(self) -> date:
        return calendar.days_after(self.candidate, self.date_of(self.base), WINDOW_OPENS_AFTER)

    @cached_property
    def limit(self) -> datetime:
        if self.on_promise and self.lapse is not None:
            return self.lapse
        return self._close_of(self.base)

    @cached_property
    def _from(self) -> date:
        return self.date_of(self.limit) if self.on_promise else self.opens_on

    @cached_property
    def _start(self) -> datetime:
        if self.on_promise and self.agreement is not None:
            return self.agreement.made
        return self.base

    @cached_property
    def _asked_in_time(self) -> list[Contact[P]]:
        """The candidate's inquiries since it was time to ask."""
        later = [c for c in self.log.asking if c.at > self._start]
        return [c for c in later if self.date_of(c.at) >= self._from]

    @cached_property
    def letter(self) -> Contact[P] | None:
        return newest(self._asked_in_time, ContactResult.SENT)

    @cached_property
    def tried_on(self) -> tuple[date, ...]:
        """The days on which nobody answered."""
        return self.log.days_in_vain(self._asked_in_time)

    @property
    def is_in_vain(self) -> bool:
        return len(self.tried_on) >= TRIES_ENOUGH

    # The persons.

    @property
    def lead(self) -> P | None:
        interlocutors = self.case.interview.interlocutors
        return interlocutors[0].person if interlocutors else None

    @property
    def _recruiter(self) -> P | None:
        for interlocutor in self.case.interview.interlocutors:
            if interlocutor.role == Role.RECRUITER:
                return interlocutor.person
        return None

    @cached_property
    def promises_person(self) -> P | None:
        agreement = self.agreement
        if agreement is None:
            return self.lead
        via_recruiter = agreement.feedback_via == FeedbackVia.RECRUITER
        recruiter = self._recruiter if via_recruiter else None
        return first_known(recruiter, agreement.responsible, self.lead)

    @property
    def last_interlocutor(self) -> P | None:
        return first_known(self.log.whom_reached, self.promises_person)

    @property
    def person(self) -> P | None:
        return self.promises_person if self.on_promise else self.last_interlocutor

    # Further conditions of the table.

    @property
    def is_weighed(self) -> bool:
        vacancy = self.case.vacancy
        return vacancy.attractiveness is not None and vacancy.desire is not None

    @property
    def is_not_interested(self) -> bool:
        vacancy = self.case.vacancy
        if vacancy.attractiveness is None or vacancy.desire is None:
            return False
        return vacancy.attractiveness + vacancy.desire < INTEREST_MIN

    @property
    def may_not_call(self) -> bool:
        return self.agreement is not None and self.agreement.may_call == MayCall.NO

    @property
    def is_silence_refusal(self) -> bool:
        return self.agreement is not None and self.agreement.silence_is_refusal

    @property
    def is_to_write(self) -> bool:
        """Whether the agreement's channel is email or message."""
        return self.agreement is not None and self.agreement.channel != Channel.PHONE


AnyWait = Wait[Any]


def first_known(*people: P | None) -> P | None:
    return next((person for person in people if person is not None), None)
