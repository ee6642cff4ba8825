"""Calendar feeds without their secrets, and the events that calendar programs received."""

from django.contrib import admin

from interviews.models import CalendarEvent, CalendarFeed
from staff.read_only import ReadOnlyAdmin


@admin.register(CalendarFeed)
class CalendarFeedAdmin(ReadOnlyAdmin):
    owner_path = "candidate__user"
    list_display = ("candidate", "created_at")
    list_select_related = ("candidate__user",)
    exclude = ("token",)


@admin.register(CalendarEvent)
class CalendarEventAdmin(ReadOnlyAdmin):
    owner_path = "feed__candidate__user"
    list_display = ("uid", "feed", "sequence", "starts_at", "changed_at", "gone_at")
    list_select_related = ("feed__candidate__user",)
