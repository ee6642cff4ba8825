"""The user. What a user does as a candidate or a coach is in `interviews`."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import uuid4

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.addresses import canonical_address
from accounts.keys import new_key


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **extra: Any) -> "User":
        user = self.model(email=canonical_address(email), **extra)
        user.set_password(password)
        user.full_clean(exclude=["password"])
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **extra: Any) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **extra)

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=canonical_address(username or ""))


class User(AbstractBaseUser, PermissionsMixin):
    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    email = models.EmailField(_("email address"), unique=True)
    name = models.CharField(_("name"), max_length=150, blank=True)
    is_staff = models.BooleanField(
        _("admin access"), default=False, help_text=_("For coaches and administrators.")
    )
    is_active = models.BooleanField(_("active"), default=True)
    # Part of the key under which devices keep this user's pages. It changes when a session is ended
    # from another device, and with the password (accounts/device_keys.py).
    device_key = models.UUIDField(default=uuid4, editable=False, unique=True)
    date_joined = models.DateTimeField(_("joined"), default=timezone.now)

    objects = UserManager()

    # Only set for the signed-in user (accounts/backend.py): since when no reminders are mailed to
    # this address, and what the mail server said.
    refused_at: datetime | None
    refused_with: str | None
    # Since when the signed-in user has had a coach; None without one.
    coached_at: datetime | None
    # When a forwarded mail came that waits for the signed-in user's answer; None without one.
    mailed_in_at: datetime | None

    EMAIL_FIELD = "email"
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_unique_ignoring_case",
                violation_error_message=_(
                    "An account with this email address already exists. Sign in instead."
                ),
            )
        ]
        # Partial indexes for the operators' list: few users are of these kinds.
        indexes = [
            models.Index(fields=["email"], name="user_staff", condition=Q(is_staff=True)),
            models.Index(fields=["email"], name="user_operators", condition=Q(is_superuser=True)),
            models.Index(fields=["email"], name="user_inactive", condition=Q(is_active=False)),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def set_password(self, raw_password: str | None) -> None:
        super().set_password(raw_password)
        self.device_key = uuid4()

    def set_unusable_password(self) -> None:
        super().set_unusable_password()
        self.device_key = uuid4()

    def get_full_name(self) -> str:
        return self.name or self.email

    def get_short_name(self) -> str:
        return self.name.split(" ")[0] if self.name else self.email
