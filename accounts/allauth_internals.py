"""Whatever is taken from inside allauth: what it calls internal may change with any release.

Nothing public does the same. Files that need it import its modules from here, not name by name:
where a name has gone the application still starts, and tests/accounts/test_allauth_internals.py
says which and who needs it. pyproject.toml keeps the next major version away.
"""

from allauth.account.internal.flows import (
    email_verification,
    login,
    login_by_code,
    password_reset_by_code,
    reauthentication,
    signup,
)
from allauth.core.internal import httpkit, ratelimit
from allauth.mfa.totp.internal import auth as totp
from allauth.socialaccount.internal.flows import connect

__all__ = [
    "connect",
    "email_verification",
    "httpkit",
    "login",
    "login_by_code",
    "password_reset_by_code",
    "ratelimit",
    "reauthentication",
    "signup",
    "totp",
]
