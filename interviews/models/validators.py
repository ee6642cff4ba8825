"""Validators shared by the models; each refuses with one clear sentence."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from interviews.rules import limits

# Outside these the calendars of zones and holidays mean nothing.
DAYS_KNOWN = (date(limits.YEAR_MIN, 1, 1), date(limits.YEAR_MAX, 12, 31))


def validate_timezone(value: str) -> None:
    if not limits.is_known_zone(value):
        raise ValidationError(
            _("“%(zone)s” is not a known time zone; one looks like “Europe/Berlin”."),
            code="unknown_zone",
            params={"zone": value},
        )
