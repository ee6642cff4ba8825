"""What `manage.py check --deploy --database default` says of the database's roles."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Tags, Warning, register
from django.db import DatabaseError, connection

from accounts.roles import owns_record


@register(Tags.database, deploy=True)
def the_record_is_safe(databases: Sequence[str] | None = None, **rest: Any) -> list[CheckMessage]:
    if not databases or connection.vendor != "postgresql":
        return []
    try:
        is_open = owns_record()
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
