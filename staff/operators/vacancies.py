"""Operators' lists of companies, and of positions with their tags, files and imports."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from interviews.models import Attachment, Company, PositionImport, Tag, Vacancy
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
    list_display = ("title", "company", "state", "applied_on", "source", "candidate")
    list_select_related = ("company", "candidate__user")


@admin.register(Tag)
class TagAdmin(ReadOnlyAdmin):
    candidate_path = "candidate"
    owner_path = "candidate__user"
    list_display = ("name", "candidate")
    list_select_related = ("candidate__user",)


@admin.register(Attachment)
class AttachmentAdmin(ReadOnlyAdmin):
    """That there is a file, and never the file itself."""

    candidate_path = "vacancy__candidate"
    owner_path = "vacancy__candidate__user"
    list_display = ("name", "content_type", "size", "vacancy", "created_at")
    list_select_related = ("vacancy__company",)
    exclude = ("content",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Attachment]:
        return super().get_queryset(request).defer("content")


@admin.register(PositionImport)
class PositionImportAdmin(ReadOnlyAdmin):
    """How it went, never the cells of the file."""

    candidate_path = "candidate"
    owner_path = "candidate__user"
    fields = ("candidate", "file_name", "state", "rows_total", "rows_done", "error")
    list_display = ("candidate", "state", "rows_total", "rows_done", "created_at", "finished_at")
    list_filter = ("state",)
    list_select_related = ("candidate__user",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[PositionImport]:
        cells = ("table", "choices", "rest", "changes")
        rows: QuerySet[PositionImport] = super().get_queryset(request)
        return rows.defer(*cells)
