"""Cases as storage may hold them: every zone's oddities, facts in any order, before and after now.

They are made as JSON objects and read by the parser, so what is generated is what is accepted.
"""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from interviews.rules import ResultKind, limits
from interviews.working_days import subdivisions

# Half-hour and quarter-hour offsets, both ends of the date line, midnights that do not exist
# (Cairo, Santiago, Beirut, Nuuk), a half-hour clock change (Lord Howe), a two-hour one (Troll).
ZONES = (
    "Europe/Berlin",
    "America/New_York",
    "Africa/Cairo",
    "America/Santiago",
    "Asia/Beirut",
    "America/Nuuk",
    "Asia/Kathmandu",
    "Pacific/Kiritimati",
    "Pacific/Pago_Pago",
    "Pacific/Chatham",
    "America/St_Johns",
    "Australia/Lord_Howe",
    "Antarctica/Troll",
    "UTC",
)
# Weekends of Friday and Saturday, of one day, of Friday and Sunday; long feasts; many holidays.
COUNTRIES = ("DE", "US", "EG", "IL", "SA", "IR", "BN", "MY", "CN", "JP", "VN", "LK", "KH", "NP")
NAMES = ("Anna Petrova", "Bill Ng", "Chloé Martin", "Dev Rao")
ROLES = ("recruiter", "hiring_manager", "top_manager", "peer")

minutes_of_day = st.integers(0, 24 * 60 - 1)
people = st.none() | st.sampled_from(NAMES)


