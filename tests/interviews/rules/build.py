"""Short ways to write a case down in a test: Berlin, a Monday, an hour from two o'clock."""

from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from interviews.rules import (
    Agreement,
    Candidate,
    Case,
    Channel,
    Contact,
    ContactResult,
    Direction,
    Interlocutor,
    Interview,
    NextStep,
    Purpose,
    Role,
    Vacancy,
    decide,
)
from interviews.working_days import calendar_for

BERLIN = ZoneInfo("Europe/Berlin")
ANNA = Interlocutor("Anna Petrova", Role.RECRUITER)
CHLOE = Interlocutor("Chloé Martin", Role.TOP_MANAGER)


def at(text: str, zone: str = "Europe/Berlin") -> datetime:
    """A local moment, such as `2026-11-16 14:00`, in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def day(text: str) -> date:
    return date.fromisoformat(text)


def candidate(zone: str = "Europe/Berlin", country: str | None = None, **said: Any) -> Candidate:
    return Candidate(ZoneInfo(zone), calendar_for(country), **said)


def promise(made: str, due: str | None = None, clock: str | None = None, **said: Any) -> Any:
    zone = said.pop("zone", "Europe/Berlin")
    return Agreement(
        made=at(made, zone),
        due=due and day(due),  # type: ignore[arg-type]
        due_time=clock and time.fromisoformat(clock),  # type: ignore[arg-type]
        **said,
    )


def contact(
    moment: str, direction: str, result: str, person: str | None = None, **said: Any
) -> Any:
    zone = said.pop("zone", "Europe/Berlin")
    channel = Channel.EMAIL if result == "sent" else Channel.PHONE
    return Contact(
        at=at(moment, zone),
        direction=Direction(direction),
        channel=channel,
        result=ContactResult(result),
        person=person,
        purpose=Purpose(said.pop("purpose", "follow_up")),
    )


def case(starts: str = "2026-11-16 14:00", **said: Any) -> Case[str]:
    """`zone` and `country` are the candidate's; what is left is said of the case."""
    zone = said.pop("zone", "Europe/Berlin")
    person = said.pop("candidate", None) or candidate(zone, said.pop("country", None))
    interlocutors = said.pop("interlocutors", (ANNA, CHLOE))
    nothing_agreed = said.pop("nothing_agreed", False)
    ratings = said.pop("ratings", (None, None))
    return Case(
        candidate=person,
        interview=Interview(at(starts, zone), 60, interlocutors, nothing_agreed),
        vacancy=Vacancy(*ratings),
        agreements=tuple(said.pop("agreements", ())),
        contacts=tuple(said.pop("contacts", ())),
        **said,
    )


def next_step(now: str, the_case: Case[str]) -> NextStep[str]:
    """What comes out at this local moment."""
    moment = datetime.fromisoformat(now).replace(tzinfo=the_case.candidate.zone)
    return decide(the_case, moment)


def as_line(step: NextStep[str]) -> str:
    """The answer on one line, as the tables of the tests write it."""
    due = "never" if step.due is None else step.due.strftime("%Y-%m-%d %H:%M")
    return f"{step.step} {due} {step.person or 'nobody'} {step.rule}"
