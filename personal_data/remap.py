"""Give each row of a file its owner, its key, and the rows that it refers to."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.keys import new_key
from interviews.models import Candidate, DeliveryState, Mail, Reminder
from interviews.models.mail.reminder import UNSENT
from personal_data.contents import refused
from personal_data.schema import BROUGHT
from personal_data.table import Table
from reminders.outbox import message_id

# How many keys one query checks.
CHUNK = 500

# The new key of each key in the file, by table.
Keys = Mapping[str, Mapping[UUID, UUID]]
TABLE_OF = {table.model: table for table in BROUGHT}
# Not sent yet: nothing is sent from the past, and if its step still stands, it is mailed like any
# other.
UNTOLD = (*UNSENT, DeliveryState.QUARANTINED)


def new_keys(by_table: Mapping[str, list[UUID]]) -> Keys:
    """In the same order, since of two facts at the same moment the later key is the newer."""
    return {
        name: dict(zip(sorted(keys), sorted(new_key() for _ in keys), strict=True))
        for name, keys in by_table.items()
    }


def kept_keys(by_table: Mapping[str, list[UUID]]) -> Keys:
    """The same keys; for a table in which one is taken, new ones for all, to keep their order."""
    taken = {table.name: by_table[table.name] for table in BROUGHT if _is_taken(table, by_table)}
    return {
        **{name: {key: key for key in keys} for name, keys in by_table.items()},
        **new_keys(taken),
    }


def _is_taken(table: Table, by_table: Mapping[str, list[UUID]]) -> bool:
    keys, rows = by_table[table.name], table.model._default_manager.all()
    parts = (keys[at : at + CHUNK] for at in range(0, len(keys), CHUNK))
    return any(rows.filter(pk__in=part).exists() for part in parts)


def place(table: Table, number: int, row: Any, *, keys: Keys, candidate: Candidate) -> Any:
    """Return the row to save; raise UnreadableError if it refers outside of the file."""
    if "id" in table.columns:
        row.pk = keys[table.name][row.pk]
    for field in table.model._meta.concrete_fields:
        if field.name == "candidate":
            row.candidate_id = candidate.pk
        elif field.is_relation and field.name in table.columns:
            setattr(row, field.attname, _meant(table, number, row, field, keys))
    if isinstance(row, Mail):
        return _past_mail(row, candidate)
    return _past_reminder(row) if isinstance(row, Reminder) else row


def _meant(table: Table, number: int, row: Any, field: Any, keys: Keys) -> UUID | None:
    if field.name in table.decided:
        return None
    given = getattr(row, field.attname)
    if given is None and field.null:
        return None
    known = keys[TABLE_OF[field.related_model].name]
    if given not in known:
        why = _("%(column)s: the linked entry isn’t in this export.") % {"column": field.name}
        raise refused(table, number, why)
    return known[given]


def _past_mail(mail: Mail, candidate: Candidate) -> Mail:
    """History: no sender sends it. Its Message-ID is a key of this instance."""
    mail.user_id = candidate.user_id
    mail.try_at = mail.created_at
    if mail.state in UNSENT:
        mail.state = DeliveryState.SETTLED
    if str(mail.pk) not in mail.message_id:
        mail.message_id = message_id(mail.pk)
    return mail


def _past_reminder(reminder: Reminder) -> Reminder:
    if reminder.state in UNTOLD:
        reminder.state, reminder.mail_id = DeliveryState.SETTLED, None
    return reminder
