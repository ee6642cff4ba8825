"""When the mail goes out: clock changes, moves, leap days, new holidays, and a long sleep."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from pytest_django import Settings

from interviews import working_days
from interviews.models import Candidate, Interview, SweepState
from interviews.rules import WorkingCalendar
from interviews.services import candidates
from reminders.sweep import sweep
from tests.reminders.conftest import Send, send_all
from tests.support.inbox import Inbox, text_of
from tests.support.people import make_agreement, make_interview, make_result

SECOND = timedelta(seconds=1)
BERLIN, NEW_YORK = "Europe/Berlin", "America/New_York"
CAIRO, LORD_HOWE = "Africa/Cairo", "Australia/Lord_Howe"
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)  # 10:00 in Berlin

# what, the zone, the day promised, the hour of the candidate's own promise, when it is mailed
MOMENTS: list[tuple[str, str, str, str, str]] = [
    ("clocks go forward, Berlin", BERLIN, "2027-03-28", "", "2027-03-29 08:00"),
    ("the Friday before that", BERLIN, "2027-03-25", "", "2027-03-26 09:00"),
    ("clocks go back, Berlin", BERLIN, "2027-10-31", "", "2027-11-01 09:00"),
    ("the Friday before that", BERLIN, "2027-10-28", "", "2027-10-29 08:00"),
    ("an hour that is skipped", BERLIN, "2027-03-28", "02:30", "2027-03-28 01:30"),
    ("an hour that comes twice", BERLIN, "2027-10-31", "02:30", "2027-10-31 00:30"),
    ("clocks go forward, New York", NEW_YORK, "2027-03-14", "", "2027-03-15 14:00"),
    ("clocks go back, New York", NEW_YORK, "2027-11-07", "", "2027-11-08 15:00"),
    ("a day without midnight, Cairo", CAIRO, "2027-04-29", "", "2027-04-30 07:00"),
    ("half an hour after no midnight", CAIRO, "2027-04-30", "00:30", "2027-04-29 22:30"),
    ("half an hour back, Lord Howe", LORD_HOWE, "2027-04-04", "", "2027-04-04 23:30"),
    ("half an hour forward, Lord Howe", LORD_HOWE, "2027-10-03", "", "2027-10-03 23:00"),
    ("the 29th of February", BERLIN, "2028-02-28", "", "2028-02-29 09:00"),
    ("promised for the 29th", BERLIN, "2028-02-29", "", "2028-03-01 09:00"),
]


def promise(candidate: Candidate, day: date, *, hour: str = "", company: str = "Acme") -> Interview:
    """An answer promised by that day, at 14:00 five days before; with an hour, the candidate's
    promise."""
    told = datetime.combine(day - timedelta(days=5), time(14), ZoneInfo(candidate.timezone))
    interview = make_interview(
        candidate, starts_at=told, now=told + timedelta(hours=1), company=company
    )
    own = {"due_time": time.fromisoformat(hour), "initiator": "candidate"} if hour else {}
    make_agreement(interview, now=interview.ends_at, due_on=day, may_call="yes", **own)
    return interview


def assert_mailed_at(moment: datetime, post: Send, *, words: tuple[str, ...]) -> None:
    """Not a second before; then exactly one mail with these words, and none after it."""
    assert post(now=moment - SECOND) == []
    (mail,) = post(now=moment)
    told = f"{mail['Subject']}\n{text_of(mail)}"
    assert [word for word in words if word not in told] == []
    assert post(now=moment + timedelta(hours=1)) == []


@pytest.mark.parametrize(
    ("zone", "day", "hour", "moment"), [pytest.param(*row[1:], id=row[0]) for row in MOMENTS]
)
def test_the_mail_goes_out_at_the_moment_on_the_candidates_clock(
    alice: Candidate, post: Send, zone: str, day: str, hour: str, moment: str
) -> None:
    alice.timezone = zone
    alice.save()
    promise(alice, date.fromisoformat(day), hour=hour)
    at = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    assert_mailed_at(at, post, words=("Call", "Anna Petrova", "Acme"))


def test_who_moves_is_told_in_the_new_places_morning(alice: Candidate, post: Send) -> None:
    promise(alice, date(2026, 11, 20))
    alice.timezone = NEW_YORK
    candidates.change_settings(candidate=alice, now=MONDAY - timedelta(days=2))
    assert post(now=MONDAY) == []
    ten = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
    assert_mailed_at(ten, post, words=("Call", "Anna Petrova", "Acme"))


def test_an_hour_that_was_agreed_does_not_move_with_the_candidate(
    alice: Candidate, post: Send
) -> None:
    promise(alice, date(2026, 11, 24), hour="15:00")
    alice.timezone = NEW_YORK
    candidates.change_settings(candidate=alice, now=MONDAY)
    three_in_berlin = datetime(2026, 11, 24, 14, 0, tzinfo=UTC)
    assert_mailed_at(three_in_berlin, post, words=("Call", "Anna Petrova", "Acme"))


def know(monkeypatch: pytest.MonkeyPatch, *holidays: date) -> None:
    """These are Germany's holidays, as far as this process knows."""
    calendar = WorkingCalendar(weekend=frozenset({5, 6}), holidays=frozenset(holidays))
    monkeypatch.setitem(working_days._calendars, ("DE", None), calendar)


