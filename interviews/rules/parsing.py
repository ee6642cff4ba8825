"""Parse a decoded JSON object into a case; refuse what storage refuses."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from . import limits
from .calendar import date_of
from .facts import (
    CLOSING_DEFAULT,
    MINUTES_DEFAULT,
    OPENING_DEFAULT,
    Agreement,
    Candidate,
    Case,
    Channel,
    Contact,
    ContactResult,
    Count,
    Direction,
    FeedbackVia,
    Initiator,
    Interlocutor,
    Interview,
    Lessons,
    MayCall,
    Purpose,
    Result,
    ResultKind,
    Role,
    Vacancy,
    WorkingCalendar,
)
from .reading import CaseError, Node

# From country and subdivision to a calendar; raises LookupError for unknown ones.
Calendars = Callable[[str | None, str | None], WorkingCalendar]


def parse_case(value: object, *, calendars: Calendars) -> tuple[Case[str], datetime]:
    """Return the case and the moment it asks about; raise CaseError, which names the field."""
    node = Node(value, "")
    now = node.instant("now")
    candidate = _candidate(node.child("candidate"), calendars)
    interview = _interview(node.child("interview"))
    ended = interview.starts + timedelta(minutes=interview.minutes)
    case = Case(
        candidate=candidate,
        vacancy=_vacancy(node.child_or_none("vacancy")),
        interview=interview,
        agreements=tuple(_agreement(n, candidate, ended) for n in node.children("agreements")),
        contacts=tuple(_contact(n, ended) for n in node.children("contacts")),
        result=_result(node.child_or_none("result"), ended),
        snoozed_until=node.instant("snoozed_until") if node.has("snoozed_until") else None,
    )
    return case, now


def _candidate(node: Node, calendars: Calendars) -> Candidate:
    zone = node.text("timezone")
    if not limits.is_known_zone(zone):
        raise node.error("timezone", f"no time zone is named {zone!r}")
    opening, closing = _contact_hours(node)
    return Candidate(
        zone=ZoneInfo(zone),
        calendar=_calendar(node, calendars),
        count=node.choice("count", Count, Count.CALENDAR),
        opening=opening,
        closing=closing,
    )


def _calendar(node: Node, calendars: Calendars) -> WorkingCalendar:
    country, subdivision = node.text_or_none("country"), node.text_or_none("subdivision")
    try:
        calendars(country, None)
    except LookupError:
        raise node.error("country", f"no calendar is known for {country!r}") from None
    try:
        return calendars(country, subdivision)
    except LookupError:
        problem = f"no calendar is known for {subdivision!r} of {country!r}"
        raise node.error("subdivision", problem) from None


def _contact_hours(node: Node) -> tuple[time, time]:
    if not node.has("contact_hours"):
        return OPENING_DEFAULT, CLOSING_DEFAULT
    hours = node.raw("contact_hours")
    if not isinstance(hours, list) or len(hours) != 2:
        raise node.error("contact_hours", 'must be two times, such as ["10:00", "17:00"]')
    opening, closing = (node.clock("contact_hours", each) for each in hours)
    if not limits.are_contact_hours(opening, closing):
        raise node.error("contact_hours", "must open at least 30 minutes before they close")
    return opening, closing


def _vacancy(node: Node | None) -> Vacancy:
    if node is None:
        return Vacancy()
    return Vacancy(attractiveness=_rating(node, "attractiveness"), desire=_rating(node, "desire"))


def _rating(node: Node, key: str) -> int | None:
    if not node.has(key):
        return None
    rating = node.integer(key)
    if not limits.is_rating(rating):
        raise node.error(key, f"must be {limits.RATING_MIN} to {limits.RATING_MAX}")
    return rating


def _interview(node: Node) -> Interview[str]:
    return Interview(
        starts=node.instant("starts"),
        minutes=_minutes(node),
        interlocutors=tuple(_interlocutor(each) for each in node.children("interlocutors")),
        nothing_agreed=node.flag("nothing_agreed"),
        noted=node.instant("noted") if node.has("noted") else None,
    )


def _minutes(node: Node) -> int:
    if not node.has("minutes"):
        return MINUTES_DEFAULT
    minutes = node.integer("minutes")
    if not limits.are_minutes(minutes):
        raise node.error("minutes", f"must be {limits.MINUTES_MIN} to {limits.MINUTES_MAX}")
    return minutes


def _interlocutor(node: Node) -> Interlocutor[str]:
    role = node.choice("role", Role) if node.has("role") else None
    return Interlocutor(person=node.text_or_none("name"), role=role)


def _fact_moment(node: Node, key: str, ended: datetime) -> datetime:
    moment = node.instant(key)
    if not limits.is_recent_enough(moment, ended=ended):
        raise node.error(key, "must be at most a day before the interview's end")
    return moment


def _agreement(node: Node, candidate: Candidate, ended: datetime) -> Agreement[str]:
    agreement = Agreement(
        made=_fact_moment(node, "made", ended),
        due=node.day_or_none("due"),
        due_time=node.clock_or_none("due_time"),
        initiator=node.choice("initiator", Initiator, Initiator.EMPLOYER),
        channel=node.choice("channel", Channel, Channel.PHONE),
        may_call=node.choice("may_call", MayCall, MayCall.NOT_ASKED),
        silence_is_refusal=node.flag("silence_is_refusal"),
        feedback_via=node.choice("feedback_via", FeedbackVia, FeedbackVia.DIRECT),
        responsible=node.text_or_none("responsible"),
    )
    _check_due(node, agreement, candidate)
    return agreement


def _check_due(node: Node, agreement: Agreement[str], candidate: Candidate) -> None:
    made, due, due_time = agreement.made, agreement.due, agreement.due_time
    if due is None:
        return
    if not limits.is_due_day(candidate, made=made, due=due):
        made_on = date_of(candidate, made).isoformat()
        raise node.error("due", f"must not be before the day it was agreed, {made_on}")
    if not limits.is_due_soon_enough(candidate, made=made, due=due):
        raise node.error("due", "must be at most a year away")
    if due_time is not None and not limits.is_due_time(
        candidate, made=made, due=due, due_time=due_time
    ):
        raise node.error("due_time", "must come after the moment it was agreed")


def _contact(node: Node, ended: datetime) -> Contact[str]:
    contact = Contact(
        at=_fact_moment(node, "at", ended),
        direction=node.choice("direction", Direction),
        channel=node.choice("channel", Channel) if node.has("channel") else None,
        result=node.choice("result", ContactResult),
        person=node.text_or_none("with"),
        purpose=node.choice("purpose", Purpose, Purpose.FOLLOW_UP),
    )
    if not limits.is_contact(contact.direction, contact.channel, contact.result):
        raise node.error("result", "sent is for what the candidate wrote, not said or received")
    return contact


def _result(node: Node | None, ended: datetime) -> Result | None:
    if node is None:
        return None
    return Result(
        kind=node.choice("kind", ResultKind),
        at=_fact_moment(node, "at", ended),
        lessons=node.choice("lessons", Lessons, Lessons.MISSING),
        recontact_on=node.day_or_none("recontact_on"),
    )


__all__ = ["Calendars", "CaseError", "parse_case"]
