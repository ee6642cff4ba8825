"""Computed statistics: each candidate's figures, the tallies they share, the promise index."""

from django.contrib import admin

from interviews.models import (
    CompanyIndex,
    CompanyTally,
    Statistics,
    StatisticsState,
    WaitAssumptions,
)
from staff.read_only import ReadOnlyAdmin


@admin.register(Statistics)
class StatisticsAdmin(ReadOnlyAdmin):
    owner_path = "candidate__user"
    list_display = ("candidate", "computed_at", "due_at", "error")
    list_select_related = ("candidate__user",)
    # Data for programs; the candidate's page explains them.
    exclude = ("posterior", "spells")


@admin.register(WaitAssumptions)
class WaitAssumptionsAdmin(ReadOnlyAdmin):
    owner_path = "candidate__user"
    list_display = ("candidate", "told_percent", "kept_percent", "median_days", "changed_at")
    list_select_related = ("candidate__user",)


@admin.register(CompanyTally)
class CompanyTallyAdmin(ReadOnlyAdmin):
    owner_path = "candidate__user"
    list_display = ("normalised_name", "candidate", "waits", "answered", "kept", "late", "broken")
    list_select_related = ("candidate__user",)


@admin.register(CompanyIndex)
class CompanyIndexAdmin(ReadOnlyAdmin):
    list_display = ("normalised_name", "waits", "answered_percent", "promises", "kept_percent")


@admin.register(StatisticsState)
class StatisticsStateAdmin(ReadOnlyAdmin):
    list_display = ("reckoned_at", "candidates", "waits")
    exclude = ("spells",)
