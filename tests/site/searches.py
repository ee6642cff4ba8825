"""What candidates may have recorded, drawn by Hypothesis, and recorded through the services."""

from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from hypothesis import strategies as st

from interviews.models import Candidate, Interview
from interviews.services import candidates, interviews, vacancies
from tests.interviews.rules import strategies as facts
from tests.support.people import make_agreement, make_contact, make_interview, make_result

# How long ago an interview began, or in how long it will: minutes, the first days densely, as far
# as a wait is reckoned and further, and both ends of what storage takes.
AGES = (
    st.integers(0, 300).map(lambda minutes: timedelta(minutes=minutes))
    | st.integers(0, 15 * 24).map(lambda hours: timedelta(hours=hours))
    | st.sampled_from([364, 365, 366, 367, 731, 1096]).map(lambda days: timedelta(days=days))
    | st.integers(15, 1096).map(lambda days: timedelta(days=days))
    | st.integers(-60, -1).map(lambda days: timedelta(days=days))
)
ENDS = [datetime(1970, 1, 2, 9, 0, tzinfo=UTC), datetime(2199, 12, 30, 9, 0, tzinfo=UTC)]
STAGES = Interview.Stage.values
VIAS = ("", "phone", "email", "message", "in_person", "recruiter", "silence")


@st.composite
def _rounds(draw: st.DrawFn, zone: ZoneInfo, now: datetime) -> dict[str, Any]:
    """One interview and all that was recorded of it."""
    starts = draw(st.sampled_from(ENDS) | AGES.map(lambda age: now - age))
    minutes = draw(st.sampled_from((5, 60, 720)))
    ended = starts + timedelta(minutes=minutes)
    has_neighbours = 1971 < ended.year < 2198  # facts lie around its end
    some = st.lists(facts.contacts(ended), max_size=4) if has_neighbours else st.just([])
    agreed = st.lists(facts.agreements(zone, ended), max_size=2) if has_neighbours else st.just([])
    names = st.lists(st.sampled_from(facts.NAMES), unique=True, max_size=2)
    return {
        "starts": starts,
        "minutes": minutes,
        "stage": draw(st.sampled_from(STAGES)),
        "people": [(name, draw(st.sampled_from(facts.ROLES))) for name in draw(names)],
        "link": draw(st.sampled_from(("", "https://call.example.com/4711"))),
        "continues": draw(st.booleans()),
        "nothing_agreed": draw(st.booleans()),
        "agreements": draw(agreed),
        "contacts": draw(some),
        "result": draw(st.none() | _results(ended)) if has_neighbours else None,
        "snoozed_for": draw(st.none() | st.integers(1, 200)),
        "rated": draw(facts.vacancies()),
        "becomes": draw(st.sampled_from(("", "", "", "cancelled", "moved"))),
    }


@st.composite
def _results(draw: st.DrawFn, ended: datetime) -> dict[str, Any]:
    learned = draw(facts.results(ended))
    said: dict[str, Any] = {
        "kind": learned["kind"],
        "at": learned["at"],
        "via": draw(st.sampled_from(VIAS)),
        "recontact_on": _day(learned["recontact_on"]),
        "lessons": learned["lessons"],
        "competences": draw(st.sampled_from([(), ("SQL",), ("SQL", "patience")])),
        "feedback": draw(st.sampled_from(("", "Not this time"))),
        "recommended_to": draw(st.sampled_from(("", "Data steward, Bolt"))),
    }
    if said["kind"] == "offer":
        days = st.none() | st.integers(0, 60).map(lambda days: ended.date() + timedelta(days=days))
        said |= {"offer_answer": draw(st.sampled_from(("open", "accepted", "declined")))}
        said |= {"offer_answer_by_on": draw(days), "offer_starts_on": draw(days)}
    return said


@st.composite
def searches(draw: st.DrawFn, now: datetime) -> dict[str, Any]:
    """A candidate's choices, and up to three interviews."""
    chosen = draw(facts.candidates())
    zone = ZoneInfo(chosen["timezone"])
    return {
        "candidate": chosen,
        "is_discreet": draw(st.booleans()),
        "is_sharing": draw(st.booleans()),
        "rounds": draw(st.lists(_rounds(zone, now), max_size=3)),
    }


