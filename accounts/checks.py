"""What must not be wrong about the entrance where it is reached from outside."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register

# Counted in one process, a limit is as many times higher as there are processes.
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
