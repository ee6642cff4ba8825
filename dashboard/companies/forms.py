from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dashboard.forms.base import PageModelForm
from interviews import queries
from interviews.models import Candidate, Company, normalise_name


class CompanyForm(PageModelForm):
    class Meta:
        model = Company
        fields = ["name", "kind", "size"]
        error_messages = {"name": {"required": _("Enter the company’s name.")}}

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.lay_out("name", "kind", "size")


class CompanyInput(forms.TextInput):
    """A text field with the candidate's companies as suggestions
    (templates/dashboard/companies/_datalist.html)."""

    def __init__(self) -> None:
        super().__init__(attrs={"list": "companies", "autocomplete": "off"})


def company_field(label: object, *, required: bool = False) -> forms.CharField:
    return forms.CharField(
        label=label,  # type: ignore[arg-type]
        max_length=200,
        required=required,
        widget=CompanyInput,
        error_messages={"required": _("Enter the company’s name.")},
    )


class AskedCompanyMixin(forms.Form):
    """Ask about a name that is nearly that of a known company before creating a second one.

    `asked_names` are the fields of names; call `ask()` before the form is laid out.
    """

    asked_names: tuple[str, ...] = ("company_name",)

    is_other_company = forms.BooleanField(required=False)
    alike: Mapping[str, str] = {}

    def ask(self, candidate: Candidate) -> list[str]:
        """Return the name of the question's field, if there is something to ask."""
        sent = (self.data.get(self.add_prefix(name)) for name in self.asked_names)
        typed = [str(each or "").strip() for each in sent]
        self.alike = queries.names_alike(candidate, typed) if any(typed) else {}
        if not self.alike:
            del self.fields["is_other_company"]
            return []
        new, known = next(iter(self.alike.items()))
        label = _("“%(new)s” and “%(known)s” are different companies") % {
            "new": new,
            "known": known,
        }
        self.fields["is_other_company"].label = label
        return ["is_other_company"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name in self.asked_names:
            known = self.alike.get(cleaned.get(name, ""))
            if known and not cleaned.get("is_other_company"):
                said = _(
                    "You already have “%(known)s”. Enter that name, or tick that they’re different."
                )
                self.add_error(name, said % {"known": known})
        return cleaned


def known_or_new(
    candidate: Candidate,
    name: str,
    *,
    kind: str = Company.Kind.EMPLOYER,
    besides: Iterable[Company | None] = (),
) -> Company:
    """Return the candidate's company of this name, one of the unsaved `besides`, or a new unsaved
    one."""
    normalised = normalise_name(name)
    for company in besides:
        if company is not None and normalise_name(company.name) == normalised:
            return company
    found = queries.companies_of(candidate).filter(normalised_name=normalised).first()
    return found or Company(candidate=candidate, name=name.strip(), kind=kind)
