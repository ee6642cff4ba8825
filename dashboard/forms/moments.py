"""Dates and times typed in the candidate's zone, which the page has activated."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# More than a form accepts, and safe to compute with.
WAITED_MOST = 366 * 24 * 3600  # seconds


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self, **attrs: Any) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%d")


class TimeInput(forms.TimeInput):
    input_type = "time"

    def __init__(self, **attrs: Any) -> None:
        super().__init__(attrs=attrs, format="%H:%M")


class DayField(forms.DateField):
    widget = DateInput
    default_error_messages = {"invalid": _("Enter a date, such as 2026-11-30.")}


class ClockField(forms.TimeField):
    widget = TimeInput
    default_error_messages = {"invalid": _("Enter a time, such as 14:30.")}


class MomentWidget(forms.SplitDateTimeWidget):
    def __init__(self) -> None:
        widgets = (
            DateInput(**{"aria-label": _("Day")}),
            TimeInput(**{"aria-label": _("Time")}),
        )
        forms.MultiWidget.__init__(self, widgets)

    def decompress(self, value: Any) -> Any:
        """Cut to the minute, as it is shown and typed, so that an untouched value is unchanged."""
        if value is None:
            return [None, None]
        local = timezone.localtime(value).replace(second=0, microsecond=0)
        return [local.date(), local.time()]


class MomentField(forms.SplitDateTimeField):
    """A local date and time. A skipped time is read with the offset before the change, a repeated
    one as the first, as in the rules; neither is refused."""

    widget = MomentWidget
    default_error_messages = {
        "invalid_date": _("Enter a date, such as 2026-11-30."),
        "invalid_time": _("Enter a time, such as 14:30."),
        "incomplete": _("Enter both a date and a time."),
        "required": _("Enter a date and a time."),
    }

    def compress(self, data_list: Any) -> datetime | None:
        if not data_list or (
            data_list[0] in self.empty_values and data_list[1] in self.empty_values
        ):
            return None
        day, clock = data_list
        if not isinstance(day, date):
            raise forms.ValidationError(self.error_messages["invalid_date"], code="invalid_date")
        if not isinstance(clock, time):
            raise forms.ValidationError(self.error_messages["invalid_time"], code="invalid_time")
        return datetime.combine(day, clock, timezone.get_current_timezone())


def noted_at(seconds_ago: str, *, now: datetime) -> datetime:
    """Return when an entry was made that then waited on a device, from its waiting time: devices
    count seconds well even if their clock is wrong. Nonsense means now."""
    try:
        seconds = int(seconds_ago)
    except ValueError:
        return now
    return now - timedelta(seconds=min(max(seconds, 0), WAITED_MOST))


def happened_field(label: object) -> MomentField:
    """When a fact happened; empty for now, since most are recorded at once."""
    return MomentField(
        label=label,  # type: ignore[arg-type]
        required=False,
        help_text=_("Leave empty if it just happened."),
    )
