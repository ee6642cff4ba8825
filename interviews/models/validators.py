"""Validators shared by the models; each refuses with one clear sentence."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from interviews.rules import limits


def validate_timezone(value: str) -> None:
    if not limits.is_known_zone(value):
        raise ValidationError(
            _("“%(zone)s” is not a known time zone; one looks like “Europe/Berlin”."),
            code="unknown_zone",
            params={"zone": value},
        )
