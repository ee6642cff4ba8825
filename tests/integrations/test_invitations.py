"""Invitations in the dialects of different programs, at the right instant."""

import io
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from integrations.content_lines_read import UnreadableError
from integrations.ical_attendees import Invited, Own, company_of
from integrations.invitations import Invitation, read_invitations

DATA = Path(__file__).parents[1] / "data" / "invitations"
BERLIN = ZoneInfo("Europe/Berlin")
EVENT = ["UID:1@acme.example", "SUMMARY:Interview"]


def read_all(content: bytes) -> list[Invitation]:
    own = Own(["alice@example.org"], "Alice Adams")
    return read_invitations(io.BytesIO(content), zone=BERLIN, own=own)


def read(content: bytes) -> Invitation:
    return read_all(content)[0]


def calendar(*events: list[str], head: Sequence[str] = ()) -> bytes:
    body = [line for event in events for line in ["BEGIN:VEVENT", *event, "END:VEVENT"]]
    return "\r\n".join(["BEGIN:VCALENDAR", *head, *body, "END:VCALENDAR", ""]).encode()


def stored(name: str) -> Invitation:
    return read((DATA / name).read_bytes())


def event(*lines: str, method: str = "REQUEST", rest: str = "") -> Invitation:
    plain = ["UID:1@acme.example", "DTSTART:20261202T133000Z", "SUMMARY:Interview"]
    names = {line.split(":")[0].split(";")[0] for line in lines}
    kept = [line for line in plain if line.split(":")[0] not in names]
    body = ["BEGIN:VEVENT", *kept, *lines, "END:VEVENT"]
    text = ["BEGIN:VCALENDAR", "VERSION:2.0", f"METHOD:{method}", rest, *body, "END:VCALENDAR"]
    return read("\r\n".join(filter(None, text)).encode() + b"\r\n")


def test_google() -> None:
    assert stored("google.ics") == Invitation(
        uid="4k1q2r3s4t5u6v7w8x9y0z1a2b@google.com",
        sequence=0,
        stamped_at=datetime(2026, 11, 25, 8, 15, tzinfo=UTC),
        is_cancelled=False,
        starts_at=datetime(2026, 12, 2, 13, 30, tzinfo=UTC),
        minutes=45,
        title="Product analyst, second interview",
        place="",
        link="https://meet.google.com/abc-defg-hij",
        people=(
            Invited("Anna Petrova", "anna.petrova@acme.example"),
            Invited("Ben Ng", "ben.ng@acme.example"),
        ),
        company="Acme",
        remarks=(),
    )


def test_outlook_on_the_day_after_the_clocks_changed() -> None:
    found = stored("outlook.ics")
    assert found.starts_at == datetime(2027, 3, 29, 7, 0, tzinfo=UTC)
    assert (found.minutes, found.sequence) == (60, 1)
    assert found.title == "Interview: Product analyst"
    assert found.place == "Microsoft Teams Meeting"
    assert found.link == (
        "https://teams.microsoft.com/l/meetup-join/19%3ameeting_Abc%40thread.v2/0?"
        "context=%7b%22Tid%22%3a%221%22%7d"
    )
    assert found.people == (
        Invited("Petrova, Anna (People)", "anna.petrova@acme.example"),
        Invited("Bill Ng", "bill.ng@acme.example"),
    )
    assert found.uid.startswith("040000008200E00074C5B7101A82E008")
    assert " " not in found.uid


def test_outlook_with_a_zone_of_its_own() -> None:
    """Half an hour beside every other: what the file defines is what counts."""
    found = stored("outlook-own-zone.ics")
    assert found.starts_at == datetime(2026, 7, 1, 12, 45, tzinfo=UTC)
    assert found.link == "https://acme.zoom.us/j/123456789?pwd=abc"
    assert found.place == "Head office, 4th floor"
    assert found.company == "Acme"
    assert found.remarks == ()


def test_apple() -> None:
    found = stored("apple.ics")
    assert found.starts_at == datetime(2026, 12, 4, 13, 30, tzinfo=UTC)
    assert (found.minutes, found.sequence) == (90, 2)
    assert found.place == "Café Süd Hauptstraße 1, Berlin"
    assert found.link == "https://acme.example/jobs/1"
    assert found.people == (Invited("Anna Petrova", "anna.petrova@icloud.com"),)
    assert found.company == ""


OWN_ZONE = (DATA / "outlook-own-zone.ics").read_text()
OWN_ZONE = OWN_ZONE[OWN_ZONE.index("BEGIN:VTIMEZONE") : OWN_ZONE.index("BEGIN:VEVENT")].strip()


