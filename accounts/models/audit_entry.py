"""Who did what to whose data, and when: written once, never changed, erased after some time."""

from typing import NoReturn, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.keys import new_key
from accounts.models.user import User


class AuditEntryQuerySet(models.QuerySet["AuditEntry"]):
    def about(self, user: User) -> Self:
        """Entries about the data of this user, newest first (index record_of_subject)."""
        return self.filter(subject_id=user.pk).order_by("-at", "-pk")

    def update(self, **kwargs: object) -> NoReturn:
        raise TypeError("The record is not changed; accounts/audit_log.py erases what is too old.")

    def delete(self) -> NoReturn:
        raise TypeError("The record is not deleted; accounts/audit_log.py erases what is too old.")


class AuditEntry(models.Model):
    """An entry names users by key only. It has no foreign key, because erasing a user must not
    change the entries of others, and no name, so that erasing the user is enough."""

    class Kind(models.TextChoices):
        SIGNED_IN = "signed_in", _("signed in")
        SIGN_IN_FAILED = "sign_in_failed", _("failed to sign in")
        SESSION_ENDED = "session_ended", _("signed out a device")
        PASSWORD_CHANGED = "password_changed", _("changed the password")
        EMAIL_CHANGED = "email_changed", _("changed the email address")
        FACTOR_ADDED = "factor_added", _("added a sign-in method")
        FACTOR_REMOVED = "factor_removed", _("removed a sign-in method")
        LOOKED = "looked", _("viewed")
        CHANGED = "changed", _("changed in the admin")
        EXPORTED = "exported", _("exported data")
        IMPORTED = "imported", _("imported data")
        DELETION_REQUESTED = "departure_asked", _("scheduled account deletion")
        DELETION_CANCELLED = "departure_withdrawn", _("cancelled account deletion")
        SHARED = "shared", _("started sharing with a coach")
        UNSHARED = "unshared", _("stopped sharing with a coach")
        WAITS_SHARED = "waits_shared", _("started sharing waits")
        WAITS_UNSHARED = "waits_unshared", _("stopped sharing waits")
        CALENDAR_MADE = "calendar_made", _("created a calendar link")
        CALENDAR_SHOWN = "calendar_shown", _("viewed the calendar link")
        LISTED = "listed", _("exported a candidate list")

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    at = models.DateTimeField(_("when"))
    kind = models.CharField(_("what"), max_length=20, choices=Kind)
    # None: an anonymous visitor, or the product itself.
    actor_id = models.UUIDField(_("who"), null=True, blank=True)
    subject_id = models.UUIDField(_("data owner"))
    # What was seen or changed, in the product's words; never a name or a user's text.
    detail = models.CharField(_("detail"), max_length=200, blank=True)
    # Only for sign-ins.
    address = models.GenericIPAddressField(_("from"), null=True, blank=True)

    objects = AuditEntryQuerySet.as_manager()

    class Meta:
        db_table = "accounts_recordentry"  # functions of PostgreSQL use this name
        verbose_name = _("activity log entry")
        verbose_name_plural = _("activity log")
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(kind=""), name="record_kind_said"),
        ]
        indexes = [
            models.Index(fields=["subject_id", "-at"], name="record_of_subject"),
            models.Index(fields=["at"], name="record_by_age"),
            # For the operators' list: the actions of one user, and all of one kind, newest first.
            models.Index(fields=["actor_id", "-at"], name="record_of_actor"),
            models.Index(fields=["kind", "-at"], name="record_of_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.at:%Y-%m-%d %H:%M})"
