"""Operators' lists of companies and vacancies."""

from django.contrib import admin

from interviews.models import Company, Vacancy
from staff.read_only import ReadOnlyAdmin


@admin.register(Company)
class CompanyAdmin(ReadOnlyAdmin):
    candidate_path = "candidate"
    owner_path = "candidate__user"
    list_display = ("name", "kind", "size", "candidate")
    list_select_related = ("candidate__user",)


@admin.register(Vacancy)
class VacancyAdmin(ReadOnlyAdmin):
    candidate_path = "candidate"
    owner_path = "candidate__user"
    list_display = ("title", "company", "attractiveness", "desire", "candidate")
    list_select_related = ("company", "candidate__user")
