"""Very many candidates with a wait each, copied inside PostgreSQL, one row each.

Services make the first; the others are copies of all its rows, with keys computed from the
original's key and a number, so that foreign keys point to the matching copy.
"""

from collections.abc import Iterator

from allauth.account.models import EmailAddress
from django.db import connection
from django.db.models import Field, Model, Q

from accounts.models import User
from interviews.models import (
    Agreement,
    Candidate,
    Company,
    Interlocutor,
    Interview,
    Participation,
    Vacancy,
)

# The targets of foreign keys first, with each table's path to the candidate's user.
PATHS: dict[type[Model], str] = {
    User: "pk",
    EmailAddress: "user",
    Candidate: "user",
    Company: "candidate__user",
    Vacancy: "candidate__user",
    Interlocutor: "candidate__user",
    Interview: "candidate__user",
    Participation: "interview__candidate__user",
    Agreement: "interview__candidate__user",
}
# Columns that must differ between two users, or between two rows of one.
MAILBOXES = {"email": "'c' || n || '@example.org'"}


def multiply(owner: Candidate, count: int, *, first: int = 1) -> None:
    """Add `count` candidates like the owner, numbered from `first`."""
    for noun, path in PATHS.items():
        rows = noun._default_manager.filter(Q(**{path: owner.user_id}))
        keys = [str(key) for key in rows.values_list("pk", flat=True)]
        if keys:
            _copy(noun, keys, range(first, first + count))


def multiply_interviews(model: Interview, count: int, *, first: int = 1) -> None:
    """Add `count` copies of this row to the same candidate: waits, without their facts."""
    _copy(Interview, [str(model.pk)], range(first, first + count), own_keys=())


def settle_statistics() -> None:
    """Update the planner's statistics, as autovacuum would have done while the table grew."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _copy(
    noun: type[Model],
    keys: list[str],
    numbers: range,
    own_keys: tuple[type[Model], ...] = tuple(PATHS),
) -> None:
    columns = {field.column: _value(field, own_keys) for field in _copied(noun)}
    table = noun._meta.db_table
    pk = noun._meta.pk.column
    names = ", ".join(f'"{name}"' for name in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f'INSERT INTO "{table}" ({names}) SELECT {", ".join(columns.values())}'
            f' FROM "{table}" AS o CROSS JOIN generate_series(%s, %s) AS n'
            f' WHERE o."{pk}"::text = ANY(%s)',
            [numbers.start, numbers.stop - 1, keys],
        )


def _copied(noun: type[Model]) -> Iterator["Field[object, object]"]:
    """All columns but sequential keys."""
    is_counted = noun._meta.pk.get_internal_type() in ("AutoField", "BigAutoField")
    return (f for f in noun._meta.concrete_fields if not (f.primary_key and is_counted))


def _value(field: "Field[object, object]", own_keys: tuple[type[Model], ...]) -> str:
    kept = f'o."{field.column}"'
    if field.name in MAILBOXES and field.model in (User, EmailAddress):
        return MAILBOXES[field.name]
    is_of_row = field.unique and field.get_internal_type() == "UUIDField"
    if is_of_row or field.related_model in own_keys:
        return f"md5(n || {kept}::text)::uuid"
    return kept
