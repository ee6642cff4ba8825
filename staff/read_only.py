"""What all pages of the admin have in common: they can be viewed and searched, not edited."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import URLField
from django.http import HttpRequest

from accounts.admin.audited import AuditedAdmin
from accounts.admin.countless_list import CountlessAdmin
from staff.operators.search import FoundByOperators


class ReadOnly:
    """Mixin for an admin class: no adding, changing or deleting, because facts come from services.

    Operators see every row, coaches none: their pages are made in `coach/`, with everything else
    that is shared with them.
    """

    # The lookup from a row to its candidate, if the row has no field for it.
    candidate_path: str | None = None
    formfield_overrides: ClassVar = {URLField: {"assume_scheme": "https"}}

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.is_superuser

    def has_module_permission(self, request: HttpRequest) -> bool:
        return request.user.is_superuser

    def has_operate_permission(self, request: HttpRequest) -> bool:
        """Only operators may run actions."""
        return request.user.is_superuser


class ReadOnlyAdmin(ReadOnly, FoundByOperators, CountlessAdmin, AuditedAdmin, admin.ModelAdmin):  # type: ignore[type-arg, misc]
    # Enables the search field; `operators/search.py` does the search.
    search_fields: ClassVar[tuple[str, ...]] = ("pk",)


class ReadOnlyInline(ReadOnly, admin.TabularInline):  # type: ignore[type-arg, misc]
    extra = 0
    can_delete = False
    template = "admin/edit_inline/read_only.html"