@pytest.mark.parametrize(
    ("start", "instant"),
    [
        ("DTSTART:20261202T133000Z", "2026-12-02T13:30+00:00"),
        ("DTSTART:20261202T133000", "2026-12-02T12:30+00:00"),
        ("DTSTART;TZID=Europe/London:20260702T133000", "2026-07-02T12:30+00:00"),
        ("DTSTART;TZID=Eastern Standard Time:20260702T133000", "2026-07-02T17:30+00:00"),
        ("DTSTART;TZID=eastern standard time:20260702T133000", "2026-07-02T17:30+00:00"),
        ("DTSTART;TZID=UTC:20260702T133000", "2026-07-02T13:30+00:00"),
        ("DTSTART;TZID=/example.org/20260101/Europe/London:20260702T133000", "2026-07-02T12:30Z"),
        # A definition in the file, on either side of both its changes.
        ('DTSTART;TZID="Customized Time Zone: Bureau":20260308T013000', "2026-03-08T05:00Z"),
        ('DTSTART;TZID="Customized Time Zone: Bureau":20260308T023000', "2026-03-08T06:00Z"),
        ('DTSTART;TZID="Customized Time Zone: Bureau":20260308T033000', "2026-03-08T06:00Z"),
        ('DTSTART;TZID="Customized Time Zone: Bureau":20261101T013000', "2026-11-01T04:00Z"),
        ('DTSTART;TZID="Customized Time Zone: Bureau":20261101T023000', "2026-11-01T06:00Z"),
        # One that comes twice in Berlin is the first, one that is skipped as before the change.
        ("DTSTART;TZID=Europe/Berlin:20261025T023000", "2026-10-25T00:30Z"),
        ("DTSTART;TZID=Europe/Berlin:20270328T023000", "2027-03-28T01:30Z"),
    ],
)
def test_when(start: str, instant: str) -> None:
    found = event(start, rest=OWN_ZONE)
    assert found.starts_at == datetime.fromisoformat(instant)


def test_no_zone_is_said_to_be_the_candidates() -> None:
    assert event("DTSTART:20261202T133000").remarks == (
        "The invitation has no time zone, so we used yours. Check the time.",
    )


def test_an_unknown_zone_is_said() -> None:
    found = event("DTSTART;TZID=Middle Earth:20261202T133000")
    assert found.starts_at == datetime(2026, 12, 2, 12, 30, tzinfo=UTC)
    assert found.remarks == (
        "We don’t know the time zone “Middle Earth”, so we used yours. Check the time.",
    )


def test_a_zone_of_one_file_is_forgotten_for_the_next() -> None:
    start = 'DTSTART;TZID="Customized Time Zone: Bureau":20260701T101500'
    assert event(start, rest=OWN_ZONE).remarks == ()
    assert len(event(start).remarks) == 1


@pytest.mark.parametrize(
    ("lines", "minutes"),
    [
        (["DTEND:20261202T143000Z"], 60),
        (["DURATION:PT45M"], 45),
        ([], 60),
        (["DTEND:20261202T123000Z"], 60),
        (["DTEND:20261209T133000Z"], 720),
        (["DURATION:nonsense"], 60),
        (["DTEND;TZID=Europe/Berlin:20261202T150000"], 30),
    ],
)
def test_how_long(lines: list[str], minutes: int) -> None:
    assert event(*lines).minutes == minutes


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        (["DTSTART;VALUE=DATE:20261202"], "all-day event with no time"),
        (["DTSTART:nonsense"], "couldn’t read the event’s time"),
        (["DTSTART:99991231T235959Z"], "couldn’t read the event’s time"),
        (["RRULE:FREQ=DAILY"], "repeats with no end"),
        (["RRULE:FREQ=SECONDLY;INTERVAL=1"], "repeats with no end"),
    ],
)
def test_what_is_refused(lines: list[str], sentence: str) -> None:
    with pytest.raises(UnreadableError, match=sentence):
        event(*lines)


@pytest.mark.parametrize(
    ("line", "repeats"),
    [
        ("RRULE:FREQ=WEEKLY;COUNT=3", True),
        ("RDATE:20261209T133000Z,20261216T133000Z", True),
        ("RRULE:FREQ=DAILY;COUNT=1", False),
    ],
)
def test_a_series_with_an_end_is_its_first_time(line: str, *, repeats: bool) -> None:
    found = event(line)
    assert found.starts_at == datetime(2026, 12, 2, 13, 30, tzinfo=UTC)
    said = ("This event repeats. We used the first date.",)
    assert found.remarks == (said if repeats else ())


@pytest.mark.parametrize(
    "rule",
    ["FREQ=SECONDLY", "FREQ=YEARLY;BYDAY=9XX", "FREQ=YEARLY;BYMONTH=x", "FREQ=DAILY;COUNT=9999999"],
)
def test_a_zone_that_changes_without_end_holds_nothing_up(rule: str) -> None:
    part = ["DTSTART:16010101T000000", f"RRULE:{rule}", "TZOFFSETFROM:+0100", "TZOFFSETTO:+0100"]
    lines = ["BEGIN:VTIMEZONE", "TZID:Odd", "BEGIN:STANDARD", *part, "END:STANDARD"]
    zone = "\r\n".join([*lines, "END:VTIMEZONE"])
    found = event("DTSTART;TZID=Odd:20261202T133000", rest=zone)
    assert found.starts_at == datetime(2026, 12, 2, 12, 30, tzinfo=UTC)


def test_cancelled_by_method_or_by_status() -> None:
    assert event(method="CANCEL").is_cancelled
    assert event("STATUS:CANCELLED", "SEQUENCE:3").is_cancelled
    assert not event("STATUS:CONFIRMED").is_cancelled


def test_an_answer_is_no_invitation() -> None:
    with pytest.raises(UnreadableError, match="reply to an invitation"):
        event(method="REPLY")


def test_a_series_is_read_rather_than_one_of_its_exceptions() -> None:
    moved = [*EVENT, "RECURRENCE-ID:20261209T133000Z", "DTSTART:20261210T133000Z"]
    series = [*EVENT, "RRULE:FREQ=WEEKLY;COUNT=3", "DTSTART:20261202T133000Z"]
    for order in ([moved, series], [series, moved]):
        (found,) = read_all(calendar(*order))
        assert found.starts_at == datetime(2026, 12, 2, 13, 30, tzinfo=UTC)


def test_an_exception_alone_is_to_be_checked() -> None:
    (found,) = read_all(calendar([*EVENT, "RECURRENCE-ID:20261209T133000Z", "STATUS:CANCELLED"]))
    assert found.remarks == (
        "This event is one of a series, on 9 Dec, 14:30. Check that it’s your interview.",
    )


def test_of_one_that_is_there_twice_the_newest_version_is_read() -> None:
    older = [*EVENT, "SEQUENCE:0", "DTSTART:20261202T133000Z"]
    newer = [*EVENT, "SEQUENCE:1", "STATUS:CANCELLED"]
    for order in ([older, newer], [newer, older]):
        (found,) = read_all(calendar(*order))
        assert (found.sequence, found.is_cancelled) == (1, True)


def test_a_key_longer_than_any_is_kept_as_its_fingerprint() -> None:
    long = "x" * 300
    assert event(f"UID:{long}").uid == event(f"UID:{long}").uid != event(f"UID:{long}y").uid
    assert len(event(f"UID:{long}").uid) <= 255


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"PK\x03\x04" + b"\x00" * 1000, "an invitation. Save it as .ics"),
        (b"BEGIN:VCARD\r\nEND:VCARD\r\n", "an invitation. Save it as .ics"),
        (b"", "This file is empty"),
        (b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "no event in this file"),
        (b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n", "This file is incomplete"),
        (b"BEGIN:VCALENDAR\r\n" + b"BEGIN:VEVENT\r\nEND:VEVENT\r\n" * 51, "a whole calendar"),
        (b"BEGIN:VCALENDAR\r\n" + b"BEGIN:X\r\n" * 51, "a whole calendar"),
        (b"BEGIN:VCALENDAR\r\n" + b"X:yyyyyyyyyyyyyyyy\r\n" * 40_000, "too much text"),
    ],
)
def test_what_is_no_invitation(content: bytes, sentence: str) -> None:
    with pytest.raises(UnreadableError, match=sentence):
        read(content)


@pytest.mark.parametrize(
    ("email", "company"),
    [
        ("anna@acme.example", "Acme"),
        ("anna@mail.acme-works.co.uk", "Acme Works"),
        ("anna@gmail.com", ""),
        ("anna@proton.me", ""),
        ("", ""),
    ],
)
def test_the_company_is_guessed_after_the_address(email: str, company: str) -> None:
    assert company_of(email) == company


@pytest.mark.parametrize("name", ["x" * 200, "أحمد 😀", "<b>Zoë</b>"])
def test_any_name_is_read_as_it_was_written(name: str) -> None:
    found = event(f'ATTENDEE;CN="{name}":mailto:zoe@acme.example', f"SUMMARY:{name}")
    assert found.people == (Invited(name, "zoe@acme.example"),)
    assert found.title == name
    assert found.starts_at is not None
    assert found.starts_at + timedelta(minutes=found.minutes) == datetime(
        2026, 12, 2, 14, 30, tzinfo=UTC
    )


@pytest.mark.parametrize(
    "written",
    [
        "Dear Alice,\r\n\r\nJoin: https://meet.google.com/abc-defg-hij\r\nBye",
        "Us\r\nhttps://meet.google.com/abc-defg-hij",
        "Us\r\nStatus: CANCELLED\r\nLocation: Potsdam\r\nÜber: https://meet.google.com/abc-defg-hij",
    ],
)
def test_a_text_may_have_its_line_breaks_as_they_are(written: str) -> None:
    found = event(f"DESCRIPTION:{written}", "LOCATION:Room 4")
    assert (found.link, found.place) == ("https://meet.google.com/abc-defg-hij", "Room 4")
    assert not found.is_cancelled


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("R&amp\\;D", "R&D"),
        ("R&amp;D", "R&D"),
        ("Caf&eacute\\; &#8211\\; Bar", "Café – Bar"),
        ("A&#8238\\;B", "AB"),
        ("AT&T; R&D", "AT&T; R&D"),
    ],
)
def test_entities_of_html_in_a_title_and_a_place(written: str, said: str) -> None:
    found = event(f"SUMMARY:{written}", f"LOCATION:{written}")
    assert (found.title, found.place) == (said, said)