def clock(minute: int) -> time:
    return time(minute // 60, minute % 60)


@st.composite
def contact_hours(draw: st.DrawFn) -> list[str]:
    opening = draw(st.sampled_from((0, 30, 150, 570, 600, 690, 1380, 1409)) | st.integers(0, 1409))
    closing = draw(st.sampled_from((opening + 30, 1439)) | st.integers(opening + 30, 1439))
    return [clock(opening).isoformat("minutes"), clock(closing).isoformat("minutes")]


@st.composite
def candidates(draw: st.DrawFn, *, has_holidays: bool = True) -> dict[str, Any]:
    country = draw(st.none() | st.sampled_from(COUNTRIES)) if has_holidays else None
    regions = subdivisions(country) if country else ()
    return {
        "timezone": draw(st.sampled_from(ZONES)),
        "country": country,
        "subdivision": draw(st.none() | st.sampled_from(regions)) if regions else None,
        "count": draw(st.sampled_from(("calendar", "working"))),
        "contact_hours": draw(st.just(["10:00", "17:00"]) | contact_hours()),
    }


# Clock changes, leap days, ends of years, and the days around them, besides any other day.
ODD_DAYS = (
    date(2027, 4, 30),
    date(2027, 3, 28),
    date(2026, 10, 25),
    date(2026, 11, 1),
    date(2024, 2, 29),
    date(2028, 2, 29),
    date(2026, 12, 24),
    date(2027, 2, 5),
    date(2026, 9, 6),
)


@st.composite
def starts(draw: st.DrawFn) -> datetime:
    odd = st.builds(
        lambda day, shift: day - timedelta(days=shift), st.sampled_from(ODD_DAYS), st.integers(0, 9)
    )
    day = draw(odd | st.dates(date(2024, 1, 1), date(2028, 12, 31)))
    return datetime.combine(day, clock(draw(minutes_of_day)), UTC)


@st.composite
def moments(draw: st.DrawFn, ended: datetime, first: int = -24 * 60) -> datetime:
    """Around the interview's end, dense nearby; rounded now and then, so that some coincide."""
    minute = draw(st.integers(first, 10 * 24 * 60) | st.integers(first, 60 * 24 * 60) | st.just(0))
    if draw(st.booleans()):
        minute = max(first, minute - minute % (12 * 60))
    return ended + timedelta(minutes=minute)


@st.composite
def agreements(draw: st.DrawFn, zone: ZoneInfo, ended: datetime) -> dict[str, Any]:
    made = draw(moments(ended))
    made_on = made.astimezone(zone).date()
    ahead = st.integers(0, 15) | st.integers(0, (limits.latest_due(made_on) - made_on).days)
    due = draw(st.none() | ahead.map(lambda days: made_on + timedelta(days=days)))
    due_time = clock(draw(minutes_of_day)) if due and draw(st.booleans()) else None
    if due and due_time and datetime.combine(due, due_time, zone).astimezone(UTC) <= made:
        due_time = None
    return {
        "made": made.isoformat(),
        "due": due and due.isoformat(),
        "due_time": due_time and due_time.isoformat("minutes"),
        "initiator": draw(st.sampled_from(("employer", "candidate"))),
        "channel": draw(st.sampled_from(("phone", "email", "message"))),
        "may_call": draw(st.sampled_from(("yes", "no", "not_asked"))),
        "silence_is_refusal": draw(st.sampled_from((False, False, True))),
        "feedback_via": draw(st.sampled_from(("direct", "recruiter"))),
        "responsible": draw(people),
    }


# direction, channel, result: all that storage takes
WAYS = (
    ("in", "phone", "reached"),
    ("in", "email", "reached"),
    ("in", "phone", "no_answer"),
    ("out", "phone", "reached"),
    ("out", "phone", "no_answer"),
    ("out", "email", "sent"),
    ("out", "message", "sent"),
)


@st.composite
def contacts(draw: st.DrawFn, ended: datetime) -> dict[str, Any]:
    direction, channel, result = draw(st.sampled_from(WAYS))
    return {
        "at": draw(moments(ended)).isoformat(),
        "direction": direction,
        "channel": channel,
        "result": result,
        "with": draw(people),
        "purpose": draw(st.sampled_from(("follow_up", "follow_up", "thanks", "other"))),
    }


@st.composite
def results(draw: st.DrawFn, ended: datetime) -> dict[str, Any]:
    day = ended.date()
    return {
        "kind": draw(st.sampled_from([kind.value for kind in ResultKind])),
        "at": draw(moments(ended)).isoformat(),
        "lessons": draw(st.sampled_from(("missing", "recorded", "skipped"))),
        "recontact_on": draw(
            st.none()
            | st.integers(-5, 400).map(lambda days: (day + timedelta(days=days)).isoformat())
        ),
    }


@st.composite
def vacancies(draw: st.DrawFn) -> dict[str, Any]:
    rating = st.none() | st.integers(1, 5)
    return {"attractiveness": draw(rating), "desire": draw(rating)}


@st.composite
def case_objects(
    draw: st.DrawFn,
    *,
    has_result: bool | None = None,
    has_contacts: bool = True,
    has_holidays: bool = True,
) -> dict[str, Any]:
    """A storable case, with the moment asked about under "now"."""
    candidate = draw(candidates(has_holidays=has_holidays))
    zone = ZoneInfo(candidate["timezone"])
    begins = draw(starts())
    minutes = draw(st.sampled_from((5, 30, 60, 720)))
    ended = begins + timedelta(minutes=minutes)
    with_result = draw(st.booleans()) if has_result is None else has_result
    return {
        "now": draw(moments(ended, first=-5 * 24 * 60)).isoformat(),
        "candidate": candidate,
        "vacancy": draw(vacancies()),
        "interview": {
            "starts": begins.isoformat(),
            "minutes": minutes,
            "nothing_agreed": draw(st.booleans()),
            "noted": draw(st.none() | moments(ended).map(datetime.isoformat)),
            "interlocutors": draw(
                st.lists(
                    st.fixed_dictionaries({"name": people, "role": st.sampled_from(ROLES)}),
                    max_size=3,
                )
            ),
        },
        "agreements": draw(st.lists(agreements(zone, ended), max_size=3)),
        "contacts": draw(st.lists(contacts(ended), max_size=6 if has_contacts else 0)),
        "result": draw(results(ended)) if with_result else None,
        "snoozed_until": draw(st.none() | moments(ended).map(datetime.isoformat)),
    }
