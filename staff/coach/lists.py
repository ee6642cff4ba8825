"""What a coach's lists have in common: filters and links."""

from typing import Any
from uuid import UUID

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from accounts.admin.countless_list import PagedList
from coaching.matters import Matter, classified
from interviews.models import Coaching, Interview
from staff.coach.admin import CoachedAdmin, sharing_of


class CoachList(PagedList):
    """Counted and paged: some hundreds of rows are shared with one coach."""

    model_admin: CoachedAdmin

    def __init__(self, request: HttpRequest, *rest: Any, **more: Any) -> None:
        super().__init__(request, *rest, **more)
        self.title = str(self.model_admin.coach_title)

    def _get_default_ordering(self) -> Any:
        """The coach's order, so that the header of the sorted column is marked."""
        return self.model_admin.coach_ordering

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        self.has_next = self.page_num < self.paginator.num_pages


def interview_link(key: UUID, text: str) -> SafeString:
    url = reverse("admin:interviews_interview_change", args=[key])
    return format_html('<a href="{}"><bdi>{}</bdi></a>', url, text)


def candidate_link(key: UUID, text: str) -> SafeString:
    url = reverse("admin:interviews_candidate_change", args=[key])
    return format_html('<a href="{}"><bdi>{}</bdi></a>', url, text)


class SharedFilter(admin.SimpleListFilter):
    """Filter by what a candidate shares; `of` is the lookup from a row to the candidate."""

    title = _("sharing")
    parameter_name = "shares"
    of = "pk"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(each.value, each.label) for each in Coaching.Shares]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if not self.value():
            return queryset
        shared = sharing_of(request).coachings.items()
        keys = [key for key, coaching in shared if coaching.shares == self.value()]
        return queryset.filter(**{f"{self.of}__in": keys})


class MatterFilter(admin.SimpleListFilter):
    """The sections of the coach's overview, complete."""

    title = _("reason for attention")
    parameter_name = "matter"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(str(each.value), each.label) for each in Matter]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Interview]) -> QuerySet[Interview]:
        value = self.value() or ""
        if value not in {str(each.value) for each in Matter}:
            return queryset
        sharing = sharing_of(request)
        meant = classified(sharing, now=sharing.now).filter(Q(matter=int(value)))
        return queryset.filter(pk__in=meant.values("pk"))
