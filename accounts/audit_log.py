"""The record: who did what to whose data, and when.

Whatever does something that its owner would want to know of writes an entry here; the owner sees
it under Settings. Entries are only ever added. What is too old, or is about somebody who has left,
is erased by the two functions below, and by nothing else: on PostgreSQL the application's role
may neither update nor delete, and they are functions of the owning role, which erase about a user
only what a committed deletion has left (docs/security.md).
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
# Within it the same look is one look: a page of a list is turned, a detail is reloaded.
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
    """`detail` is the product's words for what it was; never a name, or what somebody wrote."""
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
    """The same of many, in one query; what somebody does with their own is nobody's business."""
    others = {user.pk for user in subjects} - {actor.pk}
    AuditEntry.objects.bulk_create(
        AuditEntry(kind=kind, subject_id=pk, actor_id=actor.pk, at=now) for pk in others
    )


def log_looks(subjects: Iterable[User], *, actor: User, now: datetime, detail: str) -> None:
    """Somebody else looked at data of these; their own looks are nobody's business."""
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
    """Erase what has been kept long enough; the number of entries."""
    if connection.vendor == "postgresql":
        return _number("SELECT erase_record_before(%s)", [now - KEPT])
    return _erase(AuditEntry.objects.filter(at__lt=now - KEPT))


def erase_gone() -> int:
    """Erase what is about users whose deletion is committed; the number of entries."""
    if connection.vendor == "postgresql":
        return _number("SELECT erase_record_of_gone()", [])
    return _erase(AuditEntry.objects.exclude(subject_id__in=User.objects.values("pk")))


def is_gone(key: UUID) -> bool:
    """Whether a user had this key, which nobody gets again: known on PostgreSQL alone."""
    if connection.vendor != "postgresql":
        return False
    return bool(_number("SELECT count(*) FROM accounts_key WHERE subject = %s", [key]))


def _number(statement: str, values: list[Any]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return int(cursor.fetchone()[0])


def _erase(entries: QuerySet[AuditEntry]) -> int:
    """Past the manager's own refusal: SQLite has no roles."""
    return QuerySet.delete(entries)[0]
