"""From an upload to saved rows: kept while the candidate maps it, then run by whoever is free.

The database is the truth. A run holds a lease while it works, slice by slice, and each slice is
saved in a transaction of its own; after a killed worker the next one goes on with the slice that
was lost. Saving a row twice adds nothing, so no row is doubled or left out.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Self

from django.db.models import Q, QuerySet

from accounts import audit_log
from accounts.access import proved_addresses
from integrations.imported_positions import save_positions, undo_import
from integrations.imported_positions.changes import without_what_was
from integrations.imported_positions.undo import UNDONE_WITHIN
from integrations.position_import import (
    Answers,
    PositionRow,
    Proposal,
    Reading,
    RestRow,
    Table,
    dump_table,
    load_table,
    propose,
    understand,
    with_fields,
)
from interviews.models import Candidate, PositionImport
from interviews.quarantine import error_text, place_of, raise_if_passing

logger = logging.getLogger(__name__)

# Rows of one transaction. The progress bar moves as often.
SLICE = 250
# Many times what a slice takes.
LEASE = timedelta(minutes=2)
# Whatever has not come to an end by then is given up; an upload that was not imported is deleted.
GIVEN_UP = timedelta(days=1)

State = PositionImport.State


@dataclass(frozen=True, slots=True)
class Choices:
    """What the candidate changed: fields by column, meanings by word, and how days are read."""

    fields: Mapping[int, str] = field(default_factory=dict)
    meanings: Mapping[str, str] = field(default_factory=dict)
    day_first: bool | None = None
    year: int | None = None

    @classmethod
    def of(cls, position_import: PositionImport) -> Self:
        stored: dict[str, Any] = position_import.choices
        return cls(
            fields={int(number): name for number, name in stored.get("fields", {}).items()},
            meanings=stored.get("meanings", {}),
            day_first=stored.get("day_first"),
            year=stored.get("year"),
        )

    def to_json(self) -> dict[str, Any]:
        return {
            "fields": {str(number): name for number, name in self.fields.items()},
            "meanings": dict(self.meanings),
            "day_first": self.day_first,
            "year": self.year,
        }


class Upload:
    """An import with its table, as its candidate mapped it."""

    def __init__(self, position_import: PositionImport) -> None:
        self.position_import = position_import
        self.candidate = position_import.candidate
        self.table = load_table(position_import.table)
        self.choices = Choices.of(position_import)
        # The day of the upload: what was previewed must be what is saved, also after midnight.
        self.today: date = position_import.created_at.astimezone(self.candidate.zone).date()
        own = proved_addresses(self.candidate.user)
        self.proposed = propose(self.table, today=self.today, own=own)

    @property
    def proposal(self) -> Proposal:
        return self.with_fields(self.choices.fields)

    def with_fields(self, fields: Mapping[int, str]) -> Proposal:
        if not fields:
            return self.proposed
        return with_fields(self.table, self.proposed, fields, today=self.today)

    def reading(self) -> Reading:
        chosen = self.choices
        answers = Answers(chosen.day_first, chosen.year, chosen.meanings)
        zone = self.candidate.zone
        return understand(self.table, self.proposal, answers, zone=zone, today=self.today)


def keep_upload(*, candidate: Candidate, name: str, table: Table) -> PositionImport:
    return PositionImport.objects.create(
        candidate=candidate, file_name=name, table=dump_table(table), rows_total=len(table.rows)
    )


def choose(*, position_import: PositionImport, choices: Choices) -> None:
    """Store what the candidate chose; without effect once the import was started."""
    position_import.choices = choices.to_json()
    waiting = PositionImport.objects.filter(pk=position_import.pk, state=State.MAPPING)
    waiting.update(choices=position_import.choices)


def start(*, position_import: PositionImport, reading: Reading) -> bool:
    """Let it run; return False if it was started before."""
    waiting = PositionImport.objects.filter(pk=position_import.pk, state=State.MAPPING)
    started = waiting.update(
        state=State.RUNNING,
        rows_total=len(reading.rows),
        rows_done=0,
        rest=[{"row": one.row, "reason": one.reason} for one in reading.rest],
    )
    return started == 1


def start_again(*, position_import: PositionImport) -> None:
    """Go on with the rows that a failed run did not reach."""
    failed = PositionImport.objects.filter(pk=position_import.pk, state=State.FAILED)
    failed.exclude(table="").update(state=State.RUNNING, lease_until=None, error="")


def delete_upload(*, position_import: PositionImport) -> bool:
    """Delete a file that was not imported; return False if it was."""
    waiting = PositionImport.objects.filter(pk=position_import.pk, state=State.MAPPING)
    return waiting.delete()[0] == 1


def rest_rows(position_import: PositionImport) -> list[RestRow]:
    return [RestRow(one["row"], one["reason"]) for one in position_import.rest]


class Run:
    """The rows of an import, saved by the holder of its lease."""

    def __init__(self, position_import: PositionImport, lease_until: datetime) -> None:
        self._import, self._lease = position_import, lease_until
        self._rows: tuple[PositionRow, ...] | None = None

    def step(self, *, now: datetime) -> bool:
        """Save a slice; return whether there is more to do. Errors that are about the file end the
        run, errors that are about the machine are raised: another worker tries again."""
        if not self._renew(now):
            return False
        try:
            return self._save_slice(now)
        except Exception as error:
            raise_if_passing(error)
            logger.error("An import of positions failed: %s", place_of(error))
            self._end(State.FAILED, now, error=error_text(error))
            return False

    def _save_slice(self, now: datetime) -> bool:
        if self._rows is None:
            self._rows = Upload(self._import).reading().rows
        done = self._import.rows_done
        if done < len(self._rows):
            upto = self._rows[: done + SLICE]
            save_positions(position_import=self._import, rows=upto, now=now)
        if self._import.rows_done < len(self._rows):
            return True
        if self._end(State.DONE, now):
            user = self._import.candidate.user
            audit_log.log_action(audit_log.Kind.IMPORTED, subject=user, actor=user, now=now)
        return False

    def release(self) -> None:
        """Let another worker go on."""
        self._held().update(lease_until=None)

    def _renew(self, now: datetime) -> bool:
        """The lease is known by its end; if that is another, somebody else has taken over."""
        until = now + LEASE
        if self._held().update(lease_until=until) != 1:
            return False
        self._lease = until
        return True

    def _end(self, state: State, now: datetime, *, error: str = "") -> bool:
        ended = self._held().update(state=state, error=error, finished_at=now, lease_until=None)
        return ended == 1

    def _held(self) -> QuerySet[PositionImport]:
        rows = PositionImport.objects.filter(pk=self._import.pk, state=State.RUNNING)
        return rows.filter(lease_until=self._lease)


def claim(position_import: PositionImport, *, now: datetime) -> Run | None:
    """Return a run of this import, unless somebody else is at it."""
    until = now + LEASE
    free = _free(now).filter(pk=position_import.pk)
    if free.update(lease_until=until) != 1:
        return None
    return Run(_with_owner().get(pk=position_import.pk), until)


def claim_next(*, now: datetime) -> Run | None:
    """Return a run of the import that waits longest, or whose worker has died."""
    for waiting in _free(now).order_by("created_at")[:10]:
        run = claim(waiting, now=now)
        if run is not None:
            return run
    return None


def give_up(*, now: datetime) -> None:
    """End imports that no worker has brought to an end for a day."""
    is_left = Q(lease_until__lt=now - GIVEN_UP)
    # Released, or started again: it may have been uploaded as long ago as it can be undone.
    is_left |= Q(lease_until=None, created_at__lt=now - GIVEN_UP - UNDONE_WITHIN)
    old = _free(now).filter(is_left)
    old.update(state=State.FAILED, error="given up", finished_at=now, lease_until=None)


def undo(*, position_import: PositionImport, now: datetime) -> None:
    """Take back what it brought, and remember how much stayed since it was changed."""
    undone = undo_import(position_import=position_import, now=now)
    position_import.counts = {**position_import.counts, "stayed": undone.kept}
    position_import.save(update_fields=["counts"])


def erase_old(*, now: datetime) -> None:
    """Delete uploads that were not imported, and the texts of imports that can no longer be
    undone."""
    waiting = PositionImport.objects.filter(state=State.MAPPING)
    waiting.filter(created_at__lt=now - GIVEN_UP).delete()
    ended = PositionImport.objects.exclude(state__in=(State.MAPPING, State.RUNNING))
    kept = ended.filter(finished_at__lt=now - UNDONE_WITHIN).exclude(table="")
    for each in kept:
        each.table, each.choices = "", {}
        each.changes = without_what_was(each.changes)
        each.save(update_fields=["table", "choices", "changes"])


def _free(now: datetime) -> QuerySet[PositionImport]:
    rows = PositionImport.objects.filter(state=State.RUNNING)
    return rows.filter(Q(lease_until=None) | Q(lease_until__lt=now))


def _with_owner() -> QuerySet[PositionImport]:
    return PositionImport.objects.select_related("candidate__user")