@pytest.mark.parametrize(
    ("before", "after", "days_later"),
    [
        pytest.param([], [MONDAY.date()], 1, id="a new holiday"),
        pytest.param([MONDAY.date()], [], 0, id="a holiday no longer kept"),
    ],
)
def test_holidays_of_an_upgrade_move_the_mail(
    alice: Candidate,
    post: Send,
    monkeypatch: pytest.MonkeyPatch,
    before: list[date],
    after: list[date],
    days_later: int,
) -> None:
    know(monkeypatch, *before)
    Candidate.objects.filter(pk=alice.pk).update(country="DE")
    alice.refresh_from_db()
    promise(alice, date(2026, 11, 20))
    know(monkeypatch, *after)
    SweepState.objects.update_or_create(pk=1, defaults={"decided_by": "older"})
    assert post(now=MONDAY - timedelta(days=1)) == []
    moment = MONDAY + timedelta(days=days_later)
    assert_mailed_at(moment, post, words=("Call", "Anna Petrova", "Acme"))


def test_after_days_of_sleep_each_gets_one_mail_with_what_is_still_open(
    alice: Candidate, charlie: Candidate, post: Send, inbox: Inbox, settings: Settings
) -> None:
    """The senders look after each batch, before the sweep has come to all of a candidate's."""
    settings.SWEEP_BATCH = 2
    assert post(now=MONDAY - SECOND) == []
    for day, company in enumerate(["Acme", "Bolt", "Corva"]):
        promise(alice, date(2026, 11, 22) + timedelta(days=day), company=company)
    settled = promise(alice, date(2026, 11, 22), company="Delta")
    # To prepare for on Monday, and over on Tuesday: that step has expired by Thursday.
    tuesday = MONDAY + timedelta(days=1, hours=3)
    make_interview(alice, starts_at=tuesday, now=MONDAY - timedelta(days=5), company="Elbe")
    promise(charlie, date(2026, 11, 23), company="Fjord")
    make_result(settled, now=MONDAY + timedelta(days=1), lessons="skipped")
    thursday = MONDAY + timedelta(days=3, hours=6)
    sweep(now=thursday, on_batch=lambda: send_all(now=thursday))
    send_all(now=thursday)
    told = {str(mail["To"]): text_of(mail) for mail in inbox.messages}
    assert len(inbox.messages) == len(told) == 2
    companies = ("Acme", "Bolt", "Corva", "Delta", "Elbe")
    of_alice = told["alice@example.org"]
    assert [name for name in companies if name in of_alice] == ["Acme", "Bolt", "Corva"]
    assert "Fjord" in told["charlie@example.org"]
