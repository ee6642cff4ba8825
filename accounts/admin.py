"""Users, for operators: who may sign in, and who may enter the admin."""

from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib import admin, messages
from django.contrib.admin.models import LogEntry
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import record
from accounts.models import Departure, RecordEntry, User
from accounts.services import end_sessions, remove_factors
from accounts.staff_forms import NewPasswordForm, NewUserForm
from accounts.uncounted import Uncounted
from accounts.watched import Watched


@admin.register(User)
class UserAdmin(Uncounted, Watched, DjangoUserAdmin):  # type: ignore[type-arg]
    owner_path = "pk"
    add_form = NewUserForm
    change_password_form = NewPasswordForm
    fieldsets = (
        (None, {"fields": ("email", "password", "name")}),
        (_("Rights"), {"fields": ("is_active", "is_staff", "is_superuser", "groups")}),
        (_("Dates"), {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = (
        (None, {"classes": ("wide",), "fields": ("email", "name", "password1", "password2")}),
    )
    list_display = ("email", "name", "is_staff", "is_active", "date_joined")
    list_filter = ("is_staff", "is_superuser", "is_active")
    search_fields = ("email", "name")
    ordering = ("email",)
    filter_horizontal = ("groups",)
    actions = ("sign_out", "remove_factors")
    readonly_fields = ("last_login", "date_joined")

    @admin.action(description=_("Sign out everywhere"), permissions=["change"])
    def sign_out(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        """Where a device was lost, and its owner asks for it."""
        assert isinstance(request.user, User)
        rows = UserSession.objects.filter(user__in=queryset).select_related("user")
        end_sessions(rows, now=timezone.now(), actor=request.user)
        messages.success(request, _("They must sign in again."))

    @admin.action(description=_("Remove second factors"), permissions=["change"])
    def remove_factors(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        """Where they were lost, once their owner has proved by other means who it is."""
        assert isinstance(request.user, User)
        for user in queryset:
            remove_factors(user, actor=request.user, now=timezone.now())
        messages.success(request, _("They sign in without a second factor, and were told by mail."))

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> list[str]:
        """An address is changed by its owner, who proves it; here it would only half change."""
        fields = super().get_readonly_fields(request, obj)
        return [*fields, "email"] if obj else [*fields]

    def log_change(self, request: HttpRequest, obj: User, message: Any) -> LogEntry:
        """In the admin's own log, and in the record of whose account it is."""
        assert isinstance(request.user, User)
        record.record(
            record.Kind.CHANGED,
            subject=obj,
            actor=request.user,
            now=timezone.now(),
            detail=User._meta.label_lower,
        )
        return super().log_change(request, obj, message)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Nobody is deleted with a click: an account is left by its owner, or set inactive."""
        return False


class Unchangeable:
    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(RecordEntry)
class RecordEntryAdmin(Unchangeable, Uncounted, Watched, admin.ModelAdmin):  # type: ignore[type-arg]
    owner_path = "subject_id"
    list_display = ("at", "kind", "actor_id", "subject_id", "detail", "address")
    list_filter = ("kind",)
    date_hierarchy = "at"
    search_fields = ("subject_id", "actor_id")


@admin.register(Departure)
class DepartureAdmin(Unchangeable, Uncounted, Watched, admin.ModelAdmin):  # type: ignore[type-arg]
    owner_path = "user"
    list_display = ("user", "asked_at", "due_at")
    list_select_related = ("user",)
    search_fields = ("user__email",)
