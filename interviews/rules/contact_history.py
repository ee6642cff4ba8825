"""The contacts of a case in the terms of the specification, each computed once on demand."""

from datetime import date, datetime, timedelta
from functools import cached_property
from operator import attrgetter
from typing import Generic

from . import calendar
from .facts import Case, Contact, ContactResult, Direction, P, Purpose

TRIES_ENOUGH = 2


def newest(contacts: list[Contact[P]], result: ContactResult) -> Contact[P] | None:
    """The last contact with this result; contacts are in order."""
    for contact in reversed(contacts):
        if contact.result == result:
            return contact
    return None


class Log(Generic[P]):
    """The contacts after the interview's end, oldest first; those of one instant in the order
    given."""

    def __init__(self, case: Case[P]) -> None:
        self.case = case
        self.candidate = case.candidate
        self.ends: datetime = case.interview.starts + timedelta(minutes=case.interview.minutes)

    def date_of(self, instant: datetime) -> date:
        return calendar.date_of(self.candidate, instant)

    def days_in_vain(self, contacts: list[Contact[P]]) -> tuple[date, ...]:
        """The days on which nobody answered, in order, without repetition."""
        in_vain = (c for c in contacts if c.result == ContactResult.NO_ANSWER)
        return tuple(dict.fromkeys(self.date_of(c.at) for c in in_vain))

    @cached_property
    def contacts(self) -> list[Contact[P]]:
        ends = self.ends
        return sorted((c for c in self.case.contacts if c.at > ends), key=attrgetter("at"))

    @cached_property
    def about_result(self) -> list[Contact[P]]:
        return [c for c in self.contacts if c.purpose == Purpose.FOLLOW_UP]

    @cached_property
    def asking(self) -> list[Contact[P]]:
        return [c for c in self.about_result if c.direction == Direction.OUT]

    @cached_property
    def reached(self) -> Contact[P] | None:
        return newest(self.about_result, ContactResult.REACHED)

    @property
    def whom_reached(self) -> P | None:
        return None if self.reached is None else self.reached.person

    @cached_property
    def is_already_asked(self) -> bool:
        reached = self.reached
        if reached is None:
            return False
        return any(
            c.result == ContactResult.REACHED
            or (c.result == ContactResult.SENT and c.at < reached.at)
            for c in self.asking
        )

    # A call that the candidate missed.

    @cached_property
    def missed(self) -> Contact[P] | None:
        """The newest missed call, open or not, unless a result made it pointless."""
        for contact in reversed(self.contacts):
            if contact.direction == Direction.IN and contact.result == ContactResult.NO_ANSWER:
                result = self.case.result
                return contact if result is None or result.at < contact.at else None
        return None

    @cached_property
    def _since_missed(self) -> list[Contact[P]]:
        missed = self.missed
        return [] if missed is None else [c for c in self.contacts if c.at > missed.at]

    @cached_property
    def returned_on(self) -> tuple[date, ...]:
        """The days on which the candidate called back and nobody answered."""
        return self.days_in_vain([c for c in self._since_missed if c.direction == Direction.OUT])

    @property
    def is_missed_call_open(self) -> bool:
        if self.missed is None or len(self.returned_on) >= TRIES_ENOUGH:
            return False
        return all(c.result != ContactResult.REACHED for c in self._since_missed)

    # After a result.

    @property
    def has_asked_since_result(self) -> bool:
        """Whether the candidate wrote about the result, at or after it."""
        result = self.case.result
        return result is not None and any(
            c.result == ContactResult.SENT and c.at >= result.at for c in self.asking
        )

    @cached_property
    def recontacts(self) -> list[Contact[P]]:
        """The candidate's attempts to get in touch again, on the day or later."""
        result = self.case.result
        if result is None or result.recontact_on is None:
            return []
        day = result.recontact_on
        outbound = (c for c in self.contacts if c.direction == Direction.OUT)
        return [c for c in outbound if self.date_of(c.at) >= day]

    @property
    def has_recontacted(self) -> bool:
        return any(c.result != ContactResult.NO_ANSWER for c in self.recontacts)

    @property
    def recontacted_on(self) -> tuple[date, ...]:
        """The days on which such an attempt was not answered."""
        return self.days_in_vain(self.recontacts)
