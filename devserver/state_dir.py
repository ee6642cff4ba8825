"""The folder in which `make run` keeps everything: its secret, its log, its lock."""

import fcntl
import logging
import os
import secrets
from pathlib import Path

from devserver.process import StartError

REPOSITORY = Path(__file__).resolve().parent.parent


def open_var() -> Path:
    """Open the folder for its owner only: it holds the database and the mails."""
    var = Path(os.environ.get("HEARBACK_VAR") or REPOSITORY / "var").resolve()
    (var / "log").mkdir(parents=True, exist_ok=True)
    var.chmod(0o700)
    return var


def take_lock(var: Path) -> int:
    """Lock the folder until this process ends: two brokers must not write the same file."""
    lock = os.open(var / "run.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        owner = os.read(lock, 100).decode() or "another process"
        raise StartError(f"Hearback already runs on {var} (process {owner}).") from None
    os.ftruncate(lock, 0)
    os.write(lock, str(os.getpid()).encode())
    return lock


def ensure_secret(var: Path) -> None:
    """Create a random secret for this machine once; settings read it."""
    path = var / "secret_key"
    if path.exists():
        return
    unfinished = path.with_suffix(".new")
    unfinished.unlink(missing_ok=True)
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(50))
    unfinished.replace(path)


def log_to(var: Path) -> None:
    """Log what the supervisor does, next to the logs of its children."""
    handler = logging.FileHandler(var / "log" / "run.log")
    handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
    logger = logging.getLogger("hearback.run")
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    logger.propagate = False
