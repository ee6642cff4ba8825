from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from interviews import access
from interviews.forms.base import PageModelForm
from interviews.models import Candidate, Company, normalise_name


class CompanyForm(PageModelForm):
    class Meta:
        model = Company
        fields = ["name", "kind", "size"]
        error_messages = {"name": {"required": _("Write the name of the company.")}}

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.lay_out("name", "kind", "size")


class CompanyInput(forms.TextInput):
    """A name to type, with the candidate's own companies proposed (templates/parts/companies)."""

    def __init__(self) -> None:
        super().__init__(attrs={"list": "companies", "autocomplete": "off"})


def company_field(label: object, *, required: bool = False) -> forms.CharField:
    return forms.CharField(
        label=label,  # type: ignore[arg-type]
        max_length=200,
        required=required,
        widget=CompanyInput,
        error_messages={"required": _("Write the name of the company.")},
    )


def known_or_new(
    candidate: Candidate,
    name: str,
    *,
    kind: str = Company.Kind.EMPLOYER,
    besides: Iterable[Company | None] = (),
) -> Company:
    """Her company of this name, one of `besides` (not saved yet), or a new one, not saved."""
    normalised = normalise_name(name)
    for company in besides:
        if company is not None and normalise_name(company.name) == normalised:
            return company
    found = access.companies_of(candidate).filter(normalised_name=normalised).first()
    return found or Company(candidate=candidate, name=name.strip(), kind=kind)
