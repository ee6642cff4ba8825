"""A change of an account's email address, kept so that it can be undone."""

from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.keys import new_key
from accounts.models.user import User


def _oldest(now: datetime) -> datetime:
    return now - timedelta(days=settings.EMAIL_CHANGE_UNDO_DAYS)


class EmailChangeQuerySet(models.QuerySet["EmailChange"]):
    def open(self, now: datetime) -> Self:
        """Changes that can be undone: not too old, not undone, and not made after one that was
        undone."""
        return self.filter(undone_at=None, at__gt=_oldest(now))

    def keeping(self, email: str, now: datetime) -> Self:
        """Changes that can still restore this address."""
        return self.open(now).filter(old=email)

    def over(self, now: datetime) -> Self:
        """Changes that can no longer be undone."""
        return self.filter(at__lte=_oldest(now))


class EmailChange(models.Model):
    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    user = models.ForeignKey(
        User, models.CASCADE, related_name="email_changes", verbose_name=_("user")
    )
    old = models.EmailField(_("from"))
    new = models.EmailField(_("to"))
    at = models.DateTimeField(_("when"))
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)

    objects = EmailChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("address change")
        verbose_name_plural = _("address changes")
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(old=F("new")), name="address_change_changes"),
            models.CheckConstraint(
                condition=Q(undone_at=None) | Q(undone_at__gte=F("at")),
                name="address_change_undone_later",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.at:%Y-%m-%d}"
