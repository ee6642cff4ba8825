"""A candidate who follows each step on its day, and an employer who says nothing but "not yet"."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from interviews.rules import (
    Case,
    Channel,
    Contact,
    ContactResult,
    Direction,
    NextStep,
    Step,
    Vacancy,
    date_of,
    decide,
    instant_of,
)

ENDS = (Step.CLOSE, Step.LET_GO, Step.ASSUME_REFUSAL)
MINUTE = timedelta(minutes=1)
TURNS_MAX = 60


@dataclass
class Game:
    """The case as it grows; `draw` decides what the specification leaves open."""

    case: Case[str]
    now: datetime
    draw: Callable[[st.SearchStrategy[Any]], Any]
    not_yets_left: int
    not_yets: int = 0

    def run(self) -> date:
        """Until the wait is given up; the local day on which that comes due."""
        for _ in range(TURNS_MAX):
            step = decide(self.case, self.now)
            assert step.due is not None
            if self.not_yets_left and self.draw(st.booleans()):
                self.hear_not_yet(step)
            elif step.step in ENDS:
                return date_of(self.case.candidate, step.due)
            else:
                self.take(step)
        raise AssertionError("the wait never ends")

    def hear_not_yet(self, step: NextStep[str]) -> None:
        """They call or write at some moment up to the step's day, and name no date."""
        assert step.due is not None
        until = max(self.now + MINUTE, step.due.astimezone(UTC))
        minutes = int((until - self.now) / MINUTE)
        self.now += MINUTE * self.draw(st.integers(1, minutes))
        self.log(Direction.IN, Channel.PHONE, ContactResult.REACHED)

    def take(self, step: NextStep[str]) -> None:
        self.now = self.on_its_day(step)
        if step.step == Step.CALL:
            self.call()
        elif step.step == Step.WRITE:
            self.log(Direction.OUT, Channel.EMAIL, ContactResult.SENT)
        elif step.step == Step.WEIGH:
            ratings = self.draw(st.sampled_from(((3, 3), (5, 4))))
            self.case = replace(self.case, vacancy=Vacancy(*ratings))
        elif step.step == Step.FIX_AGREEMENT and self.draw(st.booleans()):
            interview = replace(self.case.interview, nothing_agreed=True)
            self.case = replace(self.case, interview=interview)
        else:
            assert step.expires is not None
            self.now = step.expires.astimezone(UTC)

    def on_its_day(self, step: NextStep[str]) -> datetime:
        """As soon as it is due, or later on that day."""
        assert step.due is not None
        earliest = max(self.now + MINUTE, step.due.astimezone(UTC))
        candidate = self.case.candidate
        day = date_of(candidate, earliest)
        evening = instant_of(candidate, day, datetime.max.time())
        return self.draw(st.sampled_from((earliest, max(earliest, evening))))

    def call(self) -> None:
        is_reached = self.not_yets_left > 0 and self.draw(st.booleans())
        result = ContactResult.REACHED if is_reached else ContactResult.NO_ANSWER
        self.log(Direction.OUT, Channel.PHONE, result)

    def log(self, direction: Direction, channel: Channel, result: ContactResult) -> None:
        if result == ContactResult.REACHED:
            self.not_yets += 1
            self.not_yets_left -= 1
        contact: Contact[str] = Contact(self.now, direction, channel, result)
        self.case = replace(self.case, contacts=(*self.case.contacts, contact))
