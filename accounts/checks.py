"""Deployment checks of the sign-in and the audit log."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import DatabaseError, connection

from accounts.roles import owns_audit_log

# Counted in one process's memory, a limit is multiplied by the number of processes.
UNSHARED = (
    "django.core.cache.backends.locmem.LocMemCache",
    "django.core.cache.backends.dummy.DummyCache",
)


@register(Tags.security, deploy=True)
def cache_is_shared(app_configs: Sequence[Any] | None, **rest: Any) -> list[CheckMessage]:
    if settings.CACHES["default"]["BACKEND"] not in UNSHARED:
        return []
    return [
        Error(
            "Limits on sign-in tries are counted by each process on its own.",
            hint="Set CACHE_URL to what all web processes share, e.g. redis://host:6379/1.",
            id="accounts.E001",
        )
    ]


@register(Tags.security, deploy=True)
def staff_need_a_second_factor(
    app_configs: Sequence[Any] | None, **rest: Any
) -> list[CheckMessage]:
    if settings.STAFF_SECOND_FACTOR:
        return []
    return [
        Error(
            "Coaches and operators enter the admin without a second factor.",
            hint="Leave STAFF_SECOND_FACTOR unset; it is for a demo on one machine.",
            id="accounts.E002",
        )
    ]


@register(Tags.database, deploy=True)
def the_audit_log_is_safe(
    databases: Sequence[str] | None = None, **rest: Any
) -> list[CheckMessage]:
    if not databases or connection.vendor != "postgresql":
        return []
    try:
        is_open = owns_audit_log()
    except DatabaseError:  # not migrated yet
        return []
    if not is_open:
        return []
    return [
        Warning(
            "This role of PostgreSQL can change and delete entries of the record.",
            hint="Sign in with a role that `manage.py grant_application_role` has prepared.",
            id="accounts.W001",
        )
    ]


@register(Tags.security)
def a_proxy_is_trusted(app_configs: Sequence[Any] | None, **rest: Any) -> list[CheckMessage]:
    """Also runs outside of deployment checks, so that `migrate` shows it during an upgrade."""
    if not settings.IS_HTTPS or settings.TRUSTED_PROXIES or settings.SECURE_SSL_REDIRECT:
        return []
    return [
        Warning(
            "The site is served over HTTPS, and no proxy is trusted to say so.",
            hint="Set TRUSTED_PROXIES to the number of proxies before the web processes: else all "
            "visitors count as one, and plain HTTP is not led to HTTPS. Where the web processes "
            "end TLS themselves, set SSL_REDIRECT=1.",
            id="accounts.W002",
        )
    ]
