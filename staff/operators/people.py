"""Operators' lists of interlocutors, competences and letter templates."""

from django.contrib import admin

from interviews.models import Competence, Interlocutor, OwnLetter
from staff.read_only import ReadOnlyAdmin


@admin.register(Interlocutor)
class InterlocutorAdmin(ReadOnlyAdmin):
    candidate_path = "candidate"
    owner_path = "candidate__user"
    list_display = ("name", "company", "phone", "email", "candidate")
    list_select_related = ("company", "candidate__user")


@admin.register(Competence)
class CompetenceAdmin(ReadOnlyAdmin):
    owner_path = "candidate__user"
    list_display = ("name", "candidate")
    list_select_related = ("candidate__user",)


@admin.register(OwnLetter)
class OwnLetterAdmin(ReadOnlyAdmin):
    owner_path = "candidate__user"
    list_display = ("occasion", "candidate", "changed_at")
    list_select_related = ("candidate__user",)
