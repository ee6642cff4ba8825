"""The forms that replace allauth's."""

ACCOUNT_FORMS = {
    "add_email": "accounts.forms.sign_in.AddEmailForm",
    "change_password": "accounts.forms.sign_in.ChangePasswordForm",
    "confirm_email_verification_code": "accounts.forms.sign_in.ConfirmEmailForm",
    "confirm_login_code": "accounts.forms.sign_in.ConfirmLoginCodeForm",
    "confirm_password_reset_code": "accounts.forms.sign_in.ConfirmResetForm",
    "login": "accounts.forms.sign_in.LoginForm",
    "reauthenticate": "accounts.forms.sign_in.ReauthenticateForm",
    "request_login_code": "accounts.forms.sign_in.RequestLoginCodeForm",
    "reset_password": "accounts.forms.sign_in.ResetPasswordForm",
    "reset_password_from_key": "accounts.forms.sign_in.NewPasswordForm",
    "signup": "accounts.forms.sign_in.SignupForm",
}
MFA_FORMS = {
    "activate_totp": "accounts.forms.second_factor.ActivateAppForm",
    "add_webauthn": "accounts.forms.second_factor.AddPasskeyForm",
    "authenticate": "accounts.forms.second_factor.CodeForm",
    "authenticate_webauthn": "accounts.forms.second_factor.PasskeyForm",
    "edit_webauthn": "accounts.forms.second_factor.RenamePasskeyForm",
    "login_webauthn": "accounts.forms.second_factor.SignInPasskeyForm",
    "reauthenticate": "accounts.forms.second_factor.ConfirmCodeForm",
    "reauthenticate_webauthn": "accounts.forms.second_factor.ConfirmPasskeyForm",
}
