"""What would follow from an interview that is not stored: of a visitor who has no account yet, or
as an example of a candidate's settings."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from interviews import rules
from interviews.models import Candidate
from interviews.next_step import candidate_facts
from interviews.quick_add import Draft, Promise
from interviews.wait_line import layout
from interviews.wait_line.from_interview import PromisedDay, waits_on
from interviews.wait_line.layout import WaitLine
from interviews.wait_line.waited import Waited

# Of an interview whose time was not said.
NOON = time(12)


@dataclass(frozen=True, slots=True)
class Imagined:
    """`step` is None if the interview is still ahead; its person is a place in the draft's list."""

    step: rules.NextStep[int] | None
    line: WaitLine | None


def imagine(draft: Draft, day: date, *, zone: ZoneInfo, now: datetime) -> Imagined:
    """By the rules, for a candidate of this zone without settings, who wants the position. `now` is
    local to the zone."""
    candidate = Candidate(timezone=zone.key)
    interview = rules.Interview(
        starts=datetime.combine(day, draft.clock or NOON, zone),
        minutes=draft.minutes or rules.facts.MINUTES_DEFAULT,
        interlocutors=_people(draft),
        nothing_agreed=draft.promise is None or draft.promise.is_nothing,
    )
    ends = interview.starts + timedelta(minutes=interview.minutes)
    if ends > now:
        return Imagined(None, None)
    agreements = _agreements(draft.promise, made=ends, has_person=bool(draft.people))
    rated = rules.Vacancy(attractiveness=4, desire=4)
    case = rules.Case(candidate_facts(candidate), interview, rated, agreements=agreements)
    step = rules.decide(case, now=now)
    return Imagined(step, _line(step.reason, candidate, began=ends.astimezone(zone), now=now))


def follow_up_at(candidate: Candidate, promised_on: date | None, *, now: datetime) -> datetime:
    """When to follow up, by these settings, after an interview that ends now: if an answer was
    promised for that day, or with no day named."""
    hour = timedelta(minutes=rules.facts.MINUTES_DEFAULT)
    promise: tuple[rules.Agreement[int], ...] = ()
    if promised_on is not None:
        promise = (rules.Agreement(made=now, due=promised_on),)
    interview: rules.Interview[int] = rules.Interview(
        starts=now - hour, nothing_agreed=promised_on is None
    )
    rated = rules.Vacancy(attractiveness=3, desire=3)
    case = rules.Case(candidate_facts(candidate), interview, rated, agreements=promise)
    due = rules.decide(case, now=now).due
    assert due is not None  # a wait always has a next step
    return due.astimezone(candidate.zone)


def _people(draft: Draft) -> tuple[rules.Interlocutor[int], ...]:
    return tuple(
        rules.Interlocutor(place, rules.Role(person.role) if person.role else None)
        for place, person in enumerate(draft.people)
    )


def _agreements(
    promise: Promise | None, *, made: datetime, has_person: bool
) -> tuple[rules.Agreement[int], ...]:
    if promise is None or promise.is_nothing:
        return ()
    agreement: rules.Agreement[int] = rules.Agreement(
        made=made,
        due=promise.by,
        due_time=promise.at,
        initiator=rules.Initiator(promise.initiator or "employer"),
        channel=rules.Channel(promise.channel or "phone"),
        may_call=rules.MayCall(promise.may_call or "not_asked"),
        responsible=0 if has_person else None,
    )
    return (agreement,)


def _line(
    reason: rules.Reason, candidate: Candidate, *, began: datetime, now: datetime
) -> WaitLine | None:
    waited, runs_on = Waited(began=began), waits_on(reason, candidate)
    if isinstance(runs_on, PromisedDay):
        waited = replace(waited, promised_on=runs_on.day, is_own_promise=runs_on.is_own)
    elif runs_on is not None:
        waited = replace(waited, opens_on=runs_on.opens_on, closes_on=runs_on.closes_on)
    return layout.draw(waited, now=now)
