"""The yardstick for a coach's pages: a URLconf with stock changelists of as many rows with plain
columns, behind the same sign-in and in the same layout."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import include, path

from accounts.admin.site import HearbackSite
from coaching.matters import Matter
from coaching.morning import LINES_SHOWN
from interviews.models import Candidate, Interview


class Bare(admin.ModelAdmin):  # type: ignore[type-arg]
    """Django's own list, open to everybody who may enter the admin."""

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    def has_module_permission(self, request: HttpRequest) -> bool:
        return True


class BareInterviews(Bare):
    """As many rows as the coach's overview shows at most."""

    list_display = ("candidate", "vacancy", "step", "step_due_at")
    list_select_related = ("candidate__user", "vacancy__company", "step_person", "result")
    list_per_page = LINES_SHOWN * len(Matter)
    ordering = ("pk",)  # no sorting of thousands of rows, so that the yardstick is fast


class BareCandidates(Bare):
    """As many columns, filters, actions and search fields as the caseload has."""

    list_display = (
        *("user", "timezone", "country", "counting", "contact_opens", "contact_closes"),
        *("notice_days", "created_at"),
    )
    list_select_related = ("user",)
    list_filter = ("counting", "country")
    search_fields = ("user__name", "user__email")
    date_hierarchy = "created_at"
    list_per_page = 50
    ordering = ("-created_at",)
    actions = ("nothing",)

    @admin.action(description="Nothing")
    def nothing(self, request: HttpRequest, queryset: Any) -> None:
        """An action, so that each row has a checkbox."""


site = HearbackSite(name="bare")
site.register(Interview, BareInterviews)
site.register(Candidate, BareCandidates)
urlpatterns = [path("bare/", site.urls), path("", include("config.urls"))]
