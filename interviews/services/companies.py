"""Companies, as their candidate recorded them."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from interviews.models import Candidate, Company, normalise_name
from interviews.services import locks


@transaction.atomic
def find_or_create_company(
    *, candidate: Candidate, name: str, kind: str = Company.Kind.EMPLOYER, size: str = ""
) -> Company:
    """Find the candidate's company by name, ignoring case and spaces, or create it."""
    normalised = normalise_name(name)
    if not normalised:
        raise ValidationError({"company": [_("Enter the company’s name.")]})
    locks.lock_candidate(candidate.pk)
    found = Company.objects.filter(candidate=candidate, normalised_name=normalised).first()
    if found is not None:
        return found
    company = Company(candidate=candidate, name=name.strip(), kind=kind, size=size)
    company.full_clean()
    company.save()
    return company


@transaction.atomic
def change_company(*, company: Company) -> Company:
    """No step depends on a company: sentences read its name and kind."""
    company.full_clean()
    company.save()
    return company
