"""From a stored row to its timeline.

Reads the row's agreements and contacts: prefetch both for a list, and any number of timelines costs
two queries.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from interviews.current_step import CurrentStep
from interviews.models import Agreement, Candidate, Contact, Interview
from interviews.next_step import candidate_facts, due_in_zone
from interviews.rules import Initiator, Reason, ResultKind, calendar
from interviews.rules.open_wait import WINDOW_OPENS_AFTER
from interviews.text import late_since, outcome_label
from interviews.wait_line import layout
from interviews.wait_line.axis import Axis, AxisRow, row_of
from interviews.wait_line.layout import WaitLine
from interviews.wait_line.waited import ContactDot, DotKind, Outcome, Waited

# A list's timeline shows the newest contacts; an interview's own page shows all.
TOUCHES_IN_A_LIST = 6
# On a longer line weekends would be meaningless stripes.
DAYS_SHADED = 62


_MARKS: dict[str, Outcome] = {
    ResultKind.OFFER: "good",
    ResultKind.NEXT_STAGE: "good",
    ResultKind.REFUSAL: "no",
    ResultKind.ASSUMED_REFUSAL: "no",
}


@dataclass(frozen=True, slots=True)
class PromisedDay:
    """A date, or a time, by which one side wanted to be in touch."""

    day: date
    time: time | None
    is_own: bool


@dataclass(frozen=True, slots=True)
class Window:
    """The days from the first on which to ask to the close of the wait."""

    opens_on: date
    closes_on: date


def waits_on(reason: Reason, candidate: Candidate) -> PromisedDay | Window | None:
    """The promise or the window that the wait runs on, in the candidate's zone. An agreement
    without a day also has a window, from the day on which it was made."""
    if reason.promised_on is not None:
        is_own = reason.initiator == Initiator.CANDIDATE
        return PromisedDay(reason.promised_on, reason.promised_time, is_own)
    opens_on = reason.opens_on
    if opens_on is None and reason.is_on_promise and reason.made_on is not None:
        facts = candidate_facts(candidate)
        opens_on = calendar.days_after(facts, reason.made_on, WINDOW_OPENS_AFTER)
    if opens_on is None or reason.limit_at is None:
        return None
    return Window(opens_on, reason.limit_at.astimezone(candidate.zone).date())


def own_line_of(current: CurrentStep, *, is_for_coach: bool = False) -> WaitLine | None:
    """As its own page shows it: every call and letter, and the days off. None if nothing is or was
    awaited."""
    waited = _waited(current)
    if waited is None:
        return None
    rests = _days_off(current.interview, waited, now=current.now)
    return layout.draw(replace(waited, rests=rests, is_for_coach=is_for_coach), now=current.now)


def axis_row_of(
    current: CurrentStep,
    axis: Axis,
    *,
    most_touches: int = TOUCHES_IN_A_LIST,
    is_for_coach: bool = False,
) -> AxisRow | None:
    """As a list with one axis shows it; None for a cancelled interview."""
    if current.interview.is_cancelled:
        return None
    waited = _waited(current) or _ahead(current)
    touches = waited.touches[-most_touches:]
    shown = replace(waited, touches=touches, is_for_coach=is_for_coach)
    return row_of(shown, axis, due=current.quiet_until)


def bare_axis_row_of(current: CurrentStep, axis: Axis) -> AxisRow | None:
    """If only next steps are shared: the interview's day and how long it has been since."""
    if current.interview.is_cancelled or current.interview.is_answered:
        return None
    is_over = current.interview.ends_at <= current.now
    began = current.interview.ends_at if is_over else current.interview.starts_at
    return row_of(Waited(began=began.astimezone(current.now.tzinfo)), axis)


def _ahead(current: CurrentStep) -> Waited:
    return Waited(began=current.interview.starts_at.astimezone(current.now.tzinfo))


def bare_line_of(current: CurrentStep) -> WaitLine | None:
    """If only next steps are shared: the duration, without promises, contacts and the outcome."""
    interview, now = current.interview, current.now
    began = interview.ends_at.astimezone(now.tzinfo)
    if interview.is_cancelled or began > now or interview.is_answered:
        return None
    return layout.draw(Waited(began=began), now=now)


def _waited(current: CurrentStep) -> Waited | None:
    interview, result, now = current.interview, current.result, current.now
    began = interview.ends_at.astimezone(now.tzinfo)
    if interview.is_cancelled or began > now:
        return None
    waited = Waited(
        began=began,
        touches=tuple(_touch(each, now) for each in interview.contacts.all()),
    )
    if result is None:
        since = late_since(current.step, now=now)
        return replace(_with_promise(waited, current.reason, interview), late_since=since)
    ended = replace(
        waited,
        known_at=max(result.known_at.astimezone(now.tzinfo), began),
        outcome=outcome_label(ResultKind(result.kind)),
        mark=_MARKS.get(result.kind, "ended"),
        answer_by_on=result.offer_answer_by_on if result.is_open_offer else None,
    )
    return _with_agreed_day(ended, interview)


def _with_promise(waited: Waited, reason: Reason, interview: Interview) -> Waited:
    """What the wait runs on, otherwise the agreed day."""
    runs_on = waits_on(reason, interview.candidate)
    if isinstance(runs_on, PromisedDay):
        return replace(waited, promised_on=runs_on.day, is_own_promise=runs_on.is_own)
    if runs_on is not None:
        return replace(waited, opens_on=runs_on.opens_on, closes_on=runs_on.closes_on)
    return _with_agreed_day(waited, interview)


def _with_agreed_day(waited: Waited, interview: Interview) -> Waited:
    agreements = list(interview.agreements.all())
    if not agreements:
        return waited
    agreement = agreements[-1]
    due, _due_time = due_in_zone(agreement, interview.candidate.timezone)
    is_own = agreement.initiator == Agreement.Initiator.CANDIDATE
    return replace(waited, promised_on=due, is_own_promise=is_own)


def _touch(contact: Contact, now: datetime) -> ContactDot:
    at = contact.at.astimezone(now.tzinfo)
    if contact.direction == Contact.Direction.IN:
        return ContactDot(at, DotKind.THEIRS)
    is_call = contact.channel == "phone"
    return ContactDot(at, DotKind.CALL if is_call else DotKind.LETTER)


def _days_off(interview: Interview, waited: Waited, *, now: datetime) -> tuple[date, ...]:
    working = candidate_facts(interview.candidate).calendar
    first, last = waited.began.date(), layout.last_day(waited, now=now)
    count = (last - first).days + 1
    if count > DAYS_SHADED:
        return ()
    days = (first + timedelta(days=n) for n in range(count))
    return tuple(day for day in days if not working.is_working_day(day))
