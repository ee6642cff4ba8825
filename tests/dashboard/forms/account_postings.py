"""Like postings.py, for the forms of the sign-in: some are in the middle of a process."""

from collections.abc import Callable

from django.core import mail
from django.test import Client

from accounts.access import authenticators_of
from accounts.keys import opaque_key
from tests.accounts.codes import code_in
from tests.accounts.sign_in_helpers import confirm, give_password, make_passkey, set_up_app
from tests.dashboard.forms.postings import ZONE, Posting
from tests.site.ids import NO_SUCH_KEY
from tests.site.visitors import VisitedSite
from tests.support.people import PASSWORD

NEW_USER = {"email": "new@example.org", "password1": PASSWORD, **ZONE}


def _post(path: str, **data: str) -> Callable[[Client, VisitedSite], object]:
    return lambda client, site: client.post(path, data)


def _reset(client: Client, site: VisitedSite) -> None:
    client.post("/accounts/password/reset/", {"email": "alice@example.org"})
    code = code_in(mail.outbox[-1])
    client.post("/accounts/password/reset/confirm/", {"code": code})


def _confirm(client: Client, site: VisitedSite) -> None:
    confirm(client)


def _begin_passkey(client: Client, site: VisitedSite) -> None:
    client.defaults["HTTP_HOST"] = "localhost:8000"  # where a passkey may be made
    confirm(client)
    client.get("/accounts/signing-in/passkeys/add/")


def _half_signed_in(client: Client, site: VisitedSite) -> None:
    set_up_app(site.alice.user)
    give_password(client, site.alice.user)


def _begin_sign_in(client: Client, site: VisitedSite) -> None:
    client.defaults["HTTP_HOST"] = "localhost:8000"
    client.get("/accounts/signing-in/passkeys/login/")


def _with_app(client: Client, site: VisitedSite) -> None:
    set_up_app(site.alice.user)


def _with_passkey(client: Client, site: VisitedSite) -> None:
    make_passkey(site.alice.user)
    confirm(client)


def _of_passkey(site: VisitedSite) -> str:
    (passkey,) = authenticators_of(site.alice.user)
    return f"/accounts/signing-in/passkeys/{opaque_key(passkey)}/name/"


ACCOUNTS: dict[str, Posting] = {
    "LoginForm": Posting(
        "account_login", {"login": "alice@example.org", "password": "x"}, ("next",), "nobody"
    ),
    "SignupForm": Posting("account_signup", NEW_USER, ("next",), "nobody"),
    "RequestLoginCodeForm": Posting(
        "account_request_login_code", {"email": "alice@example.org"}, ("next",), "nobody"
    ),
    "ConfirmLoginCodeForm": Posting(
        "account_confirm_login_code",
        {"code": "ABCDEF"},
        ("next",),
        "nobody",
        _post("/accounts/login/code/", email="alice@example.org"),
    ),
    "ConfirmEmailForm": Posting(
        "account_email_verification_sent",
        {"code": "ABCDEF"},
        ("action",),
        "nobody",
        _post("/accounts/signup/", **NEW_USER),
    ),
    "ResetPasswordForm": Posting(
        "account_reset_password", {"email": "alice@example.org"}, (), "nobody"
    ),
    "ConfirmResetForm": Posting(
        "account_confirm_password_reset_code",
        {"code": "ABCDEF"},
        (),
        "nobody",
        _post("/accounts/password/reset/", email="alice@example.org"),
    ),
    "NewPasswordForm": Posting(
        "account_complete_password_reset",
        {"password1": PASSWORD, "password2": PASSWORD},
        (),
        "nobody",
        _reset,
    ),
    "ChangePasswordForm": Posting(
        "account_change_password",
        {"oldpassword": PASSWORD, "password1": "another long one", "password2": "another long one"},
    ),
    "AddEmailForm": Posting("account_email", {"email": "b@example.org", "action_add": ""}),
    "ActivateAppForm": Posting("mfa_activate_totp", {"code": "123456"}, before=_confirm),
    "AddPasskeyForm": Posting(
        "mfa_add_webauthn", {"name": "my phone", "credential": "{}"}, before=_begin_passkey
    ),
    "CodeForm": Posting("mfa_authenticate", {"code": "123456"}, (), "nobody", _half_signed_in),
    "ConfirmCodeForm": Posting("mfa_reauthenticate", {"code": "123456"}, before=_with_app),
    "ConfirmPasskeyForm": Posting(
        "mfa_reauthenticate_webauthn", {"credential": "{}"}, ("next",), before=_with_passkey
    ),
    "PasskeyForm": Posting("mfa_authenticate", {"credential": "{}"}, (), "nobody", _half_signed_in),
    "SignInPasskeyForm": Posting(
        "mfa_login_webauthn", {"credential": "{}"}, ("next",), "nobody", _begin_sign_in
    ),
    "RenamePasskeyForm": Posting(
        "mfa_edit_webauthn", {"name": "my phone"}, before=_with_passkey, path=_of_passkey
    ),
    "AddUserForm": Posting(
        "admin:accounts_user_add",
        {"email": "b@example.org", "password1": PASSWORD, "password2": PASSWORD},
        ("name", "usable_password"),
        "operator",
    ),
    "GivePasswordForm": Posting(
        "admin:auth_user_password_change",
        {"password1": PASSWORD, "password2": PASSWORD, "set-password": "1"},
        ("usable_password",),
        "operator",
    ),
    "ChosenRowsForm": Posting(
        "admin:accounts_user_changelist",
        {"action": "sign_out", "index": "0", "_selected_action": NO_SUCH_KEY},
        ("select_across", "confirmed"),
        "operator",
    ),
    "ReauthenticateForm": Posting("account_reauthenticate", {"password": PASSWORD}, ("next",)),
}
