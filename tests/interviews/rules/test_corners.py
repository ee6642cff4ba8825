"""Special cases of the calendar and of facts, each computed by hand from docs/rules.md."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from interviews.rules import (
    Candidate,
    Case,
    Channel,
    Contact,
    ContactResult,
    Count,
    Direction,
    FeedbackVia,
    Initiator,
    Interview,
    MayCall,
    Result,
    ResultKind,
    State,
    WorkingCalendar,
    contact_moment,
    decide,
    state_of,
)
from tests.interviews.rules.build import as_line, at, candidate, case, contact, next_step, promise

OWN = Initiator.CANDIDATE

# what, the case, the local moment asked about, the answer
CORNERS: list[tuple[str, Case[str], str, str]] = [
    (
        "29 February counts as a day of the window",
        case("2028-02-25 14:00", nothing_agreed=True, ratings=(4, 4)),
        "2028-02-26 12:00",
        "call 2028-03-01 10:00 Anna Petrova window-closed",
    ),
    (
        "without a leap day the same dates end a day later",
        case("2027-02-24 14:00", nothing_agreed=True, ratings=(4, 4)),
        "2027-02-26 12:00",
        "call 2027-03-01 10:00 Anna Petrova window-closed",
    ),
    (
        "promised by 28 February of a leap year: the 29th",
        case("2028-02-21 14:00", agreements=[promise("2028-02-21 15:00", "2028-02-28")]),
        "2028-02-22 12:00",
        "call 2028-02-29 10:00 Anna Petrova promise-lapsed",
    ),
    (
        "a promised half past two that the clocks skip is read as half past three",
        case(
            "2027-03-22 14:00",
            agreements=[promise("2027-03-22 15:00", "2027-03-28", "02:30", initiator=OWN)],
        ),
        "2027-03-23 12:00",
        "call 2027-03-28 03:30 Anna Petrova your-turn",
    ),
    (
        "24 hours before an interview on the day after the clocks changed",
        case("2027-03-28 14:00"),
        "2027-03-20 12:00",
        "prepare 2027-03-27 13:00 Anna Petrova interview-ahead",
    ),
    (
        "Cairo, 30 April 2027: the promise of the 29th lapses though midnight does not exist",
        case(
            "2027-04-25 14:00",
            zone="Africa/Cairo",
            country=None,
            agreements=[promise("2027-04-25 15:00", "2027-04-29", zone="Africa/Cairo")],
        ),
        "2027-04-26 12:00",
        "call 2027-04-30 10:00 Anna Petrova promise-lapsed",
    ),
    (
        "Cairo with Egypt's weekend of Friday and Saturday: Sunday, 2 May",
        case(
            "2027-04-25 14:00",
            zone="Africa/Cairo",
            country="EG",
            agreements=[promise("2027-04-25 15:00", "2027-04-29", zone="Africa/Cairo")],
        ),
        "2027-04-26 12:00",
        "call 2027-05-02 10:00 Anna Petrova promise-lapsed",
    ),
    (
        "Kiritimati, fourteen hours ahead: its own Friday",
        case(
            "2026-11-16 14:00",
            zone="Pacific/Kiritimati",
            agreements=[promise("2026-11-16 15:00", "2026-11-19", zone="Pacific/Kiritimati")],
        ),
        "2026-11-17 12:00",
        "call 2026-11-20 10:00 Anna Petrova promise-lapsed",
    ),
    (
        "Pago Pago, eleven hours behind: its own Friday",
        case(
            "2026-11-16 14:00",
            zone="Pacific/Pago_Pago",
            agreements=[promise("2026-11-16 15:00", "2026-11-19", zone="Pacific/Pago_Pago")],
        ),
        "2026-11-17 12:00",
        "call 2026-11-20 10:00 Anna Petrova promise-lapsed",
    ),
    (
        "an hour's grace from half past eleven at night runs into the next day",
        case(agreements=[promise("2026-11-16 15:00", "2026-11-18", "23:30")]),
        "2026-11-17 12:00",
        "call 2026-11-19 10:00 Anna Petrova promise-lapsed",
    ),
    (
        "an hour's grace that ends at closing is past it",
        case(agreements=[promise("2026-11-16 15:00", "2026-11-18", "16:00")]),
        "2026-11-17 12:00",
        "call 2026-11-19 10:00 Anna Petrova promise-lapsed",
    ),
    (
        "of two agreements at one instant the later listed holds",
        case(
            agreements=[
                promise("2026-11-16 15:00", "2026-11-18"),
                promise("2026-11-16 15:00", "2026-11-25"),
            ]
        ),
        "2026-11-17 12:00",
        "call 2026-11-26 10:00 Anna Petrova promise-lapsed",
    ),
    (
        "the agreement made last holds, wherever it stands in the list",
        case(
            agreements=[
                promise("2026-11-17 15:00", "2026-11-25"),
                promise("2026-11-16 15:00", "2026-11-18"),
            ]
        ),
        "2026-11-17 16:00",
        "call 2026-11-26 10:00 Anna Petrova promise-lapsed",
    ),
    (
        "being reached at the very moment of the agreement settles nothing",
        case(
            agreements=[promise("2026-11-18 11:00", "2026-11-18")],
            contacts=[contact("2026-11-18 11:00", "in", "reached", "Bill Ng")],
        ),
        "2026-11-18 12:00",
        "call 2026-11-19 10:00 Anna Petrova promise-lapsed",
    ),
    (
        "a call missed at the moment of the result is done with",
        case(
            contacts=[contact("2026-11-18 11:00", "in", "no_answer")],
            result=Result(ResultKind.OFFER, at("2026-11-18 11:00")),
        ),
        "2026-11-18 12:00",
        "done never nobody result-known",
    ),
    (
        "a call missed after the result is returned",
        case(
            contacts=[contact("2026-11-18 11:01", "in", "no_answer", "Bill Ng")],
            result=Result(ResultKind.OFFER, at("2026-11-18 11:00")),
        ),
        "2026-11-18 12:00",
        "call 2026-11-18 11:01 Bill Ng missed-call",
    ),
    (
        "speaking at the very moment of the missed call does not close it",
        case(
            contacts=[
                contact("2026-11-18 11:00", "in", "no_answer"),
                contact("2026-11-18 11:00", "out", "reached", "Bill Ng"),
            ]
        ),
        "2026-11-18 12:00",
        "call 2026-11-18 11:00 Bill Ng missed-call",
    ),
    (
        "a contact during the interview does not count",
        case(contacts=[contact("2026-11-16 15:00", "out", "reached")]),
        "2026-11-16 15:30",
        "fix_agreement 2026-11-16 15:00 Anna Petrova agreement-missing",
    ),
    (
        "a letter sent at the moment of the answer was not sent before it",
        case(
            nothing_agreed=True,
            ratings=(4, 4),
            contacts=[
                contact("2026-11-17 11:00", "out", "sent"),
                contact("2026-11-17 11:00", "in", "reached", "Bill Ng"),
            ],
        ),
        "2026-11-17 12:00",
        "call 2026-11-23 10:00 Bill Ng window-closed",
    ),
    (
        "feedback through the recruiter, but none was there: the one responsible",
        case(
            interlocutors=(),
            agreements=[
                promise(
                    "2026-11-16 15:00",
                    "2026-11-18",
                    feedback_via=FeedbackVia.RECRUITER,
                    responsible="Dev Rao",
                )
            ],
        ),
        "2026-11-17 12:00",
        "call 2026-11-19 10:00 Dev Rao promise-lapsed",
    ),
    (
        "told not to call, and a candidate's promise to call: the promise goes first",
        case(
            agreements=[
                promise("2026-11-16 15:00", "2026-11-18", initiator=OWN, may_call=MayCall.NO)
            ]
        ),
        "2026-11-17 12:00",
        "call 2026-11-18 10:00 Anna Petrova your-turn",
    ),
    (
        "a letter keeps no promise to call: it may be answered first",
        case(
            agreements=[promise("2026-11-16 15:00", "2026-11-18", initiator=OWN)],
            contacts=[contact("2026-11-18 10:30", "out", "sent", "Bill Ng")],
        ),
        "2026-11-18 12:00",
        "close 2026-11-25 10:00 Bill Ng letter-unanswered",
    ),
    (
        "silence is no refusal where the candidate makes contact",
        case(
            agreements=[
                promise("2026-11-16 15:00", "2026-11-18", initiator=OWN, silence_is_refusal=True)
            ]
        ),
        "2026-11-17 12:00",
        "call 2026-11-18 10:00 Anna Petrova your-turn",
    ),
    (
        "a snooze into the weekend ends on Monday",
        case(
            agreements=[promise("2026-11-16 15:00", "2026-11-18")],
            snoozed_until=at("2026-11-21 12:00"),
        ),
        "2026-11-19 12:00",
        "call 2026-11-23 10:00 Anna Petrova promise-lapsed",
    ),
    (
        "a snooze that ends before the step is due changes nothing",
        case(
            agreements=[promise("2026-11-16 15:00", "2026-11-18")],
            snoozed_until=at("2026-11-17 12:00"),
        ),
        "2026-11-17 10:00",
        "call 2026-11-19 10:00 Anna Petrova promise-lapsed",
    ),
    (
        "working days over Easter: four and five of them",
        case(
            "2027-03-24 14:00",
            candidate=candidate(country="DE", count=Count.WORKING),
            nothing_agreed=True,
            ratings=(4, 4),
        ),
        "2027-03-25 12:00",
        "call 2027-04-02 10:00 Anna Petrova window-closed",
    ),
]


@pytest.mark.parametrize(
    ("the_case", "now", "expected"),
    [corner[1:] for corner in CORNERS],
    ids=[corner[0] for corner in CORNERS],
)
def test_corner(the_case: Case[str], now: str, expected: str) -> None:
    assert as_line(next_step(now, the_case)) == expected


def test_cairo_has_no_midnight() -> None:
    cairo = Candidate(ZoneInfo("Africa/Cairo"), opening=time(0), closing=time(12))
    assert contact_moment(cairo, at("2027-04-29 18:00", "Africa/Cairo")) == datetime(
        2027, 4, 29, 22, 0, tzinfo=UTC
    )


def test_the_doubled_hour_is_compared_as_instants() -> None:
    """Half past two comes twice; the second is past an opening at the first."""
    berlin = Candidate(
        ZoneInfo("Europe/Berlin"),
        WorkingCalendar(weekend=frozenset()),
        opening=time(2, 30),
        closing=time(17),
    )
    second = datetime(2026, 10, 25, 1, 10, tzinfo=UTC)
    assert second.astimezone(berlin.zone).time() == time(2, 10)
    assert contact_moment(berlin, second) == second


def test_instants_are_compared_whatever_zone_they_come_in() -> None:
    """Two facts an hour apart show the same time on the wall when the clocks go back."""
    zone = ZoneInfo("Europe/Berlin")
    first = datetime(2026, 10, 25, 2, 30, tzinfo=zone)
    second = first.replace(fold=1)
    interview: Interview[str] = Interview(first - timedelta(hours=2), 60)
    missed: Contact[str] = Contact(
        first, Direction.IN, Channel.PHONE, ContactResult.NO_ANSWER, "Anna Petrova"
    )
    reached: Contact[str] = Contact(
        second, Direction.OUT, Channel.PHONE, ContactResult.REACHED, "Anna Petrova"
    )
    answer = decide(Case(Candidate(zone), interview, contacts=(reached, missed)), second)
    assert answer.rule == "already-asked"


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="has no zone"):
        decide(case(), datetime(2026, 11, 16, 14, 0))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("now", "state"),
    [
        ("2026-11-20 09:59", State.WAITING),
        ("2026-11-20 10:00", State.DUE),
        ("2026-11-20 23:59", State.DUE),
        ("2026-11-21 00:00", State.OVERDUE),
    ],
)
def test_state(now: str, state: State) -> None:
    zone = ZoneInfo("Europe/Berlin")
    assert state_of(at("2026-11-20 10:00"), now=at(now), zone=zone) == state


def test_what_is_done_has_no_state() -> None:
    assert state_of(None, now=at("2026-11-20 10:00"), zone=ZoneInfo("UTC")) is None


def test_a_person_is_handed_through_untouched() -> None:
    """An id of 0 is a person like any other."""
    numbered: Case[int] = Case(
        candidate(),
        Interview(at("2026-11-16 14:00"), 60),
        agreements=(promise("2026-11-16 15:00", "2026-11-18", responsible=0),),
    )
    assert decide(numbered, at("2026-11-19 12:00")).person == 0
