"""Whatever is taken from inside allauth: what it calls internal may change with any release.

Nothing public does the same. Files that need it import it from here, module by module, so that a
name which is gone is told by tests/accounts/test_allauth_internals.py before anything uses it;
pyproject.toml keeps the next major version away.
"""

from allauth.account.internal.flows import (
    email_verification,
    login,
    password_reset_by_code,
    reauthentication,
    signup,
)
from allauth.core.internal import httpkit, ratelimit

__all__ = [
    "email_verification",
    "httpkit",
    "login",
    "password_reset_by_code",
    "ratelimit",
    "reauthentication",
    "signup",
]
