"""The only module that imports allauth's internals, which may change with any release.

Nothing public does the same. Other files import the modules from here, not single names: if a name
disappears, the application still starts, and tests/accounts/test_allauth_internals.py says which
name is missing and who needs it. pyproject.toml keeps the next major version out.
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
