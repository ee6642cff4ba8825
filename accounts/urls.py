"""URLs of accounts: allauth's pages, and our own where allauth would reveal a sequential key or
take another time for an address without an account."""

from allauth.mfa.base.views import authenticate, reauthenticate
from allauth.mfa.webauthn.views import login_webauthn, reauthenticate_webauthn
from django.urls import include, path
from django.views.decorators.http import require_safe
from django.views.generic import RedirectView

from accounts.openid_connect import views
from accounts.views.email_change_undo import email_change_undo, email_change_undo_open
from accounts.views.full_page_load import whole_page
from accounts.views.overview import overview
from accounts.views.passkeys import AddPasskey, RemovePasskey, RenamePasskey
from accounts.views.sessions import sessions
from accounts.views.sign_in import (
    ChooseNewPassword,
    ConfirmEmail,
    ConfirmResetCode,
    ConfirmSignInCode,
    SignIn,
    SignUp,
)

own = [
    path("email/back/", email_change_undo, name="email-change-undo"),
    path("email/back/<str:token>/", email_change_undo_open, name="email-change-undo-open"),
    path("oidc/", views.begin, name="oidc"),
    path("oidc/join/", views.join, name="oidc-join"),
    path("oidc/callback/", views.callback, name="oidc-callback"),
    path("oidc/address/", views.address, name="oidc-address"),
    path("oidc/<str:key>/remove/", views.remove, name="oidc-remove"),
]
passkeys = [
    path("add/", whole_page(AddPasskey.as_view()), name="mfa_add_webauthn"),
    path("login/", login_webauthn, name="mfa_login_webauthn"),
    path("confirm/", whole_page(reauthenticate_webauthn), name="mfa_reauthenticate_webauthn"),
    path("<str:key>/name/", RenamePasskey.as_view(), name="mfa_edit_webauthn"),
    path("<str:key>/remove/", RemovePasskey.as_view(), name="mfa_remove_webauthn"),
]

urlpatterns = [
    path("", include((own, "accounts"))),
    # Before allauth's, with the same path and name.
    path("login/", whole_page(SignIn.as_view()), name="account_login"),
    path("signup/", SignUp.as_view(), name="account_signup"),
    path("login/code/confirm/", ConfirmSignInCode.as_view(), name="account_confirm_login_code"),
    path(
        "password/reset/confirm/",
        ConfirmResetCode.as_view(),
        name="account_confirm_password_reset_code",
    ),
    path(
        "password/reset/complete/",
        ChooseNewPassword.as_view(),
        name="account_complete_password_reset",
    ),
    # The first password is set by an emailed code too.
    path(
        "password/set/",
        require_safe(RedirectView.as_view(pattern_name="account_reset_password")),
        name="account_set_password",
    ),
    path("confirm-email/", ConfirmEmail.as_view(), name="account_email_verification_sent"),
    path("", include("allauth.account.urls")),
    path("signing-in/", overview, name="mfa_index"),
    path("signing-in/authenticate/", whole_page(authenticate), name="mfa_authenticate"),
    path("signing-in/confirm/", reauthenticate, name="mfa_reauthenticate"),
    path("signing-in/app/", include("allauth.mfa.totp.urls")),
    path("signing-in/recovery-codes/", include("allauth.mfa.recovery_codes.urls")),
    path("signing-in/passkeys/", include(passkeys)),
    path("sessions/", sessions, name="usersessions_list"),
]
