"""Operators' pages about users: who may sign in and who may enter the admin."""

from datetime import datetime
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.admin import GroupAdmin as DjangoGroupAdmin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from accounts import audit_log
from accounts.admin.audited import AuditedAdmin
from accounts.admin.bulk_actions import Task, in_bulk
from accounts.admin.countless_list import CountlessAdmin
from accounts.admin.forms import AddUserForm, GivePasswordForm
from accounts.admin.search import BEGINNING_LEAST, IndexedSearch, users_at
from accounts.models import AuditEntry, DeletionRequest, User
from accounts.services import end_sessions, remove_factors


def _sign_out(user: User, actor: User, now: datetime) -> bool:
    sessions = UserSession.objects.filter(user=user).select_related("user")
    end_sessions(sessions, now=now, actor=actor)
    return True


def _remove_factors(user: User, actor: User, now: datetime) -> bool:
    return remove_factors(user, actor=actor, now=now) > 0


SIGN_OUT = Task(
    question=ngettext_lazy(
        "Sign out %(count)d user everywhere?", "Sign out %(count)d users everywhere?", "count"
    ),
    done=ngettext_lazy(
        "%(count)d user must sign in again.", "%(count)d users must sign in again.", "count"
    ),
    left=ngettext_lazy(
        "%(count)d isn’t signed in anywhere.", "%(count)d aren’t signed in anywhere.", "count"
    ),
    may=lambda users: users.filter(pk__in=UserSession.objects.values("user")),
    do=_sign_out,
    is_recorded_here=False,
)
REMOVE_FACTORS = Task(
    question=ngettext_lazy(
        "Turn off two-step sign-in for %(count)d user?",
        "Turn off two-step sign-in for %(count)d users?",
        "count",
    ),
    done=ngettext_lazy(
        "Two-step sign-in turned off for %(count)d user. We emailed them.",
        "Two-step sign-in turned off for %(count)d users. We emailed them.",
        "count",
    ),
    left=ngettext_lazy(
        "%(count)d doesn’t use two-step sign-in.", "%(count)d don’t use two-step sign-in.", "count"
    ),
    may=lambda users: users.filter(pk__in=Authenticator.objects.values("user")),
    do=_remove_factors,
    is_recorded_here=False,
)


@admin.register(User)
class UserAdmin(IndexedSearch, CountlessAdmin, AuditedAdmin, DjangoUserAdmin):  # type: ignore[type-arg]
    owner_path = "pk"
    add_form = AddUserForm
    change_password_form = GivePasswordForm
    fieldsets = (
        (None, {"fields": ("email", "password", "name")}),
        (_("Permissions"), {"fields": ("is_active", "is_staff", "is_superuser", "groups")}),
        (_("Dates"), {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = (
        (None, {"classes": ("wide",), "fields": ("email", "name", "password1", "password2")}),
    )
    list_display = ("email", "name", "is_staff", "is_active", "date_joined")
    list_filter = ("is_staff", "is_superuser", "is_active")
    search_fields = ("email",)
    ordering = ("email",)
    filter_horizontal = ("groups",)
    actions = ("sign_out", "remove_factors")
    readonly_fields = ("last_login", "date_joined")

    @admin.action(description=_("Sign out everywhere"), permissions=["change"])
    def sign_out(self, request: HttpRequest, queryset: QuerySet[User]) -> HttpResponse | None:
        """For a lost device, on its owner's request."""
        return in_bulk(self, request, queryset, SIGN_OUT)

    @admin.action(description=_("Turn off two-step sign-in"), permissions=["change"])
    def remove_factors(self, request: HttpRequest, queryset: QuerySet[User]) -> HttpResponse | None:
        """For a user who lost them and has proved their identity outside of Hearback."""
        return in_bulk(self, request, queryset, REMOVE_FACTORS)

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> list[str]:
        """Only the owner can change an address, because it must be verified."""
        fields = super().get_readonly_fields(request, obj)
        return [*fields, "email"] if obj else [*fields]

    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> Any:
        return self._logged(request, id, super().user_change_password(request, id, form_url))

    def log_change(self, request: HttpRequest, obj: User, message: Any) -> LogEntry:
        """Log in the admin's own log and in the audit log of the account."""
        assert isinstance(request.user, User)
        audit_log.log_action(
            audit_log.Kind.CHANGED,
            subject=obj,
            actor=request.user,
            now=timezone.now(),
            detail=User._meta.label_lower,
        )
        return super().log_change(request, obj, message)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Owners delete their own accounts; operators can only deactivate them."""
        return False


def _address_of(column: str) -> Subquery:
    return Subquery(User.objects.filter(pk=OuterRef(column)).values("email"))


class Unchangeable:
    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(AuditEntry)
class AuditEntryAdmin(Unchangeable, IndexedSearch, CountlessAdmin, AuditedAdmin, admin.ModelAdmin):  # type: ignore[type-arg]
    owner_path = "subject_id"
    list_display = ("at", "kind", "who", "whose", "detail", "address")
    list_filter = ("kind",)
    date_hierarchy = "at"
    search_fields = ("subject_id",)
    key_paths = ("pk", "subject_id", "actor_id")

    def get_queryset(self, request: HttpRequest) -> QuerySet[AuditEntry]:
        """Add the addresses of users who still exist: entries only store keys."""
        rows: QuerySet[AuditEntry] = super().get_queryset(request)
        return rows.annotate(who_at=_address_of("actor_id"), whose_at=_address_of("subject_id"))

    @admin.display(description=_("who"))
    def who(self, row: Any) -> str:
        return str(row.who_at or row.actor_id or "-")

    @admin.display(description=_("data owner"))
    def whose(self, row: Any) -> str:
        return str(row.whose_at or row.subject_id)

    def by_address(self, typed: str) -> Q:
        """Search what users did and what was done to their data."""
        users: list[UUID] = users_at(typed) if len(typed) >= BEGINNING_LEAST else []
        return Q(subject_id__in=users) | Q(actor_id__in=users)


@admin.register(DeletionRequest)
class DeletionRequestAdmin(
    Unchangeable,
    IndexedSearch,
    CountlessAdmin,
    AuditedAdmin,
    admin.ModelAdmin,  # type: ignore[type-arg]
):
    owner_path = "user"
    list_display = ("user", "asked_at", "due_at", "error")
    list_select_related = ("user",)
    search_fields = ("user",)


admin.site.unregister(Group)


@admin.register(Group)
class GroupAdmin(CountlessAdmin, DjangoGroupAdmin):
    pass
