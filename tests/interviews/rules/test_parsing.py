"""What the parser accepts, what it refuses, and the field that it names."""

from copy import deepcopy
from datetime import UTC, date, datetime, time
from typing import Any

import pytest

from interviews.rules import (
    CaseError,
    Channel,
    FeedbackVia,
    Initiator,
    Lessons,
    MayCall,
    Purpose,
    parse_case,
)
from interviews.working_days import calendar_for

FULL: dict[str, Any] = {
    "now": "2026-11-23T09:00:00+01:00",
    "candidate": {"timezone": "Europe/Berlin", "country": "DE", "subdivision": "BY"},
    "vacancy": {"attractiveness": 4, "desire": 5},
    "interview": {
        "starts": "2026-11-16T14:00:00+01:00",
        "minutes": 60,
        "interlocutors": [{"name": "Anna Petrova", "role": "recruiter"}],
    },
    "agreements": [{"made": "2026-11-16T15:00:00+01:00", "due": "2026-11-20"}],
    "contacts": [
        {
            "at": "2026-11-21T11:00:00+01:00",
            "direction": "out",
            "channel": "email",
            "result": "sent",
        }
    ],
    "result": {"kind": "refusal", "at": "2026-11-22T11:00:00+01:00"},
    "snoozed_until": None,
}


def parse(value: object) -> Any:
    return parse_case(value, calendars=calendar_for)


def changed(path: str, value: object) -> dict[str, Any]:
    """The full case with one value set; `contacts.0.at` goes into lists too."""
    whole = deepcopy(FULL)
    *places, last = path.split(".")
    node: Any = whole
    for place in places:
        node = node[int(place)] if place.isdecimal() else node[place]
    node[int(last) if last.isdecimal() else last] = value
    return whole


def test_everything_left_out_has_its_default() -> None:
    case, now = parse(
        {
            "now": "2026-11-23T09:00:00Z",
            "candidate": {"timezone": "Europe/Berlin"},
            "interview": {"starts": "2026-11-16T14:00:00+01:00"},
        }
    )
    assert now == datetime(2026, 11, 23, 9, tzinfo=UTC)
    assert (case.candidate.opening, case.candidate.closing) == (time(10), time(17))
    assert case.interview.minutes == 60
    assert case.interview.starts == datetime(2026, 11, 16, 13, tzinfo=UTC)
    assert (case.agreements, case.contacts, case.result) == ((), (), None)


def test_the_defaults_of_facts() -> None:
    case, _now = parse(FULL)
    (agreement,), (contact,) = case.agreements, case.contacts
    assert agreement.due == date(2026, 11, 20)
    assert agreement.due_time is None
    assert agreement.initiator == Initiator.EMPLOYER
    assert agreement.channel == Channel.PHONE
    assert agreement.may_call == MayCall.NOT_ASKED
    assert agreement.feedback_via == FeedbackVia.DIRECT
    assert not agreement.silence_is_refusal
    assert contact.purpose == Purpose.FOLLOW_UP
    assert case.result.lessons == Lessons.MISSING


ACCEPTED: list[tuple[str, object]] = [
    ("interview.minutes", 5),
    ("interview.minutes", 720),
    ("interview.interlocutors.0.name", None),
    ("interview.interlocutors.0.role", None),
    ("candidate.contact_hours", ["10:00", "10:30"]),
    ("candidate.subdivision", None),
    ("vacancy", None),
    ("agreements.0.due", "2026-11-16"),
    ("agreements.0.due", "2027-11-16"),
    ("agreements.0.due", None),
    ("agreements.0.made", "2026-11-15T15:00:00+01:00"),
    ("contacts.0.at", "2026-11-15T15:00:00+01:00"),
    ("contacts.0.at", "2026-12-24T15:00:00+01:00"),
    ("contacts.0.channel", None),
    ("contacts.0.with", "Ольга"),
    ("candidate.whatever", "is not read"),
]


@pytest.mark.parametrize(("path", "value"), ACCEPTED)
def test_accepted(path: str, value: object) -> None:
    parse(changed(path, value))


