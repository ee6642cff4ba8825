"""Replace Django's messages about invalid fields by ones that say what to enter.

Messages that a form or a field sets itself stay.
"""

from collections.abc import Iterable, Iterator

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ONE_OF_THESE = _("Choose one of the options listed.")
A_TIME = _("Enter a time, such as 14:30.")
A_DAY = _("Enter a date, such as 2026-11-30.")
RIGHT: dict[type[forms.Field], dict[str, Promise]] = {
    forms.CharField: {
        "required": _("Fill in this field."),
        "max_length": _("Use %(limit_value)d characters or fewer. You have %(show_value)d."),
    },
    forms.EmailField: {
        "required": _("Enter an email address, such as anna@example.org."),
        "invalid": _("Enter an email address, such as anna@example.org."),
    },
    forms.IntegerField: {
        "required": _("Enter a number."),
        "invalid": _("Enter a whole number, such as 60."),
        "min_value": _("Enter %(limit_value)s or more."),
        "max_value": _("Enter %(limit_value)s or less."),
    },
    forms.TimeField: {"required": A_TIME, "invalid": A_TIME},
    forms.DateField: {"required": A_DAY, "invalid": A_DAY},
    forms.ChoiceField: {"required": ONE_OF_THESE, "invalid_choice": ONE_OF_THESE},
    forms.ModelChoiceField: {"required": ONE_OF_THESE, "invalid_choice": ONE_OF_THESE},
    forms.MultipleChoiceField: {"required": ONE_OF_THESE, "invalid_choice": ONE_OF_THESE},
}


def say_what_is_right(fields: Iterable[forms.Field]) -> None:
    for field in fields:
        for code, sentence in _sentences(field):
            if _is_djangos(field, code):
                field.error_messages[code] = sentence  # type: ignore[assignment]


def _sentences(field: forms.Field) -> Iterator[tuple[str, Promise]]:
    """Return the messages of the field's class; a subclass overrides its base."""
    found: dict[str, Promise] = {}
    for kind in reversed(type(field).__mro__):
        found |= RIGHT.get(kind, {})
    yield from found.items()


def _is_djangos(field: forms.Field, code: str) -> bool:
    """Return whether the message is Django's default. Some defaults are set on a validator, not on
    the field."""
    said = field.error_messages.get(code)
    kinds = [kind for kind in type(field).__mro__ if kind.__module__.startswith("django.")]
    theirs = [vars(kind).get("default_error_messages", {}).get(code) for kind in kinds]
    return said is None or any(said is each for each in theirs)
