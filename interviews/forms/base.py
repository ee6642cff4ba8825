"""What all forms share: their helper, their words for "optional", a key against resending."""

from collections.abc import Mapping
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Field, Fieldset, Layout
from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.keys import new_key

# Their own words tell whether something must be chosen.
NEVER_MARKED = (forms.BooleanField, forms.MultipleChoiceField)


class PageFormMixin:
    """A form that its page wraps in <form>, with the fields in the order of `layout()`."""

    fields: dict[str, forms.Field]
    # Not required by themselves, but by what else was filled in: never said to be optional.
    sometimes_needed: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    def lay_out(self, *items: object) -> None:
        """Called at the end of a form's __init__, when its fields are final."""
        mark_optional(
            {name: self.fields[name] for name in self.fields if name not in self.sometimes_needed}
        )
        self.helper.layout = Layout(*items)


def mark_optional(fields: Mapping[str, forms.Field]) -> None:
    for field in fields.values():
        is_chosen = isinstance(field.widget, forms.RadioSelect)
        if not field.required and not is_chosen and not isinstance(field, NEVER_MARKED):
            field.label = format_lazy(_("{label} (optional)"), label=field.label)


class PageForm(PageFormMixin, forms.Form):
    pass


class PageModelForm(PageFormMixin, forms.ModelForm):  # type: ignore[type-arg]
    pass


class SubmissionMixin(forms.Form):
    """A key of the form's own: sent twice, it records once."""

    submission_id = forms.UUIDField(required=False, initial=new_key, widget=forms.HiddenInput)


def choices(name: str, style: str = "") -> Field:
    """Radio buttons as large as a thumb; `style` is "few" (1 to 5) or "tall" (one a line)."""
    return Field(name, template="forms/choices.html", wrapper_class=style)


def section(legend: object, *items: object, css_class: str = "") -> Fieldset:
    return Fieldset(legend, *items, css_class=f"section {css_class}")


def radio(
    choices: object, *, label: object, initial: object = None, required: bool = True, **rest: Any
) -> forms.ChoiceField:
    return forms.ChoiceField(
        choices=choices,  # type: ignore[arg-type]
        label=label,  # type: ignore[arg-type]
        initial=initial,
        required=required,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of these.")},
        **rest,
    )
