"""An import: an export is loaded into an account without facts, completely or not at all.

The file is read twice: first validated without locks, then saved in one transaction that ends with
computing the next steps. The file is not trusted: rows get their owner from here, and a key in the
file only identifies another row of the same file.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import IO, TypeVar

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.audit_log import Kind, log_action
from accounts.models import User
from accounts.services import rename_user
from integrations.content_lines_read import UnreadableError
from interviews.models import Candidate, Interview, Vacancy
from interviews.services import attachments, locks, next_step, position_state
from interviews.services.statistics import recompute_statistics_soon
from interviews.services.verify_steps import FOREIGN_ROWS
from personal_data.bulk_save import save_rows
from personal_data.contents import Contents, each_row, look_through
from personal_data.import_account import open_account
from personal_data.remap import Keys, kept_keys, new_keys, place
from personal_data.schema import FACTS, INTERVIEWS, SETTINGS, TABLES

OWNER = {table.model: table.owner for table in TABLES if table.is_imported}
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Imported:
    """The numbers of an import."""

    candidate: Candidate
    interviews: int


def has_facts(candidate: Candidate) -> bool:
    """Whether there is anything that an import would mix with."""
    return any(
        table.model._default_manager.filter(**{table.owner: candidate.user_id}).exists()
        for table in FACTS
    )


def import_export(
    *, file: IO[bytes], candidate: Candidate, takes_name: bool = False, now: datetime
) -> Imported:
    """For a candidate: every row gets a new key, so that a file can neither reach nor detect
    existing rows. Raise UnreadableError."""
    contents = look_through(file)
    with transaction.atomic():
        keys = new_keys(contents.keys)
        brought = _bring(file, contents, keys, candidate, actor=candidate.user, now=now)
        if takes_name and contents.name:
            rename_user(user=candidate.user, name=contents.name)
    return brought


def restore(*, file: IO[bytes], email: str = "", now: datetime) -> Imported:
    """For an operator, who vouches for the address: the account of the file or of `email` is
    created if it is missing, and free keys are kept. Raise UnreadableError."""
    contents = look_through(file)
    with transaction.atomic():
        candidate = open_account(contents, email=email)
        keys = kept_keys(contents.keys)
        return _bring(file, contents, keys, candidate, actor=None, now=now)


def _bring(
    file: IO[bytes],
    contents: Contents,
    keys: Keys,
    candidate: Candidate,
    *,
    actor: User | None,
    now: datetime,
) -> Imported:
    locks.lock_candidate(candidate.pk)
    if has_facts(candidate):
        raise UnreadableError(not_empty())
    _take_settings(candidate, contents)
    for table, entries in groupby(each_row(file), key=lambda entry: entry[0]):
        placed = (
            (number, place(table, number, row, keys=keys, candidate=candidate))
            for _table, number, row in entries
        )
        for batch in _batches(placed, table.at_once):
            save_rows(table, batch)
    _check_together(candidate)
    _decide(candidate, now=now)
    log_action(Kind.IMPORTED, subject=candidate.user, actor=actor, now=now)
    return Imported(candidate, len(keys[INTERVIEWS.name]))


def not_empty() -> str:
    return _("Your account already has interviews. You can import only into an empty account.")


def _take_settings(candidate: Candidate, contents: Contents) -> None:
    """Bypasses the instance, which stays unchanged if anything later is refused."""
    given = {
        column: getattr(contents.settings, column)
        for column in SETTINGS.columns
        if column != "id" and column not in SETTINGS.decided
    }
    if given["created_at"] is None:  # an export without it
        del given["created_at"]
    Candidate.objects.filter(pk=candidate.pk).update(**given)


def _check_together(candidate: Candidate) -> None:
    """Conditions across rows, which no database constraint can express."""
    for rows in FOREIGN_ROWS.values():
        if rows.filter(**{OWNER[rows.model]: candidate.user_id}).exists():
            raise UnreadableError(
                _("Nothing was imported. Some entries are linked to data that isn’t theirs.")
            )
    if attachments.are_too_many(candidate):
        raise UnreadableError(_("Nothing was imported. Its positions have too many files."))


def _decide(candidate: Candidate, *, now: datetime) -> None:
    """Compute the next step of each interview by the present rules. The ledger contains what was
    mailed about it, so a sweep does not send it again."""
    rows = Interview.objects.of(candidate).not_cancelled().order_by("pk")
    for batch in _batches(rows.values_list("pk", flat=True), settings.SWEEP_BATCH):
        next_step.recompute_next_steps(batch, now=now)
    position_state.recompute_states(Vacancy.objects.filter(candidate=candidate))
    recompute_statistics_soon([candidate.pk], now=now)


def _batches(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    batch: list[Item] = []
    for item in items:
        batch.append(item)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch
