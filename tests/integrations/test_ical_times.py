"""When an event takes place, whatever its zone is called; and a remark if that is uncertain."""

import pytest

from integrations.content_lines_read import UnreadableError
from tests.integrations.dialects import BERLIN, calendar, event, read_all, zone


def berlins(*lines: str, head: list[str] | None = None) -> tuple[str, int]:
    """The time on the candidate's clock, and how many remarks there are."""
    found = event(*lines, head=head or [])
    assert found.starts_at is not None
    return found.starts_at.astimezone(BERLIN).strftime("%H:%M"), len(found.remarks)


@pytest.mark.parametrize(
    ("name", "clock"),
    [
        # Microsoft: its keys, its names for people in several languages, and its own addresses.
        ("W. Europe Standard Time", "14:00"),
        ("Romance Standard Time", "14:00"),
        ('"(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna"', "14:00"),
        ("(UTC+01:00) Amsterdam, Berlin", "14:00"),
        ('"(UTC+01:00) Brüssel, Kopenhagen, Madrid, Paris"', "14:00"),
        ('"(UTC-05:00) Eastern Time (US & Canada)"', "20:00"),
        ('"(UTC) Dublin\\, Edinburgh\\, Lisbon\\, London"', "15:00"),
        ('"(GMT) Greenwich Mean Time : Dublin, Edinburgh, Lisbon, London"', "15:00"),
        ('"(UTC+05:30) Chennai, Kolkata, Mumbai, New Delhi"', "09:30"),
        ('"(UTC+09:00) Osaka, Sapporo, Tokyo"', "06:00"),
        ('"tzone://Microsoft/Utc"', "15:00"),
        ("tzone://Microsoft/Utc", "15:00"),
        ('"(UTC) Coordinated Universal Time"', "15:00"),
        # Lotus Notes, Zimbra, Yahoo, and those that put their own name first.
        ("W. Europe", "14:00"),
        ("Western/Central Europe", "14:00"),
        ("Eastern", "20:00"),
        ('"(GMT+01.00) Amsterdam / Berlin / Bern / Rome"', "14:00"),
        ("Eastern Time (US & Canada)", "20:00"),
        ("/freeassociation.sourceforge.net/Tzfile/Europe/Berlin", "14:00"),
        ("/mozilla.org/20050126_1/America/New_York", "20:00"),
        ("/softwarestudio.org/Olson_20011030_5/America/Indiana/Indianapolis", "20:00"),
        ("europe/berlin", "14:00"),
        ("US/Pacific", "23:00"),
        ("Zulu", "15:00"),
        ("Etc/GMT-1", "14:00"),
    ],
)
def test_a_zone_by_any_name(name: str, clock: str) -> None:
    assert berlins(f"DTSTART;TZID={name}:20261208T140000") == (clock, 0)


@pytest.mark.parametrize(
    ("name", "day", "clock"),
    [
        ("GMT +01.00", "20261208", "14:00"),
        ("GMT+2", "20261208", "13:00"),
        ("+0530", "20261208", "09:30"),
        ("-05", "20261208", "20:00"),
        ('"(UTC-03:00) Brasilia"', "20261208", "18:00"),
        ('"GMT +0100 (Standard) / GMT +0200 (Daylight)"', "20260708", "14:00"),
        ('"GMT -0500 (Standard) / GMT -0400 (Daylight)"', "20260708", "20:00"),
        ("MEZ", "20261208", "14:00"),
        ("EST", "20260708", "20:00"),
        ("PST", "20261208", "23:00"),
    ],
)
def test_what_may_mean_several_is_said(name: str, day: str, clock: str) -> None:
    found = event(f"DTSTART;TZID={name}:{day}T140000")
    assert found.starts_at is not None
    assert found.starts_at.astimezone(BERLIN).strftime("%H:%M") == clock
    (remark,) = found.remarks
    assert f"{name.strip(chr(34))}” can mean several time zones. We used " in remark


@pytest.mark.parametrize(
    "name", ["Amsterdam, Berlin, Bern", "Amsterdam\\, Berlin\\, Bern", "Golf: Zeit", "Bureau  1"]
)
def test_a_zone_that_the_file_defines(name: str) -> None:
    start = f"DTSTART;TZID={name}:20260708T140000"
    assert berlins(start, head=zone(name)) == ("14:00", 0)


def test_a_definition_that_begins_on_a_day() -> None:
    part = ["DTSTART;VALUE=DATE:20200101", "TZOFFSETFROM:+0400", "TZOFFSETTO:+0400"]
    defined = ["BEGIN:VTIMEZONE", "TZID:Golfzeit", "BEGIN:STANDARD", *part, "END:STANDARD"]
    start = "DTSTART;TZID=Golfzeit:20261208T140000"
    assert berlins(start, head=[*defined, "END:VTIMEZONE"]) == ("11:00", 0)


def test_a_definition_that_only_names_where_it_is() -> None:
    defined = ["BEGIN:VTIMEZONE", "TZID:Office", "X-LIC-LOCATION:America/New_York", "END:VTIMEZONE"]
    assert berlins("DTSTART;TZID=Office:20261208T140000", head=defined) == ("20:00", 0)


@pytest.mark.parametrize(
    ("head", "start", "clock", "remark"),
    [
        (["X-WR-TIMEZONE:America/New_York"], "DTSTART:", "20:00", "calendar, America/New_York."),
        (["X-WR-TIMEZONE:W. Europe Standard Time"], "DTSTART:", "14:00", "calendar, W. Europe"),
        (["X-WR-TIMEZONE:Office", *zone("Office")], "DTSTART:", "14:00", "calendar, Office."),
        (["X-WR-TIMEZONE:Office"], "DTSTART:", "14:00", "know the time zone “Office”"),
        (zone("Bar"), "DTSTART;TZID=Foo:", "14:00", "only time zone in this file, Bar."),
    ],
)
def test_a_zone_of_the_whole_calendar(head: list[str], start: str, clock: str, remark: str) -> None:
    found = event(f"{start}20261208T140000", head=head)
    assert found.starts_at is not None
    assert found.starts_at.astimezone(BERLIN).strftime("%H:%M") == clock
    assert remark in found.remarks[0]
    assert len(found.remarks) == 1


@pytest.mark.parametrize(
    "start",
    [
        "DTSTART:20261208T1300Z",
        "DTSTART:2026-12-08T13:00:00Z",
        "DTSTART:2026-12-08T14:00:00+01:00",
        "DTSTART:20261208T130000.000Z",
        "DTSTART:20261208t130000z",
        "DTSTART;VALUE=DATE-TIME:20261208T080000-0500",
        "DTSTART;TZID='Europe/Berlin':20261208T140000",
    ],
)
def test_a_time_however_it_is_written(start: str) -> None:
    assert berlins(start) == ("14:00", 0)


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        (["DTSTART;TZID=Europe/Berlin:20261208T000000", "DURATION:P1D"], "all-day event"),
        (["DTSTART:20261208T000000Z", "DTEND:20261210T000000Z"], "all-day event"),
        (["DTSTART:20261208T000000", "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE"], "all-day event"),
        (["DTSTART:2026-12-08"], "all-day event"),
        (["DTSTART:20261208T250000Z"], "couldn’t read the event’s time"),
        (["DTSTART:20261208T13Z"], "couldn’t read the event’s time"),
    ],
)
def test_a_time_that_is_none(lines: list[str], sentence: str) -> None:
    with pytest.raises(UnreadableError, match=sentence):
        event(*lines)


@pytest.mark.parametrize(
    ("lines", "minutes", "remark"),
    [
        (["DTSTART:20261208T000000Z", "DTEND:20261208T010000Z"], 60, ""),
        (["X-MICROSOFT-CDO-ALLDAYEVENT:TRUE", "DTEND:20261208T140000Z"], 60, ""),
        (["DTEND:20261208T1345Z"], 45, ""),
        (["DTSTART;TZID=US/Pacific:20261208T090000", "DTEND:20261208T093000"], 30, ""),
        (["DTSTART;TZID=US/Pacific:20261208T090000", "DTEND:20261208T173000Z"], 30, ""),
        (["DTEND:in an hour"], 60, "couldn’t read how long it lasts"),
        (["DURATION:1h"], 60, "couldn’t read how long it lasts"),
        (["DTEND:20261211T130000Z"], 720, "lasts 4320 minutes"),
    ],
)
def test_how_long_or_a_remark(lines: list[str], minutes: int, remark: str) -> None:
    found = event(*lines)
    assert found.minutes == minutes
    assert remark in "".join(found.remarks)
    assert bool(found.remarks) == bool(remark)


GOOD = ["UID:1", "DTSTART:20261208T130000Z", "SUMMARY:Good"]


@pytest.mark.parametrize(
    "content",
    [
        calendar(["UID:2", "DTSTART:2026", "SUMMARY:Bad"], GOOD),
        calendar(GOOD, ["UID:2", "DTSTART:2026", "SUMMARY:Bad"]),
        calendar(GOOD) + calendar(["UID:2", "DTSTART;VALUE=DATE:20261208", "SUMMARY:Bad"]),
        calendar(GOOD, ["UID:2", "SUMMARY:Bad"]).replace("END:VEVENT\r\nBEGIN", "BEGIN"),
    ],
)
def test_one_bad_appointment_loses_no_other(content: str) -> None:
    (found,) = read_all(content.encode())
    assert found.title == "Good"
    (remark,) = found.remarks
    assert "left out “Bad”" in remark


def test_what_is_cut_off_is_said_beside_what_was_read() -> None:
    text = calendar(GOOD).partition("END:VEVENT")[0]
    (found,) = read_all(text.encode())
    assert found.title == "Good"
    assert "This file is incomplete" in found.remarks[0]


def test_all_of_several_calendars_are_read_each_with_its_own_method() -> None:
    gone = calendar(["UID:2", "DTSTART:20261207T130000Z"], head=["METHOD:CANCEL"])
    answer = calendar(["UID:3", "DTSTART:20261207T130000Z"], head=["METHOD:REPLY"])
    found = read_all((calendar(GOOD) + gone + answer).encode())
    assert [(each.uid, each.is_cancelled) for each in found] == [("2", True), ("1", False)]
