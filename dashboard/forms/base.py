"""What all forms share: their helper, the mark of optional fields, the submission id."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Field, Fieldset, Layout
from django import forms
from django.db.models import Model
from django.db.models.fields import BLANK_CHOICE_DASH
from django.utils.safestring import SafeString
from django.utils.text import capfirst, format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.error_messages import say_what_is_right
from accounts.keys import new_key
from accounts.sanitize import readable
from interviews.models.validators import validate_web_link

# Widgets whose choices show whether one is required.
NEVER_MARKED = (forms.BooleanField, forms.MultipleChoiceField)


class PageFormMixin:
    """A form inside its page's <form>, with fields in the order of `layout()`."""

    fields: dict[str, forms.Field]
    data: Mapping[str, Any]
    # Fields whose need depends on other input; they are never marked as optional.
    sometimes_needed: tuple[str, ...] = ()
    # Labels without "optional", for error messages.
    plain_labels: Mapping[str, Any] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    def lay_out(self, *items: object) -> None:
        """Call it at the end of a form's __init__, when its fields are final."""
        say_what_is_right(self.fields.values())
        self.data = readable_data(self)  # type: ignore[arg-type]
        self.plain_labels = {name: field.label for name, field in self.fields.items()}
        capitalise_choices(self.fields.values())
        mark_optional(
            {name: self.fields[name] for name in self.fields if name not in self.sometimes_needed}
        )
        self.helper.layout = Layout(*items)


def readable_data(form: forms.BaseForm) -> Any:
    """Return the data with sanitized texts, so that they are validated, stored and shown again in
    that form."""
    data: Any = form.data
    texts = {
        form.add_prefix(name): readable(sent, has_lines=isinstance(field.widget, forms.Textarea))
        for name, field in form.fields.items()
        if isinstance(field, forms.CharField)
        and isinstance(sent := data.get(form.add_prefix(name)), str)
    }
    if all(data[name] == text for name, text in texts.items()):
        return data
    copied = data.copy()
    for name, text in texts.items():
        copied[name] = text
    return copied


def mark_optional(fields: Mapping[str, forms.Field]) -> None:
    for field in fields.values():
        is_chosen = isinstance(field.widget, forms.RadioSelect)
        if not field.required and not is_chosen and not isinstance(field, NEVER_MARKED):
            field.label = format_lazy(_("{label} (optional)"), label=field.label)


def capitalise_choices(fields: Iterable[forms.Field]) -> None:
    """Models name their values for the middle of a sentence; choices stand alone."""
    for field in fields:
        if type(field) in (forms.ChoiceField, forms.TypedChoiceField):
            field.choices = [  # type: ignore[attr-defined]
                (value, _capitalised(label) if value != "" else _empty_label(label))
                for value, label in field.choices  # type: ignore[attr-defined]
            ]


def _empty_label(label: Any) -> Any:
    """Django shows the empty choice as dashes."""
    return _("None chosen") if label in ("", BLANK_CHOICE_DASH[0][1]) else label


def _capitalised(label: Any) -> Any:
    return label if isinstance(label, SafeString) else capfirst(label)


class PageForm(PageFormMixin, forms.Form):
    pass


class PageModelForm(PageFormMixin, forms.ModelForm):  # type: ignore[type-arg]
    pass


class SubmissionMixin(forms.Form):
    """A submission id: a form sent twice records once."""

    submission_id = forms.UUIDField(required=False, initial=new_key, widget=forms.HiddenInput)


def choices(name: str, style: str = "") -> Field:
    """Large radio buttons; `style` is "few" (1 to 5) or "tall" (one a line)."""
    return Field(name, template="forms/choices.html", wrapper_class=style)


def section(legend: object, *items: object, css_class: str = "") -> Fieldset:
    return Fieldset(legend, *items, css_class=f"section {css_class}")


class More(Div):  # type: ignore[misc]  # crispy ships no types
    """Fields that are seldom needed, folded away unless one of them has an error or, if it is told
    what is `usual`, another value."""

    template = "forms/more.html"

    def __init__(
        self, summary: object, *names: object, usual: Mapping[str, object] | None = None
    ) -> None:
        super().__init__(*names)
        self.summary, self.usual = summary, usual
        self.is_open = False

    def render(self, form: forms.BaseForm, *args: Any, **kwargs: Any) -> Any:
        names = [pointer.name for pointer in self.get_field_names()]
        has_error = form.is_bound and any(name in form.errors for name in names)
        self.is_open = has_error or any(self._is_unusual(form, name) for name in names)
        return super().render(form, *args, **kwargs)

    def _is_unusual(self, form: forms.BaseForm, name: str) -> bool:
        if self.usual is None:
            return False
        return str(form[name].value() or "") != str(self.usual.get(name) or "")


def pair(*names: str) -> Div:
    """Fields that belong together, side by side if there is room."""
    return Div(*names, css_class="pair")


def offer_rows(field: "forms.ModelChoiceField[Any]", rows: Iterable[Model]) -> None:
    """Offer these rows in this order after the empty choice; the queryset says what is valid."""
    named = [(row.pk, str(row)) for row in rows]
    field.choices = [("", field.empty_label or ""), *named]


def offer_groups(
    field: "forms.ModelChoiceField[Any]", groups: Iterable[tuple[str, Sequence[Model]]]
) -> None:
    """The same under headings, if there is more than one group with rows."""
    filled = [(heading, rows) for heading, rows in groups if rows]
    if len(filled) < 2:
        offer_rows(field, [row for _heading, rows in filled for row in rows])
        return
    named = [(heading, [(row.pk, str(row)) for row in rows]) for heading, rows in filled]
    field.choices = [("", field.empty_label or ""), *named]


def number_messages(sentence: Any) -> dict[str, Any]:
    """Use one message for every error of a number."""
    return dict.fromkeys(("required", "invalid", "min_value", "max_value"), sentence)


def link_field(label: object) -> forms.URLField:
    return forms.URLField(
        label=label,  # type: ignore[arg-type]
        max_length=500,
        required=False,
        assume_scheme="https",
        validators=[validate_web_link],
        error_messages={"invalid": _("Enter a link, such as https://example.org/job.")},
    )


def radio(
    choices: object, *, label: object, initial: object = None, required: bool = True, **rest: Any
) -> forms.ChoiceField:
    return forms.ChoiceField(
        choices=choices,  # type: ignore[arg-type]
        label=label,  # type: ignore[arg-type]
        initial=initial,
        required=required,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the options listed.")},
        **rest,
    )
