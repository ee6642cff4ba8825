"""Allauth's forms with this product's texts: a label above each field, no placeholder. They do the
same work whether an address has an account or not (docs/decisions/same-answer.md)."""

from datetime import datetime
from typing import Any

from allauth.account import forms
from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from allauth.core import context, ratelimit
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.forms import Field
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts import rate_limits
from accounts.addresses import AddressField, canonical_address
from accounts.equal_timing import sign_up_in_vain
from accounts.error_messages import say_what_is_right
from accounts.models import EmailChange, User
from accounts.services import note_failed_sign_in

LABELS = {
    "login": _("Email address"),
    "email": _("Email address"),
    "password": _("Password"),
    "password1": _("Password"),
    "password2": _("Confirm password"),
    "oldpassword": _("Current password"),
    "code": _("Code"),
}
A_PASSWORD = _("Enter your password.")
REQUIRED = {
    "login": _("Enter your email address."),
    "email": _("Enter your email address."),
    "password": A_PASSWORD,
    "password1": _("Choose a password."),
    "password2": _("Enter the same password again."),
    "oldpassword": A_PASSWORD,
    "code": _("Enter the code from the email."),
}
PASSWORD_HELP = _("Use at least eight characters that are hard to guess.")


def user_at(email: str) -> User | None:
    """Return the active user with this address. It takes one query in any case."""
    return User.objects.filter(email=email, is_active=True).first()


def is_taken(email: str, now: datetime) -> bool:
    """Return whether the address is used by an account, or can still be restored to one. Both are
    looked up in any case."""
    kept = EmailChange.objects.keeping(email, now)
    found = [rows.exists() for rows in (User.objects.filter(email=email), kept)]
    return any(found)


def _may_be_mailed(email: str, *, purpose: str) -> None:
    if not rate_limits.may_mail_code(context.request, email, purpose=purpose):
        raise get_adapter().validation_error("too_many_login_attempts")


def _address_field(field: Field) -> AddressField:
    """Return the field that replaces allauth's."""
    return AddressField(required=field.required, label=field.label, widget=field.widget)


class PlainWords:
    fields: dict[str, Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("login", "email"):
            if name in self.fields:
                self.fields[name] = _address_field(self.fields[name])
        say_what_is_right(self.fields.values())
        for name, field in self.fields.items():
            if name in REQUIRED:
                field.error_messages["required"] = REQUIRED[name]
            field.label = LABELS.get(name, field.label)
            if name == "password1" and "oldpassword" in self.fields:
                field.label = _("New password")
            field.widget.attrs.pop("placeholder", None)
            if "password" in name:
                field.help_text = PASSWORD_HELP if name == "password1" else ""
            if name == "code":
                # Letters and digits; a phone must neither correct nor capitalise them.
                field.widget.attrs |= {"autocapitalize": "characters", "spellcheck": "false"}


class MailedCode(PlainWords):
    """Allow three attempts, however many run at once; later ones fail, whatever the code. If no
    code was mailed, every attempt fails after the same work."""

    expected_code: str | None

    def clean_code(self) -> str:
        if not rate_limits.may_try_code(context.request, self.expected_code or ""):
            raise get_adapter().validation_error("incorrect_code")
        code: str = super().clean_code()  # type: ignore[misc]
        return code


class LoginForm(PlainWords, forms.LoginForm):  # type: ignore[misc]  # allauth ships no types
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs["autocomplete"] = "username"


class SignupForm(PlainWords, forms.SignupForm):  # type: ignore[misc]
    def validate_unique_email(self, value: str) -> str:
        self.account_already_exists = is_taken(value, timezone.now())
        return value

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        result: tuple[User | None, HttpResponse | None]
        if not self.account_already_exists:
            try:
                result = super().try_save(request)
                return result
            except IntegrityError:  # somebody signed up with it in the meantime
                self.account_already_exists = True
        sign_up_in_vain(self, request)
        result = super().try_save(request)
        return result


class RequestLoginCodeForm(PlainWords, forms.RequestLoginCodeForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].widget.attrs["autocomplete"] = "username"

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        if not ratelimit.consume(context.request, action="request_login_code", key=email):
            raise get_adapter().validation_error("too_many_login_attempts")
        _may_be_mailed(email, purpose="sign in")
        self._user = user_at(email)
        return email


class ConfirmLoginCodeForm(MailedCode, forms.ConfirmLoginCodeForm):  # type: ignore[misc]
    pass


class ConfirmEmailForm(MailedCode, forms.ConfirmEmailVerificationCodeForm):  # type: ignore[misc]
    def clean_code(self) -> str:
        """Refuse an address that another account can still restore; the user's own former address
        is fine."""
        code: str = super().clean_code()
        kept = EmailChange.objects.keeping(canonical_address(self.email), timezone.now())
        if code and kept.exclude(user=self.user).exists():
            raise get_adapter().validation_error("email_taken")
        return code


class ConfirmResetForm(MailedCode, forms.ConfirmPasswordResetCodeForm):  # type: ignore[misc]
    pass


class ResetPasswordForm(PlainWords, forms.ResetPasswordForm):  # type: ignore[misc]
    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        _may_be_mailed(email, purpose="reset")
        user = user_at(email)
        self.users = [user] if user else []
        return email


class NewPasswordForm(PlainWords, forms.ResetPasswordKeyForm):  # type: ignore[misc]
    pass


class ChangePasswordForm(PlainWords, forms.ChangePasswordForm):  # type: ignore[misc]
    def clean_oldpassword(self) -> str:
        """Log a wrong password: somebody who found the session open may be guessing."""
        try:
            password: str = super().clean_oldpassword()
        except ValidationError:
            note_failed_sign_in(
                email=self.user.email,
                address=get_adapter().get_client_ip(context.request),
                now=timezone.now(),
                detail=gettext("wrong current password while changing it"),
            )
            raise
        return password


class AddEmailForm(PlainWords, forms.AddEmailForm):  # type: ignore[misc]
    """Change the account's only address to another one."""

    user: User

    def clean_email(self) -> str:
        """Do not look up whether the new address is taken: only its reader learns that, by the
        code."""
        email: str = self.cleaned_data["email"]
        if email == self.user.email:
            raise get_adapter().validation_error("duplicate_email")
        return email

    def save(self, request: HttpRequest) -> EmailAddress:
        address: EmailAddress = super().save(request)
        get_adapter().send_notification_mail(
            "account/email/email_change_asked",
            self.user,
            {"to_email": address.email},
            email=self.user.email,
        )
        return address


class ReauthenticateForm(PlainWords, forms.ReauthenticateForm):  # type: ignore[misc]
    pass