def record(candidate: Candidate, search: dict[str, Any], *, now: datetime) -> None:
    """What a service refuses is left out: the candidate could not record it either."""
    chosen = search["candidate"]
    candidate.timezone, candidate.counting = chosen["timezone"], chosen["count"]
    candidate.country = chosen["country"] or ""
    candidate.subdivision = chosen["subdivision"] or ""
    hours = [time.fromisoformat(clock) for clock in chosen["contact_hours"]]
    candidate.contact_opens, candidate.contact_closes = hours
    candidate.has_discreet_subjects = search["is_discreet"]
    candidate.shares_waits_at = now if search["is_sharing"] else None
    candidate.save()
    candidates.change_settings(candidate=candidate, now=now)
    before: Interview | None = None
    for number, each in enumerate(search["rounds"]):
        before = _interview(candidate, each, number, before, now=now) or before


def _interview(
    candidate: Candidate,
    drawn: dict[str, Any],
    number: int,
    before: Interview | None,
    *,
    now: datetime,
) -> Interview | None:
    fields = {name: drawn[name] for name in ("minutes", "stage", "link", "people")}
    fields["continues"] = before if drawn["continues"] else None
    try:
        row = make_interview(
            candidate, starts_at=drawn["starts"], now=now, company=f"Acme {number}", **fields
        )
    except ValidationError:  # the one before it has not ended, or is answered
        return None
    people = {person.name: person for person in row.interlocutors.all()}
    for fact in _facts(row, drawn, people, now):
        with suppress(ValidationError):
            fact()
    return row


def _facts(row: Interview, drawn: dict[str, Any], people: dict[str, Any], now: datetime) -> Any:
    """What is done to it, in the order in which it was drawn."""
    if drawn["nothing_agreed"]:
        yield lambda: interviews.note_nothing_agreed(interview=row, now=now)
    for agreed in drawn["agreements"]:
        yield lambda agreed=agreed: _agree(row, agreed, people, now)
    for contact in drawn["contacts"]:
        yield lambda contact=contact: _contact(row, contact, people, now)
    rated = drawn["rated"]
    yield lambda: vacancies.rate_vacancy(vacancy=row.vacancy, now=now, **rated)
    if drawn["snoozed_for"]:
        until = now + timedelta(hours=drawn["snoozed_for"])
        yield lambda: interviews.snooze_interview(interview=row, until=until, now=now)
    if drawn["result"] and drawn["result"]["kind"] != "next_stage":
        yield lambda: _answer(row, drawn["result"], now)
    if drawn["becomes"] == "cancelled":
        yield lambda: interviews.cancel_interview(interview=row, now=now)
    if drawn["becomes"] == "moved":
        row.starts_at += timedelta(hours=30)
        yield lambda: interviews.change_interview(interview=row, now=now)


def _agree(row: Interview, said: dict[str, Any], people: dict[str, Any], now: datetime) -> None:
    words = ("initiator", "channel", "may_call", "silence_is_refusal", "feedback_via")
    due_time = said["due_time"]
    make_agreement(
        row,
        now=now,
        made_at=min(datetime.fromisoformat(said["made"]), now),
        due_on=_day(said["due"]),
        due_time=due_time and time.fromisoformat(due_time),
        due_timezone=row.candidate.timezone if due_time else "",
        responsible=people.get(said["responsible"]),
        **{word: said[word] for word in words},
    )


def _answer(row: Interview, said: dict[str, Any], now: datetime) -> None:
    known = min(datetime.fromisoformat(said["at"]), now)
    rest = {name: value for name, value in said.items() if name != "at"}
    make_result(row, now=now, known_at=known, **rest)


def _day(said: str | None) -> date | None:
    return None if said is None else date.fromisoformat(said)


def _contact(row: Interview, said: dict[str, Any], people: dict[str, Any], now: datetime) -> None:
    make_contact(
        row,
        now=now,
        at=min(datetime.fromisoformat(said["at"]), now),
        direction=said["direction"],
        channel=said["channel"],
        outcome=said["result"],
        purpose=said["purpose"],
        person=people.get(said["with"]),
    )
