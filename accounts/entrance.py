"""Allauth's forms with this product's words: a label above each field, no placeholder in it."""

from typing import Any

from allauth.account import forms
from django.forms import Field
from django.utils.translation import gettext_lazy as _

from accounts.faults import say_what_is_right

LABELS = {
    "login": _("E-mail address"),
    "email": _("E-mail address"),
    "password": _("Password"),
    "password1": _("Password"),
    "password2": _("The same password again"),
    "oldpassword": _("Your present password"),
    "code": _("Code"),
}
A_PASSWORD = _("Write your password.")
REQUIRED = {
    "login": _("Write your e-mail address."),
    "email": _("Write your e-mail address."),
    "password": A_PASSWORD,
    "password1": _("Choose a password."),
    "password2": _("Write the same password once more."),
    "oldpassword": A_PASSWORD,
    "code": _("Write the code from the mail."),
}
PASSWORD_HELP = _("At least eight characters, and not easy to guess.")


class PlainWords:
    fields: dict[str, Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say_what_is_right(self.fields.values())
        for name, field in self.fields.items():
            if name in REQUIRED:
                field.error_messages["required"] = REQUIRED[name]
            field.label = LABELS.get(name, field.label)
            field.widget.attrs.pop("placeholder", None)
            if "password" in name:
                field.help_text = PASSWORD_HELP if name == "password1" else ""
            if name == "code":
                # Letters and digits; a phone must neither correct nor capitalise them.
                field.widget.attrs |= {"autocapitalize": "characters", "spellcheck": "false"}


class LoginForm(PlainWords, forms.LoginForm):  # type: ignore[misc]  # allauth ships no types
    pass


class SignupForm(PlainWords, forms.SignupForm):  # type: ignore[misc]
    pass


class RequestLoginCodeForm(PlainWords, forms.RequestLoginCodeForm):  # type: ignore[misc]
    pass


class ConfirmLoginCodeForm(PlainWords, forms.ConfirmLoginCodeForm):  # type: ignore[misc]
    pass


class ConfirmEmailForm(PlainWords, forms.ConfirmEmailVerificationCodeForm):  # type: ignore[misc]
    pass


class ConfirmResetForm(PlainWords, forms.ConfirmPasswordResetCodeForm):  # type: ignore[misc]
    pass


class ResetPasswordForm(PlainWords, forms.ResetPasswordForm):  # type: ignore[misc]
    pass


class NewPasswordForm(PlainWords, forms.ResetPasswordKeyForm):  # type: ignore[misc]
    pass


class ChangePasswordForm(PlainWords, forms.ChangePasswordForm):  # type: ignore[misc]
    pass


class SetPasswordForm(PlainWords, forms.SetPasswordForm):  # type: ignore[misc]
    pass


class AddEmailForm(PlainWords, forms.AddEmailForm):  # type: ignore[misc]
    pass


class ChangeEmailForm(PlainWords, forms.ChangeEmailForm):  # type: ignore[misc]
    pass


class ReauthenticateForm(PlainWords, forms.ReauthenticateForm):  # type: ignore[misc]
    pass
