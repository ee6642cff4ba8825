"""Import positions from another program's file (docs/import.md)."""

import json
from argparse import ArgumentParser
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts import audit_log
from integrations import position_import
from integrations.imported_positions import known_rows, reminders_at_once, save_positions
from interviews.models import Candidate, PositionImport

NOON = time(12)
# Much longer than the largest file takes.
LEASE = timedelta(hours=1)


class Command(BaseCommand):
    # They load every page, which takes longer than reading most files.
    requires_system_checks = ()
    help = (
        "Read positions out of a file of another program, and print what each column and row "
        "means, as JSON. Without --dry-run they are saved for the account of --user."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="CSV, TSV, XLSX, ODS, XLS or JSON")
        parser.add_argument("--dry-run", action="store_true", help="change nothing")
        parser.add_argument("--user", default="", help="the account’s email address")
        parser.add_argument("--zone", default="", help="the candidate’s time zone")
        parser.add_argument("--today", type=date.fromisoformat, help="YYYY-MM-DD")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        if not options["user"] and not options["dry_run"]:
            raise CommandError("Name the account with --user, or add --dry-run.")
        candidate = _candidate(options["user"], options["zone"])
        now = _now(options["today"], candidate.zone)
        try:
            with file.open("rb") as opened:
                data = opened.read(position_import.FILE_BYTES + 1)
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from error
        found = _read(data, file.name, candidate, now, is_dry=options["dry_run"])
        self.stdout.write(json.dumps(found, ensure_ascii=False, indent=1))


def _candidate(email: str, zone: str) -> Candidate:
    """Return the account's candidate, or one that has nothing yet."""
    try:
        known_zone = ZoneInfo(zone).key if zone else ""
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise CommandError(f"There is no time zone {zone}.") from error
    if not email:
        return Candidate(timezone=known_zone or "UTC")
    candidate = Candidate.objects.filter(user__email__iexact=email).first()
    if candidate is None:
        raise CommandError(f"There is no account {email} with interviews.")
    if known_zone:
        candidate.timezone = known_zone
    return candidate


def _now(today: date | None, zone: ZoneInfo) -> datetime:
    return timezone.now() if today is None else datetime.combine(today, NOON, zone)


def _read(
    data: bytes, name: str, candidate: Candidate, now: datetime, *, is_dry: bool
) -> dict[str, Any]:
    table = position_import.read(data, name)
    if isinstance(table, position_import.Refusal):
        return {"refused": table.why, "columns": [], "rows": [], "rest": []}
    today = now.astimezone(candidate.zone).date()
    own = {candidate.user.email} if not candidate._state.adding else set()
    proposal = position_import.propose(table, today=today, own=own)
    reading = position_import.understand(table, proposal, zone=candidate.zone, today=today)
    rows = reading.rows
    is_new = candidate._state.adding
    known = [False] * len(rows) if is_new else known_rows(candidate=candidate, rows=rows)
    at_once = reminders_at_once(candidate=candidate, rows=rows, now=now)
    if not is_dry:
        _save(name, candidate, table, reading, now)
    return {
        "columns": [_column(column) for column in proposal.columns],
        "rows": [
            {"new": not old, **position_import.row_json(row)}
            for row, old in zip(rows, known, strict=True)
        ],
        "rest": [{"row": one.row, "reason": one.reason} for one in reading.rest],
        "reminders_at_once": at_once,
    }


def _save(
    name: str,
    candidate: Candidate,
    table: position_import.Table,
    reading: position_import.Reading,
    now: datetime,
) -> None:
    """With a lease, so that a worker goes on only if this process has died."""
    saved = PositionImport.objects.create(
        candidate=candidate,
        file_name=name[:200],
        state=PositionImport.State.RUNNING,
        lease_until=timezone.now() + LEASE,
        table=position_import.dump_table(table),
        rows_total=len(reading.rows),
        rest=[{"row": one.row, "reason": one.reason} for one in reading.rest],
    )
    save_positions(position_import=saved, rows=reading.rows, now=now)
    saved.state, saved.finished_at, saved.lease_until = PositionImport.State.DONE, now, None
    saved.save(update_fields=["state", "finished_at", "lease_until"])
    user = candidate.user
    audit_log.log_action(audit_log.Kind.IMPORTED, subject=user, actor=None, now=now)


def _column(column: position_import.Column) -> dict[str, Any]:
    found = {"column": column.number, "heading": column.heading, "field": column.field}
    return found | ({"question": column.question} if column.question else {})
