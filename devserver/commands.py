"""The commands of the processes on one machine."""

import sys
from pathlib import Path

from devserver.ports import loopback_hosts


def web(port: int) -> list[str]:
    """One process with threads: SQLite has one writer, and threads mostly wait."""
    binds = [
        word
        for host in loopback_hosts()
        for word in ("--bind", f"[{host}]:{port}" if ":" in host else f"{host}:{port}")
    ]
    return [
        *(sys.executable, "-m", "gunicorn", "config.wsgi:application", *binds),
        *("--worker-class", "gthread", "--workers", "1", "--threads", "4"),
        # Browsers keep connections open; these must not delay the stop.
        *("--graceful-timeout", "3", "--no-control-socket"),
    ]


def prepare(*, is_demo_wanted: bool) -> list[str]:
    demo = "1" if is_demo_wanted else "0"
    return [sys.executable, "-m", "devserver.prepare", "--demo", demo]


def static_files() -> list[str]:
    return [sys.executable, "-m", "devserver.static_files"]


def worker(clock: Path | None = None, inbound: int | None = None) -> list[str]:
    """Threads, not processes: tasks wait for SMTP and for SQLite's write lock, each thread has its
    own database connection, and one process starts and stops quickly. With a file for the schedule
    it runs beat too, and with a listening socket's descriptor it takes forwarded mails."""
    application = "config.celery_with_beat" if clock else "config"
    return [
        *(sys.executable, "-m", "celery", "-A", application, "worker", "--loglevel", "INFO"),
        *("--pool", "threads", "--concurrency", "2"),
        *("--without-gossip", "--without-mingle", "--without-heartbeat"),
        *(("--clock", str(clock)) if clock else ()),
        *(("--inbound", str(inbound)) if inbound is not None else ()),
    ]


def beat(schedule: Path) -> list[str]:
    return [
        *(sys.executable, "-m", "celery", "-A", "config", "beat", "--loglevel", "INFO"),
        *("--schedule", str(schedule), "--pidfile", ""),
    ]


def inbound(descriptor: int) -> list[str]:
    return [sys.executable, "manage.py", "inbound", "--socket", str(descriptor)]


def mailbox(smtp_socket: int, web_socket: int, folder: Path) -> list[str]:
    """Pass two listening sockets by their descriptors."""
    return [
        *(sys.executable, "-m", "devserver.mailbox", "--folder", str(folder)),
        *("--smtp-socket", str(smtp_socket), "--web-socket", str(web_socket)),
    ]
