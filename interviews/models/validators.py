"""Validators of the models; each refuses with one clear sentence."""

from datetime import date
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from interviews.rules import limits

# Outside these years, data about zones and holidays are meaningless.
DAYS_KNOWN = (date(limits.YEAR_MIN, 1, 1), date(limits.YEAR_MAX, 12, 31))


def validate_known_year(value: date) -> None:
    if not limits.is_in_range(value):
        raise ValidationError(_("Check the year. It looks too early or too late."), code="year")


def validate_timezone(value: str) -> None:
    if not limits.is_known_zone(value):
        raise ValidationError(
            _("We don’t know the time zone “%(zone)s”. Use a name such as “Europe/Berlin”."),
            code="unknown_zone",
            params={"zone": value},
        )


def validate_web_link(value: str) -> None:
    """Refuse what Django's URLField accepts besides: ftp://, and a user before the host, which
    hides where the link leads."""
    try:
        parts = urlsplit(value)
    except ValueError:
        return  # the field reports it
    if parts.scheme.lower() in ("ftp", "ftps", "") or "@" in parts.netloc:
        raise ValidationError(
            _("Write an address that begins with https:// and its host, without a user’s name."),
            code="invalid",
        )
