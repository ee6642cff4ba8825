from zoneinfo import ZoneInfo

import pytest
from django import forms
from django.utils import timezone

from dashboard.forms.moments import MomentField


def typed(day: str, clock: str, zone: str = "Europe/Berlin") -> str:
    with timezone.override(ZoneInfo(zone)):
        return str(MomentField().clean([day, clock]).astimezone(ZoneInfo("UTC")).isoformat())


def test_is_read_in_the_current_zone() -> None:
    assert typed("2026-03-02", "14:30") == "2026-03-02T13:30:00+00:00"
    assert typed("2026-03-02", "14:30", "Asia/Kathmandu") == "2026-03-02T08:45:00+00:00"


def test_a_skipped_time_is_read_with_the_offset_before_the_change() -> None:
    assert typed("2026-03-29", "02:30") == "2026-03-29T01:30:00+00:00"


def test_a_time_that_occurs_twice_is_read_as_the_first() -> None:
    assert typed("2026-10-25", "02:30") == "2026-10-25T00:30:00+00:00"


@pytest.mark.parametrize(
    ("day", "clock", "said"),
    [
        ("", "", "Enter a date and a time."),
        ("2026-03-02", "", "Enter a date and a time."),
        ("soon", "10:00", "Enter a date, such as 2026-11-30."),
        ("2026-03-02", "noon", "Enter a time, such as 14:30."),
    ],
)
def test_what_would_be_right_is_said(day: str, clock: str, said: str) -> None:
    with pytest.raises(forms.ValidationError, match=said):
        MomentField().clean([day, clock])


def test_half_of_an_optional_one_is_not_guessed() -> None:
    assert MomentField(required=False).clean(["", ""]) is None
    with pytest.raises(forms.ValidationError, match="Enter a time"):
        MomentField(required=False).clean(["2026-03-02", ""])
