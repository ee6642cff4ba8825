"""Allauth's forms for passkeys and codes, with this product's texts."""

from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.allauth_internals import totp
from accounts.forms.sign_in import PlainWords

NAME_MAX = 60
PASSKEYS_MAX = 20
# A browser's response for a new passkey takes about one kilobyte.
CREDENTIAL_MAX = 10_000
# The library raises these for JSON that no browser sends: a missing part, or a wrong type.
UNREADABLE = (AttributeError, KeyError, TypeError, ValueError)
APP_CODE = _("Authenticator app code")


def _name_field(*, required: bool) -> forms.CharField:
    return forms.CharField(
        label=_("Name"),
        max_length=NAME_MAX,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),  # the browser fills it in
        required=required,
        help_text=_("A name you’ll recognise, such as “my phone”."),
        error_messages={"required": _("Enter a name.")},
    )


class CredentialField(forms.JSONField):
    """Parse what the browser's script sends. Python's JSON parser also raises at huge numbers and
    deeply nested lists."""

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except (ValueError, RecursionError) as error:
            raise get_adapter().validation_error("incorrect_code") from error

    def bound_data(self, data: Any, initial: Any) -> Any:
        """Drop the credential when the page is shown again: the browser must create a new one."""
        try:
            return super().bound_data(data, initial)
        except (ValueError, RecursionError):
            return None


class AddPasskeyForm(PlainWords, AddWebAuthnForm):  # type: ignore[misc]  # allauth ships no types
    name = _name_field(required=False)
    credential = CredentialField()
    # Allauth's script asks for a passkey, not only for a second factor, while this is checked.
    passwordless = forms.BooleanField(required=False, initial=True)

    def clean_name(self) -> str:
        return self.cleaned_data["name"] or gettext("Passkey")

    def clean_passwordless(self) -> bool:
        """Ignore the posted value: each passkey must have verified a finger, a face or a PIN."""
        return True

    def clean_credential(self) -> dict[str, Any]:
        """Refuse NUL characters, which the database cannot store."""
        sent = self.data["credential"]
        credential: dict[str, Any] = self.cleaned_data["credential"]
        if len(sent) > CREDENTIAL_MAX or "\\u0000" in sent or not isinstance(credential, dict):
            raise get_adapter().validation_error("incorrect_code")
        return credential

    def clean(self) -> dict[str, Any]:
        owned = Authenticator.objects.filter(user=self.user, type=Authenticator.Type.WEBAUTHN)
        if owned.count() >= PASSKEYS_MAX:
            raise forms.ValidationError(
                gettext(
                    "You have %(count)d passkeys, the most you can have. Remove one to add another."
                )
                % {"count": PASSKEYS_MAX}
            )
        try:
            cleaned: dict[str, Any] = super().clean()
        except UNREADABLE as error:
            raise get_adapter().validation_error("incorrect_code") from error
        return cleaned


class _Passkey(forms.Form):
    credential = CredentialField()

    def clean_credential(self) -> Any:
        try:
            return super().clean_credential()  # type: ignore[misc]
        except UNREADABLE as error:
            raise get_adapter().validation_error("incorrect_code") from error


class SignInPasskeyForm(_Passkey, LoginWebAuthnForm):  # type: ignore[misc]
    pass


class PasskeyForm(_Passkey, AuthenticateWebAuthnForm):  # type: ignore[misc]
    pass


class ConfirmPasskeyForm(_Passkey, ReauthenticateWebAuthnForm):  # type: ignore[misc]
    pass


class RenamePasskeyForm(PlainWords, EditWebAuthnForm):  # type: ignore[misc]
    name = _name_field(required=True)


class _Code(PlainWords):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["code"]
        field.label = APP_CODE
        field.error_messages["required"] = gettext("Enter the code from the app.")
        field.widget.attrs |= {"inputmode": "numeric", "autocapitalize": "off"}


class ActivateAppForm(_Code, ActivateTOTPForm):  # type: ignore[misc]
    def clean_code(self) -> str:
        """Mark the code as used, so that nobody who saw it can sign in with it."""
        code: str = super().clean_code()
        app = totp.TOTP(Authenticator(user=self.user, type=Authenticator.Type.TOTP))
        if not app._mark_code_used(code):
            raise get_adapter().validation_error("incorrect_code")
        return code


class _AnyCode(_Code):
    """Accepts recovery codes too, for users who lost their app."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].help_text = _("Or use a recovery code.")


class CodeForm(_AnyCode, AuthenticateForm):  # type: ignore[misc]
    pass


class ConfirmCodeForm(_AnyCode, ReauthenticateForm):  # type: ignore[misc]
    pass
