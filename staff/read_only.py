"""The stance of every page of the admin: look, search, and change nothing by hand."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import URLField
from django.http import HttpRequest

from accounts.admin.audited import AuditedAdmin
from accounts.admin.countless_list import CountlessAdmin
from staff.operators.search import FoundByOperators


class ReadOnly:
    """Mixed into an admin class: no adding, changing or deleting; facts come from services.

    An operator sees every row; a coach none: her own pages are made in `coached.py`, and what else
    is shared with her stands on them.
    """

    # From a row to its candidate, where the row's own fields do not tell.
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
        """Who may run an action: operators alone."""
        return request.user.is_superuser


class ReadOnlyAdmin(ReadOnly, FoundByOperators, CountlessAdmin, AuditedAdmin, admin.ModelAdmin):  # type: ignore[type-arg, misc]
    # That there is a search at all; what operators find by it, `finding.py` says.
    search_fields: ClassVar[tuple[str, ...]] = ("pk",)


class ReadOnlyInline(ReadOnly, admin.TabularInline):  # type: ignore[type-arg, misc]
    extra = 0
    can_delete = False
    template = "admin/edit_inline/read_only.html"
