"""The audit log: who did what to whose data, and when.

Everything that the owner of the data would want to know about writes an entry here; owners see it
under Settings. Entries are only ever added. Entries that are too old, or that concern a deleted
user, are erased by the two functions below and by nothing else: on PostgreSQL the application's
role may neither update nor delete. These functions belong to the owning role and erase entries
about a user only after a committed deletion (docs/security.md).
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from accounts.models import AuditEntry, User

Kind = AuditEntry.Kind
KEPT = timedelta(days=180)
# Repeated looks within this time are one look: somebody turns a page or reloads it.
SAME_LOOK = timedelta(hours=1)


def log_action(
    kind: Kind,
    *,
    subject: User,
    actor: User | None,
    now: datetime,
    detail: str = "",
    address: str | None = None,
) -> AuditEntry:
    """`detail` holds the product's own words, never a name or a user's text."""
    return AuditEntry.objects.create(
        kind=kind,
        subject_id=subject.pk,
        actor_id=actor.pk if actor else None,
        at=now,
        detail=detail,
        address=address,
    )


def log_action_for_each(
    kind: Kind, *, subjects: Iterable[User], actor: User, now: datetime
) -> None:
    """Log an action for many owners in one query. Users' actions on their own data are not
    logged."""
    others = {user.pk for user in subjects} - {actor.pk}
    AuditEntry.objects.bulk_create(
        AuditEntry(kind=kind, subject_id=pk, actor_id=actor.pk, at=now) for pk in others
    )


def log_looks(subjects: Iterable[User], *, actor: User, now: datetime, detail: str) -> None:
    """Log that somebody looked at the data of others; looks at their own data are not logged."""
    others = {user.pk for user in subjects} - {actor.pk}
    if not others:
        return
    seen = AuditEntry.objects.filter(
        kind=Kind.LOOKED,
        subject_id__in=others,
        actor_id=actor.pk,
        detail=detail,
        at__gt=now - SAME_LOOK,
    )
    missing = others - set(seen.values_list("subject_id", flat=True))
    if not missing:
        return
    AuditEntry.objects.bulk_create(
        AuditEntry(kind=Kind.LOOKED, subject_id=pk, actor_id=actor.pk, at=now, detail=detail)
        for pk in missing
    )


def erase_older(*, now: datetime) -> int:
    """Erase entries past their retention time, and return how many there were."""
    if connection.vendor == "postgresql":
        return _number("SELECT erase_record_before(%s)", [now - KEPT])
    return _erase(AuditEntry.objects.filter(at__lt=now - KEPT))


def erase_gone() -> int:
    """Erase entries about users whose deletion is committed, and return how many there were."""
    if connection.vendor == "postgresql":
        return _number("SELECT erase_record_of_gone()", [])
    return _erase(AuditEntry.objects.exclude(subject_id__in=User.objects.values("pk")))


def is_gone(key: UUID) -> bool:
    """Return whether a former user had this key; only PostgreSQL keeps track of used keys."""
    if connection.vendor != "postgresql":
        return False
    return bool(_number("SELECT count(*) FROM accounts_key WHERE subject = %s", [key]))


def _number(statement: str, values: list[Any]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return int(cursor.fetchone()[0])


def _erase(entries: QuerySet[AuditEntry]) -> int:
    """Bypass the manager, which refuses deletions: SQLite has no roles."""
    return QuerySet.delete(entries)[0]
