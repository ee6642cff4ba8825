"""Whether this code can read a restored database, and what to do after a restore."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader

from devserver.backup.files import BackupError
from interviews.models import Candidate, SenderState, SweepState
from reminders import health


@dataclass(frozen=True, slots=True)
class Open:
    """What is due and has not been mailed yet."""

    interviews: int
    reminders: int
    mails: int


def require_readable(applied: set[tuple[str, str]], *, backup: Path) -> None:
    """Require a database of Hearback that no newer code has migrated."""
    if not any(app == Candidate._meta.app_label for app, _ in applied):
        raise BackupError(f"{backup} is no backup of Hearback.")
    written = MigrationLoader(None).disk_migrations
    replaced = {old for migration in written.values() for old in migration.replaces}
    unknown = sorted(applied - set(written) - replaced)
    if unknown:
        named = ".".join(unknown[0])
        raise BackupError(
            f"{backup} was made by newer code, whose migration {named} is unknown here:"
            " upgrade Hearback, then restore it."
        )


def require_replaceable(*, is_forced: bool) -> None:
    """Refuse to overwrite candidates without --force."""
    if is_forced:
        return
    name = connection.settings_dict["NAME"]
    try:
        has_table = Candidate._meta.db_table in connection.introspection.table_names()
        count = Candidate.objects.count() if has_table else 0
    except DatabaseError as failure:
        raise BackupError(
            f"{name} cannot be read ({one_line(failure)}): FORCE=1 replaces it."
        ) from failure
    finally:
        connection.close()
    if count:
        raise BackupError(f"{name} holds candidates ({count}): FORCE=1 replaces them.")


def bring_up_to_date(*, now: datetime) -> Open:
    """Migrate, and measure lateness from the next sweep and sender: nothing is to blame for what
    came due between the backup and now."""
    call_command("migrate", interactive=False, verbosity=0)
    SweepState.objects.update(swept_at=None, started_at=None)
    SenderState.objects.update(seen_at=None, started_at=None)
    counted = health.count(now=now)
    return Open(counted.due, counted.reminders_unmailed, counted.mails_waiting)


def one_line(failure: Exception) -> str:
    return (str(failure).strip().splitlines() or [type(failure).__name__])[0]
