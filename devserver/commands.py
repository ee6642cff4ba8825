"""The commands of the processes, as one machine runs them."""

import sys
from pathlib import Path

from devserver.ports import loopback_hosts


def web(port: int) -> list[str]:
    """One process with threads: SQLite has one writer, and its waits are waits, not work."""
    binds = [
        word
        for host in loopback_hosts()
        for word in ("--bind", f"[{host}]:{port}" if ":" in host else f"{host}:{port}")
    ]
    return [
        *(sys.executable, "-m", "gunicorn", "config.wsgi:application", *binds),
        *("--worker-class", "gthread", "--workers", "1", "--threads", "4"),
        # A browser keeps its connections open; they must not hold up the end.
        *("--graceful-timeout", "3", "--no-control-socket"),
    ]


def prepare(*, is_demo_wanted: bool) -> list[str]:
    demo = "1" if is_demo_wanted else "0"
    return [sys.executable, "-m", "devserver.prepare", "--demo", demo]


def static_files() -> list[str]:
    return [sys.executable, "-m", "devserver.static_files"]


def worker(clock: Path | None = None) -> list[str]:
    """Threads, not processes: the tasks wait for SMTP and for SQLite's one write lock, each
    thread has a database connection of its own, and one process starts and stops quickly.
    With a file for its schedule it is the clock too."""
    application = "config.celery_with_beat" if clock else "config"
    return [
        *(sys.executable, "-m", "celery", "-A", application, "worker", "--loglevel", "INFO"),
        *("--pool", "threads", "--concurrency", "2"),
        *("--without-gossip", "--without-mingle", "--without-heartbeat"),
        *(("--clock", str(clock)) if clock else ()),
    ]


def beat(schedule: Path) -> list[str]:
    return [
        *(sys.executable, "-m", "celery", "-A", "config", "beat", "--loglevel", "INFO"),
        *("--schedule", str(schedule), "--pidfile", ""),
    ]


def mailbox(smtp_socket: int, web_socket: int, folder: Path) -> list[str]:
    """On two sockets that listen already, by their descriptors."""
    return [
        *(sys.executable, "-m", "devserver.mailbox", "--folder", str(folder)),
        *("--smtp-socket", str(smtp_socket), "--web-socket", str(web_socket)),
    ]
