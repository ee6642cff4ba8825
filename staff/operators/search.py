"""Operators' search in the lists of `interviews`: a key, an address, a company, a person.

Coaches search the few rows they may see by Django's own search, with each class's `search_fields`.
"""

from typing import Any
from uuid import UUID

from django.db.models import Field, ForeignKey, Model, Q, QuerySet, UUIDField
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.admin.countless_list import is_operator
from accounts.admin.search import BEGINNING_LEAST, IndexedSearch, beginning
from interviews.models import (
    Agreement,
    Company,
    Contact,
    Interlocutor,
    Interview,
    Participation,
    Reminder,
    Result,
    Vacancy,
)
from interviews.models.core.company import normalise_name

# How many matching companies or people a search considers; a longer prefix finds the others.
NAMED_MOST = 20
COMPANY_PATHS: dict[type[Model], str] = {
    Company: "pk",
    Vacancy: "company",
    Interlocutor: "company",
    Interview: "vacancy__company",
    Agreement: "interview__vacancy__company",
    Contact: "interview__vacancy__company",
    Participation: "interview__vacancy__company",
    Reminder: "interview__vacancy__company",
    Result: "interview__vacancy__company",
}
PERSON_PATHS: dict[type[Model], str] = {
    Interlocutor: "pk",
    Contact: "person",
    Participation: "interlocutor",
}
BY_KEY = _("Enter an email address (or the start of one), or the ID of an entry or its parent.")
BY_COMPANY = _("Or the start of a company name.")
BY_PERSON = _("Or the start of a company’s or person’s name.")


def companies_named(name: str) -> list[UUID]:
    rows = Company.objects.filter(beginning("normalised_name", normalise_name(name)))
    return list(rows.order_by().values_list("pk", flat=True)[:NAMED_MOST])


def people_named(name: str) -> list[UUID]:
    rows = Interlocutor.objects.filter(beginning("name", name))
    return list(rows.order_by().values_list("pk", flat=True)[:NAMED_MOST])


class FoundByOperators(IndexedSearch):
    """Mixin to put before Django's own classes."""

    search_help_text: str | None = None

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        if is_operator(request):
            return super().get_search_results(request, queryset, search_term)
        # Skip this class and use Django's search.
        rows: tuple[QuerySet[Any], bool] = super(IndexedSearch, self).get_search_results(  # type: ignore[misc]
            request, queryset, search_term
        )
        return rows

    def search_help(self, request: HttpRequest) -> str | None:
        if not is_operator(request):
            return self.search_help_text
        said = [BY_KEY]
        if self.model in COMPANY_PATHS:
            said.append(BY_PERSON if self.model in PERSON_PATHS else BY_COMPANY)
        return " ".join(str(sentence) for sentence in said)

    def by_key(self, key: UUID) -> Q:
        """By the row's own key or a foreign key."""
        found = Q(pk__in=[])
        for field in self.model._meta.concrete_fields:
            if _has_key(field):
                found |= Q(**{field.attname: key})
        return found

    def by_words(self, typed: str) -> Q:
        found = super().by_words(typed)
        if "@" in typed or len(typed) < BEGINNING_LEAST:
            return found
        if path := COMPANY_PATHS.get(self.model):
            found |= Q(**{f"{path}__in": companies_named(typed)})
        if path := PERSON_PATHS.get(self.model):
            found |= Q(**{f"{path}__in": people_named(typed)})
        return found


def _has_key(field: "Field[Any, Any]") -> bool:
    if isinstance(field, ForeignKey):
        return _has_key(field.target_field)
    return field.primary_key and isinstance(field, UUIDField)
