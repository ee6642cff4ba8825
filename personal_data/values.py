"""Convert values of a file for the models, or refuse them with a message."""

import re
from base64 import b64decode
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time
from typing import Any, TypeVar
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from accounts.sanitize import visible
from integrations.content_lines_read import CONTROLS
from interviews.models import Candidate, ChannelKind, Reminder, Result
from interviews.rules import Step, limits

Parsed = TypeVar("Parsed", date, datetime, time)
UUID_WRITTEN = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
# An interview's result is replaced a few times at most.
SUBMISSIONS_MAX = 1000


def read(field: "models.Field[Any, Any]", given: object) -> Any:
    """Return the field's value; raise ValidationError."""
    if given is None:
        if field.null:
            return None
        raise ValidationError(_("Enter a value."))
    if isinstance(field, models.JSONField):
        return LISTS[field.model, field.name](given)
    # A reference contains another row's key, which has a meaning only in this file.
    kind = models.UUIDField if field.is_relation else type(field)
    for base in kind.__mro__:
        if base in KINDS:
            return KINDS[base](given)
    raise TypeError(f"{field} cannot be read from a file yet.")


def read_key(given: object) -> UUID:
    if not isinstance(given, str) or not UUID_WRITTEN.fullmatch(given):
        raise ValidationError(_("This isn’t an ID."))
    return UUID(given)


def _text(given: object) -> str:
    if not isinstance(given, str):
        raise ValidationError(_("This isn’t text."))
    if CONTROLS.search(given) or visible(given) != given:
        raise ValidationError(_("This text contains an invisible character."))
    return given


def _bytes(given: object) -> bytes:
    try:
        return b64decode(_text(given), validate=True)
    except ValueError as error:
        raise ValidationError(_("Use Base64.")) from error


def _truth(given: object) -> bool:
    if not isinstance(given, bool):
        raise ValidationError(_("Use true or false."))
    return given


def _number(given: object) -> int:
    if not isinstance(given, int) or isinstance(given, bool):
        raise ValidationError(_("Use a whole number."))
    return given


def _moment(given: object) -> datetime:
    moment = _parsed(datetime.fromisoformat, given)
    if moment is None or moment.tzinfo is None:
        raise ValidationError(_("Use a timestamp, such as 2026-11-30T13:30:00+00:00."))
    _check_year(moment.date())
    return moment.astimezone(UTC)


def _day(given: object) -> date:
    day = _parsed(date.fromisoformat, given)
    if day is None:
        raise ValidationError(_("Use a date, such as 2026-11-30."))
    _check_year(day)
    return day


def _clock(given: object) -> time:
    clock = _parsed(time.fromisoformat, given)
    if clock is None or clock.tzinfo is not None:
        raise ValidationError(_("Use a time, such as 14:30:00."))
    return clock


def _parsed(parse: Callable[[str], Parsed], given: object) -> Parsed | None:
    """Return None if it is not in this format."""
    try:
        return parse(given) if isinstance(given, str) else None
    except ValueError:
        return None


def _check_year(day: date) -> None:
    if not limits.is_in_range(day):
        raise ValidationError(_("Check the year. It looks too early or too late."))


def _steps(given: object) -> list[str]:
    known = [step.value for step in Step]
    if not isinstance(given, list) or any(each not in known for each in given):
        raise ValidationError(_("Use a list of steps."))
    return given


def _order(given: object) -> dict[str, list[str]]:
    """Of a candidate's channels, by step."""
    steps = ["", *(step.value for step in Step)]
    if not isinstance(given, dict) or any(key not in steps for key in given):
        raise ValidationError(_("Use an object of steps."))
    return {key: _channels(some) for key, some in given.items()}


def _channels(given: object) -> list[str]:
    known = ChannelKind.values
    if not isinstance(given, list) or any(each not in known for each in given):
        raise ValidationError(_("Use a list of channels."))
    return list(dict.fromkeys(given))


def _earlier(given: object) -> list[dict[str, str]]:
    """By which channels a reminder was told, or was to be, and when."""
    if not isinstance(given, list) or len(given) > len(ChannelKind):
        raise ValidationError(_("Use a list of channels."))
    return [_told(each) for each in given]


def _told(given: object) -> dict[str, str]:
    if not isinstance(given, dict) or len(given) != 2:
        raise ValidationError(_("Use a channel and a timestamp."))
    _channels([given.get("channel")])
    end = next((name for name in ("sent_at", "failed_at") if name in given), None)
    if end is None:
        raise ValidationError(_("Use a channel and a timestamp."))
    return {"channel": given["channel"], end: _moment(given[end]).isoformat()}


def _keys(given: object) -> list[str]:
    if not isinstance(given, list) or len(given) > SUBMISSIONS_MAX:
        raise ValidationError(_("Use a list of IDs."))
    return [str(read_key(each)) for each in given]


KINDS: Mapping[type, Callable[[object], Any]] = {
    models.UUIDField: read_key,
    models.CharField: _text,
    models.TextField: _text,
    models.BooleanField: _truth,
    models.IntegerField: _number,
    models.DateTimeField: _moment,
    models.DateField: _day,
    models.TimeField: _clock,
    models.BinaryField: _bytes,
}
LISTS: Mapping[tuple[type[models.Model], str], Callable[[object], Any]] = {
    (Candidate, "muted_steps"): _steps,
    (Candidate, "channel_order"): _order,
    (Reminder, "earlier"): _earlier,
    (Result, "replaced_submission_ids"): _keys,
}
