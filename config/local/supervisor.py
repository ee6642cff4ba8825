"""Start everything, say where it is, and stop it in order."""

import os
import signal
import sys
import time
from types import FrameType

from config.catalogues import compile_changed
from config.local import ports, var
from config.local.processes import StartError
from config.local.system import System

SMTP_PORT = 1025
MAILBOX_PORT = 8025


def run(port: int, *, is_demo_wanted: bool) -> int:
    """Run until it is told to stop or a process ends; the exit status."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)
    system = None
    try:
        system = _prepared(port)
        mailbox = _start(system, port, is_demo_wanted=is_demo_wanted)
        print(f"Open http://localhost:{port}/", flush=True)
        if mailbox:
            print(f"Mail it sends: http://localhost:{mailbox}/", flush=True)
        return _watch(system)
    except KeyboardInterrupt:
        return 0
    except StartError as failure:
        print(failure, file=sys.stderr)
        return 1
    finally:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        if system:
            system.stop()


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _prepared(port: int) -> System:
    if not ports.is_free(port):
        raise StartError(f"Port {port} is taken: choose another with make run PORT={port + 1}")
    folder = var.open_var()
    var.take_lock(folder)
    var.ensure_secret(folder)
    var.log_to(folder)
    compile_changed()
    os.environ["HEARBACK_VAR"] = str(folder)
    os.environ.setdefault("BASE_URL", f"http://localhost:{port}")
    return System(folder)


def _start(system: System, port: int, *, is_demo_wanted: bool) -> int | None:
    """Start all; the port of the mailbox's page, where there is a mailbox."""
    if not os.environ.get("CELERY_BROKER_URL"):
        os.environ["CELERY_BROKER_URL"] = system.start_broker()
    mailbox = None if os.environ.get("EMAIL_URL") else _start_mailbox(system, port)
    system.env = dict(os.environ)
    _prepare_database(is_demo_wanted=is_demo_wanted)
    system.start_web(port)
    system.start_worker()
    system.start_beat()
    system.wait_for_web(port)
    return mailbox


def _start_mailbox(system: System, port: int) -> int:
    smtp_port = ports.free_port(SMTP_PORT, taken=[port])
    web_port = ports.free_port(MAILBOX_PORT, taken=[port, smtp_port])
    system.start_mailbox(smtp_port, web_port)
    os.environ["EMAIL_URL"] = f"smtp://127.0.0.1:{smtp_port}"
    return web_port


def _prepare_database(*, is_demo_wanted: bool) -> None:
    """Migrate, and load the demo into a database that nobody uses yet; in this process, since
    each Python that starts Django anew costs the better part of a second."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    from django.contrib.auth import get_user_model
    from django.core.management import call_command
    from django.db import connections

    call_command("migrate", interactive=False, verbosity=0)
    if is_demo_wanted and not get_user_model().objects.exists():
        call_command("load_demo")
    connections.close_all()


def _watch(system: System) -> int:
    while (ended := system.ended()) is None:
        time.sleep(0.2)
    print(f"The {ended.name} ended; all is stopped. Its last lines:", file=sys.stderr)
    print(ended.last_lines(), file=sys.stderr)
    return 1
