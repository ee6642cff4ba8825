"""What coaches may open in the admin: the pages made for them, about what is shared with them.

Every other URL is 404 for them (`staff/site.py` asks `is_for_coach`), as is everything that is no
longer shared.
"""

import re
from typing import Any, ClassVar

from django.contrib.admin.views.main import SEARCH_VAR
from django.contrib.auth.models import AnonymousUser
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import audit_log
from accounts.models import User
from coaching import permissions
from coaching.permissions import CoachScope
from interviews.models import Candidate
from staff.read_only import ReadOnlyAdmin

# Pages of the site itself, without rows of anybody.
OF_SITE = frozenset({"index", "logout", "password_change", "password_change_done", "jsi18n"})
LIST_TEMPLATE = "admin/coach/change_list.html"
# Query parameters of a date hierarchy. Other years would overflow the database's dates.
DAYS = {"year": r"[12]\d{3}", "month": r"\d{1,2}", "day": r"\d{1,2}"}


def coach_of(request: HttpRequest) -> User:
    """Return the signed-in user; the site requires a sign-in."""
    assert isinstance(request.user, User)
    return request.user


def sharing_of(request: HttpRequest) -> CoachScope:
    """Read it once a request, so that the whole page speaks of the same moment."""
    kept: CoachScope | None = getattr(request, "coach_sharing", None)
    if kept is None:
        kept = permissions.scope_of(coach_of(request), now=timezone.now())
        request.coach_sharing = kept  # type: ignore[attr-defined]
    return kept


def is_coach_only(user: User | AnonymousUser) -> bool:
    """Return whether the user enters the admin only as a coach."""
    return not user.is_superuser


class CoachedAdmin(ReadOnlyAdmin):
    """A list of all rows for operators, and of the shared rows for a coach. A subclass says how
    both are shown."""

    # URL names open to coaches, without the model's prefix.
    coach_pages: ClassVar[tuple[str, ...]] = ("changelist",)
    coach_title: ClassVar[Any] = ""
    coach_display: ClassVar[tuple[Any, ...]] = ()
    coach_filters: ClassVar[tuple[Any, ...]] = ()
    # Classes of the filters that are not folded: one without choices is left out by Django.
    coach_chips: ClassVar[tuple[type, ...]] = ()
    coach_search: ClassVar[tuple[str, ...]] = ()
    coach_search_hint: ClassVar[Any] = _("Company or candidate")
    coach_links: ClassVar[tuple[str, ...] | None] = None
    coach_ordering: ClassVar[tuple[Any, ...]] = ()
    # What the audit log says a coach looked at, if it differs from the operators' page.
    coach_noun: ClassVar[str] = ""

    def coach_rows(self, sharing: CoachScope) -> QuerySet[Any]:
        raise NotImplementedError

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(request.user.is_superuser or request.user.is_staff)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        if is_coach_only(request.user):
            return self.coach_rows(sharing_of(request))
        return super().get_queryset(request)

    def get_list_display(self, request: HttpRequest) -> Any:
        if not is_coach_only(request.user):
            return super().get_list_display(request)
        has_several = len(sharing_of(request).coachings) > 1
        return [each for each in self.coach_display if has_several or each != "of"]

    def get_list_filter(self, request: HttpRequest) -> Any:
        return self._for(request, self.coach_filters, super().get_list_filter(request))

    def get_search_fields(self, request: HttpRequest) -> Any:
        return self._for(request, self.coach_search, super().get_search_fields(request))

    def get_ordering(self, request: HttpRequest) -> Any:
        return self._for(request, self.coach_ordering, super().get_ordering(request))

    def get_list_display_links(self, request: HttpRequest, list_display: Any) -> Any:
        operators = super().get_list_display_links(request, list_display)
        return self._for(request, self.coach_links, operators)

    def get_paginator(self, request: HttpRequest, *rest: Any, **more: Any) -> Any:
        """A coach's rows are few enough to count, and all are listed."""
        if is_coach_only(request.user):
            return Paginator(*rest, **more)
        return super().get_paginator(request, *rest, **more)

    def lookup_allowed(self, lookup: str, value: Any, request: Any = None) -> bool:
        """A coach's list also links to the days of its hierarchy."""
        is_of_coach = request is not None and is_coach_only(request.user)
        is_day = is_of_coach and self._is_day(lookup, str(value))
        return is_day or super().lookup_allowed(lookup, value, request)

    def _is_day(self, lookup: str, value: str) -> bool:
        field, _mark, part = lookup.rpartition("__")
        is_known = self.date_hierarchy is not None and field == self.date_hierarchy
        return is_known and part in DAYS and bool(re.fullmatch(DAYS[part], value))

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        if not is_coach_only(request.user):
            return super().changelist_view(request, extra_context)
        # A select without a choice sends an empty value, which is no filter.
        typed = request.GET.copy()
        for name in [each for each in typed if not typed[each] and each != SEARCH_VAR]:
            del typed[name]
        request.GET = typed  # type: ignore[assignment]
        context = {"title": self.coach_title, **(extra_context or {})}
        response = super().changelist_view(request, context)
        if hasattr(response, "template_name"):
            response.template_name = LIST_TEMPLATE
        return response

    def record_looks(self, request: HttpRequest, keys: list[Any]) -> None:
        if not (self.coach_noun and is_coach_only(request.user)):
            super().record_looks(request, keys)
            return
        coach, now = coach_of(request), sharing_of(request).now
        audit_log.log_looks(self._owners(keys), actor=coach, now=now, detail=self.coach_noun)

    def _for(self, request: HttpRequest, for_coach: Any, for_operator: Any) -> Any:
        return for_coach if is_coach_only(request.user) else for_operator

    def is_for_coach(self, url_name: str) -> bool:
        prefix = f"{self.model._meta.app_label}_{self.model._meta.model_name}_"
        return url_name in {f"{prefix}{page}" for page in self.coach_pages}


def record_look(request: HttpRequest, candidate: Candidate, noun: str) -> None:
    """Log looks at a coach's own pages, as `AuditedAdmin` does for Django's."""
    now = sharing_of(request).now
    audit_log.log_looks([candidate.user], actor=coach_of(request), now=now, detail=noun)