REFUSED: list[tuple[str, object, str]] = [
    ("now", None, "now"),
    ("now", "2026-11-23T09:00:00", "now"),
    ("now", "soon", "now"),
    ("now", 1764000000, "now"),
    ("candidate", None, "candidate"),
    ("candidate", [], "candidate"),
    ("candidate.timezone", None, "candidate.timezone"),
    ("candidate.timezone", "Europe/Berln", "candidate.timezone"),
    ("candidate.timezone", "../etc/passwd", "candidate.timezone"),
    ("candidate.timezone", "europe/berlin", "candidate.timezone"),
    ("candidate.country", "XX", "candidate.country"),
    ("candidate.country", 49, "candidate.country"),
    ("candidate.country", None, "candidate.subdivision"),
    ("candidate.subdivision", "XX", "candidate.subdivision"),
    ("candidate.count", "weekdays", "candidate.count"),
    ("candidate.contact_hours", ["10:00"], "candidate.contact_hours"),
    ("candidate.contact_hours", ["10:00", "10:29"], "candidate.contact_hours"),
    ("candidate.contact_hours", ["17:00", "10:00"], "candidate.contact_hours"),
    ("candidate.contact_hours", ["10:00", "25:00"], "candidate.contact_hours"),
    ("candidate.contact_hours", "10:00-17:00", "candidate.contact_hours"),
    ("vacancy.desire", 0, "vacancy.desire"),
    ("vacancy.desire", 6, "vacancy.desire"),
    ("vacancy.attractiveness", True, "vacancy.attractiveness"),
    ("vacancy.attractiveness", 4.0, "vacancy.attractiveness"),
    ("interview", None, "interview"),
    ("interview.starts", None, "interview.starts"),
    ("interview.starts", "2026-11-16", "interview.starts"),
    ("interview.starts", "9999-12-31T14:00:00+01:00", "interview.starts"),
    ("interview.minutes", 4, "interview.minutes"),
    ("interview.minutes", 721, "interview.minutes"),
    ("interview.minutes", "60", "interview.minutes"),
    ("interview.nothing_agreed", "no", "interview.nothing_agreed"),
    ("interview.interlocutors", {}, "interview.interlocutors"),
    ("interview.interlocutors.0", "Anna", "interview.interlocutors[0]"),
    ("interview.interlocutors.0.role", "boss", "interview.interlocutors[0].role"),
    ("interview.interlocutors.0.name", "\ud83d", "interview.interlocutors[0].name"),
    ("agreements.0.made", None, "agreements[0].made"),
    ("agreements.0.made", "2026-11-15T14:59:59+01:00", "agreements[0].made"),
    ("agreements.0.due", "2026-11-15", "agreements[0].due"),
    ("agreements.0.due", "2027-11-17", "agreements[0].due"),
    ("agreements.0.due", "20.11.2026", "agreements[0].due"),
    ("agreements.0.due", "2026-W47-5", "agreements[0].due"),
    ("agreements.0.due", "2026-02-30", "agreements[0].due"),
    ("agreements.0.due_time", "noon", "agreements[0].due_time"),
    ("agreements.0.initiator", "they", "agreements[0].initiator"),
    ("agreements.0.channel", "pigeon", "agreements[0].channel"),
    ("agreements.0.may_call", True, "agreements[0].may_call"),
    ("agreements.0.silence_is_refusal", 1, "agreements[0].silence_is_refusal"),
    ("agreements.0.feedback_via", "them", "agreements[0].feedback_via"),
    ("contacts.0.at", None, "contacts[0].at"),
    ("contacts.0.at", "2026-11-15T14:59:59+01:00", "contacts[0].at"),
    ("contacts.0.direction", None, "contacts[0].direction"),
    ("contacts.0.direction", "in", "contacts[0].result"),
    ("contacts.0.channel", "phone", "contacts[0].result"),
    ("contacts.0.result", None, "contacts[0].result"),
    ("contacts.0.purpose", "love", "contacts[0].purpose"),
    ("result.kind", None, "result.kind"),
    ("result.at", None, "result.at"),
    ("result.at", "2026-11-15T14:59:59+01:00", "result.at"),
    ("result.lessons", "some", "result.lessons"),
    ("result.recontact_on", "March", "result.recontact_on"),
    ("snoozed_until", "2026-11-25T08:00:00", "snoozed_until"),
]


@pytest.mark.parametrize(("path", "value", "field"), REFUSED)
def test_refused(path: str, value: object, field: str) -> None:
    with pytest.raises(CaseError) as caught:
        parse(changed(path, value))
    assert caught.value.field == field
    assert str(caught.value).startswith(f"{field}: ")


@pytest.mark.parametrize("value", [None, [], "case", 7])
def test_only_an_object_is_a_case(value: object) -> None:
    with pytest.raises(CaseError, match=r"^case: must be an object$"):
        parse(value)


def test_a_due_time_must_come_after_the_agreement() -> None:
    whole = changed("agreements.0.due", "2026-11-16")
    whole["agreements"][0]["due_time"] = "15:00"
    with pytest.raises(CaseError, match=r"^agreements\[0\]\.due_time: must come after"):
        parse(whole)
    whole["agreements"][0]["due_time"] = "15:01"
    parse(whole)


def test_a_year_from_a_leap_day_is_the_first_of_march() -> None:
    whole = changed("interview.starts", "2028-02-29T14:00:00+01:00")
    whole["contacts"], whole["result"] = [], None
    whole["agreements"] = [{"made": "2028-02-29T15:00:00+01:00", "due": "2029-03-01"}]
    parse(whole)
    whole["agreements"][0]["due"] = "2029-03-02"
    with pytest.raises(CaseError, match="a year away"):
        parse(whole)
