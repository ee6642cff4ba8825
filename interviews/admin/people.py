"""Candidates, coachings, interlocutors, competences."""

from django.contrib import admin

from interviews.admin.read_only import ReadOnlyAdmin
from interviews.models import Candidate, Coaching, Competence, Interlocutor, OwnLetter


@admin.register(Candidate)
class CandidateAdmin(ReadOnlyAdmin):
    candidate_path = "pk"
    owner_path = "user"
    list_display = ("user", "timezone", "country", "counting", "reminders_paused_at")
    list_filter = ("counting", "country")
    list_select_related = ("user",)
    search_fields = ("user__email", "user__name")


@admin.register(Coaching)
class CoachingAdmin(ReadOnlyAdmin):
    owner_path = "candidate__user"
    list_display = ("coach", "candidate", "shares", "invited_at", "accepted_at", "ended_at")
    list_filter = ("shares",)
    list_select_related = ("coach", "candidate__user")
    search_fields = ("coach__email", "coach__name", "candidate__user__email")


@admin.register(Interlocutor)
class InterlocutorAdmin(ReadOnlyAdmin):
    candidate_path = "candidate"
    owner_path = "candidate__user"
    list_display = ("name", "company", "phone", "email", "candidate")
    list_filter = ("origin",)
    list_select_related = ("company", "candidate__user")
    search_fields = ("name", "email", "phone", "company__name", "candidate__user__email")


@admin.register(Competence)
class CompetenceAdmin(ReadOnlyAdmin):
    owner_path = "candidate__user"
    list_display = ("name", "candidate")
    list_select_related = ("candidate__user",)
    search_fields = ("name", "candidate__user__email")


@admin.register(OwnLetter)
class OwnLetterAdmin(ReadOnlyAdmin):
    owner_path = "candidate__user"
    list_display = ("occasion", "candidate", "changed_at")
    list_filter = ("occasion",)
    list_select_related = ("candidate__user",)
    search_fields = ("subject", "candidate__user__email")
