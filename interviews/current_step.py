"""An interview's stored step, as cards, letters, mails and calendars use it."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Self
from zoneinfo import ZoneInfo

from interviews.models import Interview, Result
from interviews.next_step import PartyStep, candidate_facts
from interviews.rules import (
    NextStep,
    Reason,
    Rule,
    Since,
    State,
    Step,
    is_later_today,
    possible_from,
    state_of,
    urgency,
)
from interviews.rules.feasible import Urgency


@dataclass(frozen=True, slots=True)
class CurrentStep:
    """Created once for a row and passed on, so that the stored reason is parsed once. `now` is
    local to the candidate; `stored` is None for a cancelled interview."""

    interview: Interview
    stored: PartyStep | None
    now: datetime

    @classmethod
    def of(cls, interview: Interview, *, now: datetime) -> Self:
        return cls(interview, _stored(interview), now)

    def without_reason(self) -> Self:
        """For a reader who may know the step and its due time alone."""
        if self.stored is None:
            return self
        reason = Reason(starts_at=self.reason.starts_at)
        return replace(self, stored=replace(self.stored, reason=reason))

    @property
    def step(self) -> PartyStep:
        """For callers that have excluded cancelled interviews."""
        if self.stored is None:
            raise ValueError(f"{self.interview.pk} is cancelled and has no step to speak of")
        return self.stored

    @property
    def kind(self) -> Step | None:
        return self.stored.step if self.stored else None

    @property
    def due(self) -> datetime | None:
        return self.stored.due if self.stored else None

    @property
    def reason(self) -> Reason:
        return self.stored.reason if self.stored else Reason()

    @property
    def result(self) -> Result | None:
        return Result.of(self.interview)

    @property
    def person(self) -> str | None:
        """The name of the step's person."""
        return self.interview.step_person.name if self.interview.step_person else None

    @property
    def company(self) -> str:
        name: str = self.interview.vacancy.company.name
        return name

    @property
    def state(self) -> State | None:
        """None if nothing is left to do."""
        return state_of(self.due, now=self.now, zone=self.interview.candidate.zone)

    @property
    def is_later_today(self) -> bool:
        """Whether it falls due at an hour that is still to come today."""
        return is_later_today(self.due, now=self.now)

    @property
    def possible_from(self) -> datetime | None:
        """When a due call can be made, if not now: offices are closed."""
        if self.stored is None or self.stored.step != Step.CALL:
            return None
        return possible_from(candidate_facts(self.interview.candidate), self.stored, self.now)

    @property
    def urgency(self) -> Urgency:
        """Sorts steps of which something is due."""
        return urgency(self.step, possible_from=self.possible_from, now=self.now)

    @property
    def quiet_until(self) -> datetime | None:
        """Until when there is nothing to do; None once it is due."""
        return self.due if self.state == State.WAITING else None

    @property
    def mail_at(self) -> datetime | None:
        """When the next reminder is emailed; None if none will be, or it is due already."""
        candidate = self.interview.candidate
        is_wanted = candidate.reminders_paused_at is None
        return self.quiet_until if is_wanted and self.kind not in candidate.muted_steps else None

    @property
    def is_early(self) -> bool:
        """Whether an answer may still come in time: nothing is overdue, tried or snoozed, and they
        were not in touch about it."""
        if self.quiet_until is None or self.reason.is_snoozed or self.reason.tried_on:
            return False
        if self.reason.since == Since.ANSWER or self.reason.reached_on is not None:
            return False
        return self.reason.promised_on is None or self.reason.promised_on >= self.now.date()


def _stored(interview: Interview) -> PartyStep | None:
    if not interview.step:
        return None
    zone = interview.candidate.zone
    return NextStep(
        step=Step(interview.step),
        rule=Rule(interview.step_rule),
        due=_local(interview.step_due_at, zone),
        expires=_local(interview.step_expires_at, zone),
        person=interview.step_person_id,
        reason=Reason.from_json(interview.step_reason),
    )


def _local(instant: datetime | None, zone: ZoneInfo) -> datetime | None:
    return None if instant is None else instant.astimezone(zone)
