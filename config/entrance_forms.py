"""The forms of the entrance, in the place of allauth's own."""

ACCOUNT_FORMS = {
    "add_email": "accounts.entrance.AddEmailForm",
    "change_password": "accounts.entrance.ChangePasswordForm",
    "confirm_email_verification_code": "accounts.entrance.ConfirmEmailForm",
    "confirm_login_code": "accounts.entrance.ConfirmLoginCodeForm",
    "confirm_password_reset_code": "accounts.entrance.ConfirmResetForm",
    "login": "accounts.entrance.LoginForm",
    "reauthenticate": "accounts.entrance.ReauthenticateForm",
    "request_login_code": "accounts.entrance.RequestLoginCodeForm",
    "reset_password": "accounts.entrance.ResetPasswordForm",
    "reset_password_from_key": "accounts.entrance.NewPasswordForm",
    "signup": "accounts.entrance.SignupForm",
}
MFA_FORMS = {
    "activate_totp": "accounts.factor_forms.ActivateAppForm",
    "add_webauthn": "accounts.factor_forms.AddPasskeyForm",
    "authenticate": "accounts.factor_forms.CodeForm",
    "authenticate_webauthn": "accounts.factor_forms.PasskeyForm",
    "edit_webauthn": "accounts.factor_forms.RenamePasskeyForm",
    "login_webauthn": "accounts.factor_forms.SignInPasskeyForm",
    "reauthenticate": "accounts.factor_forms.ConfirmCodeForm",
    "reauthenticate_webauthn": "accounts.factor_forms.ConfirmPasskeyForm",
}
