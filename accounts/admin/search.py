"""Search in the admin's lists through indexes, so that no search reads a million rows:
docs/decisions/admin-lists.md."""

from typing import Any, ClassVar
from uuid import UUID

from django.db import connection
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from accounts.addresses import canonical_address
from accounts.models import User

# How many matching users a search considers; a longer prefix finds the others.
USERS_MOST = 20
# Shorter prefixes would match a large part of all users.
BEGINNING_LEAST = 3
LAST_SIGN = chr(0x10FFFF)


def beginning(path: str, text: str) -> Q:
    """Return a prefix filter that uses an index. PostgreSQL has one for LIKE; SQLite's LIKE ignores
    case and uses none, so there a range by bytes is compared."""
    if connection.vendor == "sqlite":
        return Q(**{f"{path}__gte": text, f"{path}__lt": text + LAST_SIGN})
    return Q(**{f"{path}__startswith": text})


def users_at(address: str) -> list[UUID]:
    """Return the keys of users with this address, or whose address begins with it."""
    typed = canonical_address(address)
    known = User.objects.filter(email=typed) | User.objects.filter(beginning("email", typed))
    return list(known.values_list("pk", flat=True)[:USERS_MOST])


def key_in(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


class IndexedSearch:
    """Mixin for an admin class: search by key and by the address of the row's owner."""

    # Columns that hold keys.
    key_paths: ClassVar[tuple[str, ...]] = ("pk",)
    # The lookup from a row to its owner; None if there is none.
    owner_path: ClassVar[str | None] = None
    # Lookups to further users of the row.
    also_paths: ClassVar[tuple[str, ...]] = ()
    # Text columns of small tables, which may be scanned completely.
    name_paths: ClassVar[tuple[str, ...]] = ()
    model: type[Model]

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        typed = search_term.strip()
        if not typed:
            return queryset, False
        key = key_in(typed)
        found = self.by_key(key) if key else self.by_words(typed)
        return queryset.filter(found), False

    def search_help(self, request: HttpRequest) -> str | None:
        return str(_("Enter an email address (or the start of one), or an ID."))

    def by_key(self, key: UUID) -> Q:
        found = Q()
        for path in self.key_paths:
            found |= Q(**{path: key})
        return found

    def by_words(self, typed: str) -> Q:
        found = self.by_address(typed)
        for path in self.name_paths:
            found |= Q(**{f"{path}__contains": typed})
            found |= Q(**{f"{path}__lower__contains": typed.lower()})
        return found

    def by_address(self, typed: str) -> Q:
        paths = {self.owner_path, *self.also_paths, *_paths_to_users(self.model)} - {None}
        users = users_at(typed) if paths and len(typed) >= BEGINNING_LEAST else []
        found = Q(pk__in=[])
        for path in sorted(path for path in paths if path):
            found |= Q(**{f"{path}__in": users})
        return found


def _paths_to_users(model: type[Model]) -> list[str]:
    """Return the lookups to all users that a row names: the owner and, for a coaching, the
    coach."""
    fields = model._meta.concrete_fields
    return [field.name for field in fields if field.related_model is User]
