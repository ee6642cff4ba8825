"""python -m scripts.backup backup [PATH] | restore PATH [--force]

Of the database in DATABASE_URL, or else that of `make run`.
"""

import argparse
import os
import secrets
import sys
from datetime import UTC, datetime
from pathlib import Path

import django
from django.db import Error, connection

from devserver import state_dir
from devserver.backup import files, postgres, sqlite
from devserver.backup.files import BackupError
from devserver.process import StartError


def main() -> int:
    options = _options()
    try:
        folder = state_dir.open_var()
        os.environ["HEARBACK_VAR"] = str(folder)
        if options.action == "backup":
            back_up(options.path, folder=folder)
        else:
            restore(options.path, folder=folder, is_forced=options.force == "1")
    except (BackupError, StartError) as failure:
        print(failure, file=sys.stderr)
        return 1
    except Error as failure:
        print(f"The database failed: {str(failure).strip().splitlines()[0]}", file=sys.stderr)
        return 1
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make")
    actions = parser.add_subparsers(dest="action", required=True)
    actions.add_parser("backup").add_argument("path", nargs="?", default="")
    restoring = actions.add_parser("restore")
    restoring.add_argument("path")
    restoring.add_argument("--force", choices=["", "0", "1"], default="")
    return parser.parse_args()


def back_up(named: str, *, folder: Path) -> None:
    _load_django(folder)
    vendor = connection.vendor
    now = datetime.now(UTC)
    path = files.place(named, folder=folder / "backups", vendor=vendor, now=now)
    with files.whole(path) as unfinished:
        if vendor == "sqlite":
            sqlite.back_up(_file(), unfinished)
        else:
            postgres.back_up(unfinished)
    print(f"Backup: {path} ({files.told_size(path)})")
    print("Not in it: the secret key. Keep a copy of it somewhere else (docs/operations.md).")


def restore(named: str, *, folder: Path, is_forced: bool) -> None:
    if not named:
        raise BackupError("Say which: make restore BACKUP=path")
    backup = Path(named).expanduser().absolute()
    if not backup.is_file():
        raise BackupError(f"There is no file {backup}.")
    try:
        lock = state_dir.take_lock(folder)
    except StartError as failure:
        raise BackupError(f"{failure} Stop it first.") from None
    try:
        is_signed = bool(os.environ.get("SECRET_KEY")) or (folder / "secret_key").is_file()
        _restore(backup, folder=folder, is_forced=is_forced)
    finally:
        os.close(lock)
    if not is_signed:
        print(
            f"There is no secret key here yet: put the old one into {folder / 'secret_key'} before"
            " the next start, or everybody signs in anew and the links in old mails are dead."
        )


def _restore(backup: Path, *, folder: Path, is_forced: bool) -> None:
    _load_django(folder)
    # Only after Django is set up: it imports models.
    from devserver.backup import restore as restored

    files.require_kind(backup, vendor=connection.vendor)
    now = datetime.now(UTC)
    if connection.vendor == "sqlite":
        database = _file()
        sqlite.fold_log(database)
        if database.exists():
            restored.require_replaceable(is_forced=is_forced)
        with sqlite.working_copy(backup, database) as copy:
            sqlite.require_intact(copy, named=backup)
            restored.require_readable(sqlite.applied_in(copy), backup=backup)
            with sqlite.opened_by_django(copy):
                found = restored.bring_up_to_date(now=now)
            sqlite.put_in_place(copy, database)
    else:
        postgres.require_alone()
        restored.require_readable(postgres.applied_in(backup), backup=backup)
        restored.require_replaceable(is_forced=is_forced)
        connection.close()
        postgres.restore(backup, folder=folder)
        found = restored.bring_up_to_date(now=now)
    print(f"Restored {backup} into {connection.settings_dict['NAME']}.")
    print(
        f"Due: {found.interviews} interviews that the next sweep looks at,"
        f" {found.reminders} reminders in no mail yet, {found.mails} mails waiting."
    )
    print("What was sent after the backup may be told again; nothing that is due is lost.")


def _file() -> Path:
    return Path(str(connection.settings_dict["NAME"])).absolute()


def _load_django(folder: Path) -> None:
    # Nothing is signed here, so a secret that is kept elsewhere is not needed.
    if not (folder / "secret_key").is_file():
        os.environ.setdefault("SECRET_KEY", secrets.token_urlsafe(50))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()


if __name__ == "__main__":
    sys.exit(main())
