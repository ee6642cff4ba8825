"""The stance of every page of the admin: look, search, and change nothing by hand."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import QuerySet, URLField
from django.http import HttpRequest
from django.utils import timezone

from accounts.uncounted import Uncounted
from accounts.watched import Watched
from interviews import access
from interviews.admin.finding import FoundByOperators


class ReadOnly:
    """Mixed into an admin class: no adding, changing or deleting; facts come from services.

    An operator sees every row. A coach sees the rows of candidates who share them with her,
    where `candidate_path` says how a row leads to its candidate; other pages are not hers.
    """

    candidate_path: str | None = None
    formfield_overrides: ClassVar = {URLField: {"assume_scheme": "https"}}

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.is_superuser or self._is_coachs(request)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return request.user.is_superuser or self._is_coachs(request)

    def has_operate_permission(self, request: HttpRequest) -> bool:
        """Who may run an action: operators alone."""
        return request.user.is_superuser

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows: QuerySet[Any] = super().get_queryset(request)  # type: ignore[misc]
        if request.user.is_superuser:
            return rows
        if self.candidate_path is None:
            return rows.none()
        shared = access.candidates_shared_with(request.user, now=timezone.now())
        return rows.filter(**{f"{self.candidate_path}__in": shared})

    def _is_coachs(self, request: HttpRequest) -> bool:
        return self.candidate_path is not None and request.user.is_staff


class ReadOnlyAdmin(ReadOnly, FoundByOperators, Uncounted, Watched, admin.ModelAdmin):  # type: ignore[type-arg, misc]
    # Of a list that coaches see too: what operators may filter it by, among all rows.
    operator_filter: ClassVar[tuple[Any, ...]] = ()

    def filters_of_operators(self) -> tuple[Any, ...]:
        return self.operator_filter if self.candidate_path else super().filters_of_operators()


class ReadOnlyInline(ReadOnly, admin.TabularInline):  # type: ignore[type-arg, misc]
    extra = 0
    can_delete = False
    template = "admin/edit_inline/read_only.html"
