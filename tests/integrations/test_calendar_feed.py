"""What calendar programs receive: valid, with stable UIDs and rising numbers."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar, Event
from icalendar.parser import Contentlines

from integrations import feed_address
from integrations.calendar_feed import Text, told_by
from interviews.models import CalendarEvent, CalendarFeed, Candidate, Interview
from interviews.services import candidates, interviews
from tests.support.people import make_agreement, make_contact, make_interview, make_result
from tests.support.queries import count_queries
from tests.support.step_factories import MAKERS, stand


@pytest.fixture
def feed(alice: Candidate, now: datetime) -> CalendarFeed:
    return feed_address.create_feed(candidate=alice, now=now)


def read(feed: CalendarFeed, now: datetime) -> Calendar:
    """As icalendar reads it, with every line read strictly and nothing passed over."""
    body = told_by(CalendarFeed.objects.get(pk=feed.pk), now=now).body()
    assert body.endswith(b"\r\n")
    assert b"\n" not in body.replace(b"\r\n", b"")
    assert all(len(line) <= 75 for line in body.split(b"\r\n"))
    for line in Contentlines.from_ical(body.decode()):
        if line:
            line.strict = True
            line.parts()
    calendar = Calendar.from_ical(body)
    assert not [error for each in calendar.walk() for error in each.errors]
    return calendar


def events(feed: CalendarFeed, now: datetime) -> dict[str, Event]:
    """By the kind in their keys; those of one interview alone."""
    found = {str(each["UID"]): each for each in read(feed, now).events}
    by_kind = {uid.split("-")[0]: each for uid, each in found.items()}
    assert len(by_kind) == len(found)
    return by_kind


def text(event: Event, name: str) -> str:
    return str(event.get(name, ""))


def coming(alice: Candidate, now: datetime, **fields: object) -> Interview:
    return make_interview(alice, starts_at=now + timedelta(days=3), now=now, **fields)


def test_the_frame(feed: CalendarFeed, alice: Candidate, now: datetime) -> None:
    coming(alice, now)
    calendar = read(feed, now)
    assert (calendar["VERSION"], calendar["METHOD"]) == ("2.0", "PUBLISH")
    assert calendar["X-WR-CALNAME"] == "Interviews"
    assert calendar["X-WR-TIMEZONE"] == "Europe/Berlin"
    assert calendar["REFRESH-INTERVAL"].dt == timedelta(hours=1)
    assert not calendar.get_missing_tzids()


def test_without_events_it_has_its_zone_and_stays_the_same(
    feed: CalendarFeed, now: datetime
) -> None:
    body = told_by(feed, now=now).body()
    (part,) = Calendar.from_ical(body).subcomponents
    assert (part.name, part["TZID"]) == ("VTIMEZONE", "Europe/Berlin")
    assert told_by(feed, now=now + timedelta(days=400)).body() == body


def test_nothing_yet(feed: CalendarFeed, now: datetime) -> None:
    assert read(feed, now).events == []


def test_an_interview(feed: CalendarFeed, alice: Candidate, now: datetime) -> None:
    row = coming(alice, now, place="Hauptstraße 1; 2. Stock", link="https://meet.example.org/x")
    event = events(feed, now)["interview"]
    assert str(event["UID"]) == f"interview-{row.pk}@hearback"
    assert event["DTSTART"].dt == row.starts_at
    assert event["DTSTART"].params["TZID"] == "Europe/Berlin"
    assert event["DTEND"].dt == row.ends_at
    assert text(event, "SUMMARY") == "First interview: Product analyst, Acme"
    assert text(event, "LOCATION") == "Hauptstraße 1; 2. Stock"
    assert "Anna Petrova, recruiter\nhttps://meet.example.org/x\n" in text(event, "DESCRIPTION")
    assert (event["STATUS"], event["TRANSP"], event["SEQUENCE"]) == ("CONFIRMED", "OPAQUE", 0)
    (alarm,) = event.walk("VALARM")
    assert (alarm["ACTION"], alarm["TRIGGER"].dt) == ("DISPLAY", timedelta(hours=-1))


def test_a_step_rings_when_it_is_due_and_says_why(
    feed: CalendarFeed, alice: Candidate, now: datetime
) -> None:
    row = stand(alice, "call", now=now)
    event = events(feed, now)["step"]
    assert event["DTSTART"].dt == row.step_due_at
    assert text(event, "SUMMARY") == "Call Anna Petrova: Acme"
    assert "Anna Petrova promised an answer by Sunday 22 November. It’s Monday" in text(
        event, "DESCRIPTION"
    )
    (alarm,) = event.walk("VALARM")
    assert alarm["TRIGGER"].dt == timedelta()


@pytest.mark.parametrize("initiator", ["candidate", "employer"])
def test_a_promise_that_was_kept_gives_way_to_a_window(
    feed: CalendarFeed, alice: Candidate, now: datetime, initiator: str
) -> None:
    row = make_interview(alice, starts_at=now - timedelta(days=3), now=now)
    make_agreement(row, now=now, due_on=now.date(), initiator=initiator)
    assert events(feed, now)["promise"]["STATUS"] == "CONFIRMED"
    make_contact(row, now=now, outcome="reached")
    found = events(feed, now)
    assert found["promise"]["STATUS"] == "CANCELLED"
    assert found["window"]["DTSTART"].dt == date(2026, 11, 29)


def test_agreed_with_no_day_named(feed: CalendarFeed, alice: Candidate, now: datetime) -> None:
    """The window is the one of the wait-line, from the day on which it was agreed."""
    row = make_interview(alice, starts_at=now - timedelta(days=1), now=now)
    make_agreement(row, now=now, made_at=now)
    found = events(feed, now)
    assert "promise" not in found
    event = found["window"]
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (date(2026, 11, 29), date(2026, 12, 1))


def test_a_promised_day(feed: CalendarFeed, alice: Candidate, now: datetime) -> None:
    row = make_interview(alice, starts_at=now - timedelta(days=1), now=now)
    make_agreement(row, now=now, due_on=date(2026, 11, 30))
    event = events(feed, now)["promise"]
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (date(2026, 11, 30), date(2026, 12, 1))
    assert text(event, "SUMMARY") == "Answer promised: Acme"
    assert event["TRANSP"] == "TRANSPARENT"


def test_a_promised_time_said_in_another_zone(
    feed: CalendarFeed, alice: Candidate, now: datetime
) -> None:
    row = make_interview(alice, starts_at=now - timedelta(days=1), now=now)
    make_agreement(
        row,
        now=now,
        due_on=date(2026, 11, 30),
        due_time=time(9),
        due_timezone="America/New_York",
        initiator="candidate",
    )
    event = events(feed, now)["promise"]
    assert event["DTSTART"].dt == datetime(2026, 11, 30, 14, tzinfo=UTC)
    assert text(event, "SUMMARY") == "Follow up as agreed: Acme"


def test_the_agreement_in_force_is_the_one_that_stands(
    feed: CalendarFeed, alice: Candidate, now: datetime
) -> None:
    row = make_interview(alice, starts_at=now - timedelta(days=1), now=now)
    make_agreement(row, now=now, due_on=date(2026, 11, 30))
    first = events(feed, now)["promise"]
    make_agreement(row, now=now, made_at=now, due_on=date(2026, 12, 2))
    second = events(feed, now)["promise"]
    assert second["UID"] == first["UID"]
    assert (second["DTSTART"].dt, second["SEQUENCE"]) == (date(2026, 12, 2), 1)


def test_a_window_of_two_days(feed: CalendarFeed, alice: Candidate, now: datetime) -> None:
    row = make_interview(alice, starts_at=now - timedelta(days=1), now=now)
    interviews.note_nothing_agreed(interview=row, now=now)
    event = events(feed, now)["window"]
    # Held on 24 November: from the fourth day to the fifth.
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (date(2026, 11, 28), date(2026, 12, 1))
    assert text(event, "SUMMARY") == "Waiting for news (4–5 days): Acme"


def test_an_offer_until_it_is_answered(feed: CalendarFeed, alice: Candidate, now: datetime) -> None:
    row = make_interview(alice, starts_at=now - timedelta(days=1), now=now)
    offer = {"kind": "offer", "offer_answer": "open", "offer_answer_by_on": date(2026, 12, 4)}
    result = make_result(row, now=now, **offer)
    event = events(feed, now)["offer"]
    assert event["DTSTART"].dt == date(2026, 12, 4)
    assert text(event, "SUMMARY") == "Answer the offer: Acme"
    type(result).objects.update(offer_answer="accepted")
    assert events(feed, now)["offer"]["STATUS"] == "CANCELLED"


@pytest.mark.parametrize("step", MAKERS)
def test_every_step_has_an_event(
    feed: CalendarFeed, alice: Candidate, now: datetime, step: str
) -> None:
    row = stand(alice, step, now=now)
    assert events(feed, now)["step"]["DTSTART"].dt == row.step_due_at


def test_keys_stay_and_numbers_rise_over_edits(
    feed: CalendarFeed, alice: Candidate, now: datetime
) -> None:
    row = coming(alice, now)
    before = events(feed, now)["interview"]
    later = now + timedelta(hours=1)
    row.starts_at += timedelta(days=1)
    interviews.change_interview(interview=row, now=later)
    after = events(feed, later)["interview"]
    assert after["UID"] == before["UID"]
    assert (before["SEQUENCE"], after["SEQUENCE"]) == (0, 1)
    assert after["LAST-MODIFIED"].dt == after["DTSTAMP"].dt == later
    assert events(feed, later + timedelta(days=1))["interview"]["SEQUENCE"] == 1


def test_asked_again_nothing_is_changed(
    feed: CalendarFeed, alice: Candidate, now: datetime
) -> None:
    """A day later too, whatever is overdue by then."""
    for number, step in enumerate(MAKERS):
        stand(alice, step, now=now, company=f"Acme {number}")
    told_by(feed, now=now)
    told = list(CalendarEvent.objects.order_by("pk").values())
    assert len(told) > len(MAKERS)
    steps = {str(row.pk): row.step for row in Interview.objects.all()}
    told_by(feed, now=now)
    assert list(CalendarEvent.objects.order_by("pk").values()) == told
    told_by(feed, now=now + timedelta(minutes=30))
    assert list(CalendarEvent.objects.order_by("pk").values()) == told, steps


def test_a_cancelled_interview_is_cancelled_for_three_weeks(
    feed: CalendarFeed, alice: Candidate, now: datetime
) -> None:
    row = make_interview(alice, starts_at=now + timedelta(days=30), now=now)
    told_by(feed, now=now)
    interviews.cancel_interview(interview=row, now=now)
    event = events(feed, now)["interview"]
    assert (event["STATUS"], event["SEQUENCE"]) == ("CANCELLED", 1)
    assert event["DTSTART"].dt == row.starts_at
    assert "Acme" not in event.to_ical().decode()
    assert "interview" in events(feed, now + timedelta(days=20))
    assert "interview" not in events(feed, now + timedelta(days=22))
    assert not CalendarEvent.objects.exists()


def test_taking_place_after_all_it_is_confirmed_again(
    feed: CalendarFeed, alice: Candidate, now: datetime
) -> None:
    row = coming(alice, now)
    told_by(feed, now=now)
    interviews.cancel_interview(interview=row, now=now)
    told_by(feed, now=now)
    interviews.reinstate_interview(interview=row, now=now)
    event = events(feed, now)["interview"]
    assert (event["STATUS"], event["SEQUENCE"]) == ("CONFIRMED", 2)


def test_a_settled_promise_is_cancelled(
    feed: CalendarFeed, alice: Candidate, now: datetime
) -> None:
    row = make_interview(alice, starts_at=now - timedelta(days=1), now=now)
    make_agreement(row, now=now, due_on=date(2026, 11, 30))
    told_by(feed, now=now)
    make_result(row, now=now, lessons="skipped")
    found = events(feed, now)
    assert (found["promise"]["STATUS"], found["step"]["STATUS"]) == ("CANCELLED", "CANCELLED")
    assert found["interview"]["STATUS"] == "CONFIRMED"


def test_only_from_sixty_days_ago_on(feed: CalendarFeed, alice: Candidate, now: datetime) -> None:
    row = make_interview(alice, starts_at=now - timedelta(days=59), now=now - timedelta(days=59))
    make_result(row, now=now - timedelta(days=58), lessons="skipped")
    assert set(events(feed, now)) == {"interview"}
    assert events(feed, now + timedelta(days=2)) == {}
    assert not CalendarEvent.objects.exists()


def test_discreet_titles_name_nobody(feed: CalendarFeed, alice: Candidate, now: datetime) -> None:
    alice.has_discreet_subjects = True
    candidates.change_settings(candidate=alice, now=now)
    promised = stand(alice, "call", now=now)
    coming(alice, now, company="Acme Two")
    calendar = read(feed, now)
    titles = [text(each, "SUMMARY") for each in calendar.events]
    titles += [text(each, "DESCRIPTION") for each in calendar.walk("VALARM")]
    assert len(titles) > 5
    assert not [title for title in titles if "Acme" in title or "Anna" in title]
    assert promised.step == "call"
    assert "Call" in titles


def test_both_changes_of_the_clocks_are_defined(
    feed: CalendarFeed, alice: Candidate, now: datetime
) -> None:
    make_interview(alice, starts_at=now - timedelta(days=40), now=now)
    make_interview(alice, starts_at=now + timedelta(days=150), now=now, company="Bolt")
    (zone,) = read(feed, now).timezones
    berlin = zone.to_tz(lookup_tzid=False)
    first = datetime(2026, 1, 1, tzinfo=UTC)
    for hours in range(2 * 365 * 24):
        moment = first + timedelta(hours=hours)
        local = moment.astimezone(ZoneInfo("Europe/Berlin"))
        read_as = local.replace(tzinfo=berlin, fold=0)
        if local.fold == 0:
            assert read_as.utcoffset() == local.utcoffset(), local


@pytest.mark.parametrize("zone", ["Africa/Cairo", "America/New_York", "Australia/Lord_Howe", "UTC"])
def test_every_zone_is_defined(
    feed: CalendarFeed, alice: Candidate, now: datetime, zone: str
) -> None:
    alice.timezone = zone
    candidates.change_settings(candidate=alice, now=now)
    row = coming(alice, now)
    calendar = read(feed, now)
    assert not calendar.get_missing_tzids()
    assert calendar.events[0]["DTSTART"].dt <= row.starts_at


def test_constant_queries(feed: CalendarFeed, alice: Candidate, now: datetime) -> None:
    def fetch() -> int:
        return count_queries(
            lambda: told_by(
                CalendarFeed.objects.select_related("candidate__user").get(pk=feed.pk), now=now
            )
        )

    stand(alice, "call", now=now)
    told_by(feed, now=now)
    few = fetch()
    for number in range(20):
        make_interview(alice, starts_at=now + timedelta(days=1), now=now, company=f"A {number}")
    first = fetch()  # which writes what is new
    assert fetch() == few <= 8
    assert first < 20


def test_what_is_new_is_told_once_by_two_programs(
    feed: CalendarFeed, alice: Candidate, now: datetime
) -> None:
    """The second had read before the first wrote: under the lock it finds what was told."""
    coming(alice, now)
    stale = feed_address.told(feed)
    first = told_by(feed, now=now).body()
    assert stale == {}
    assert told_by(feed, now=now).body() == first
    assert set(CalendarEvent.objects.values_list("sequence", flat=True)) == {0}


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=200))
def test_any_text_comes_back_as_it_went(said: str) -> None:
    event = Event()
    event.add("summary", Text(said))
    body = event.to_ical()
    assert all(len(line) <= 75 for line in body.split(b"\r\n"))
    assert str(Event.from_ical(body)["SUMMARY"]) == said


@pytest.mark.parametrize("name", ["x" * 200, "أحمد \u200f‮evil", "😀" * 50, "<b>;,\\N\\n</b>"])
def test_any_name_survives_in_the_feed(
    feed: CalendarFeed, alice: Candidate, now: datetime, name: str
) -> None:
    coming(alice, now, company=name, people=((name, "recruiter"),))
    event = events(feed, now)["interview"]
    assert text(event, "SUMMARY") == f"First interview: Product analyst, {name}"
    assert f"{name}, recruiter" in text(event, "DESCRIPTION")


def test_contact_words_do_not_leak(feed: CalendarFeed, alice: Candidate, now: datetime) -> None:
    row = make_interview(alice, starts_at=now - timedelta(days=1), now=now, notes="a secret")
    make_contact(row, now=now, notes="a secret")
    assert b"secret" not in told_by(feed, now=now).body()


def test_what_is_overdue_tells_nothing_new_the_next_day(
    feed: CalendarFeed, alice: Candidate, now: datetime
) -> None:
    stand(alice, "call", now=now)
    first = told_by(feed, now=now).body()
    assert told_by(feed, now=now + timedelta(days=1)).body() == first


def test_the_etag_is_another_for_whatever_is_told_otherwise(
    feed: CalendarFeed, alice: Candidate, now: datetime
) -> None:
    def asked() -> tuple[str, bytes]:
        told = told_by(CalendarFeed.objects.get(pk=feed.pk), now=now)
        return told.etag, told.body()

    seen = [asked()]
    row = coming(alice, now)
    seen.append(asked())
    assert asked() == seen[-1]
    Interview.objects.update(place="Somewhere else")
    seen.append(asked())
    alice.timezone = "Asia/Tokyo"
    candidates.change_settings(candidate=alice, now=now)
    seen.append(asked())
    interviews.cancel_interview(interview=row, now=now)
    seen.append(asked())
    etags, bodies = zip(*seen, strict=True)
    assert len(set(etags)) == len(set(bodies)) == len(seen)
