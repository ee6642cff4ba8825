"""Start everything, print the URLs, and stop everything in order."""

import os
import signal
import socket
import sys
from contextlib import suppress
from types import FrameType

from devserver import ports, state_dir
from devserver.instance import System
from devserver.process import StartError
from devserver.watch import watch

SMTP_PORT = 1025
MAILBOX_PORT = 8025
INBOUND_PORT = 2525
TRY = (
    "import smtplib, sys; "
    "smtplib.SMTP('127.0.0.1', {}).sendmail('', sys.argv[1], sys.stdin.buffer.read())"
)


def run(port: int, *, is_demo_wanted: bool) -> int:
    """Run until stopped, or until a process does not stay up; return the exit status."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)
    system = None
    try:
        system = _prepared(port)
        for line in _start(system, port, is_demo_wanted=is_demo_wanted):
            print(line, flush=True)
        return watch(system)
    except KeyboardInterrupt:
        with suppress(OSError):  # the terminal may have been closed
            os.write(1, "Stopping …\n".encode())
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
    if not ports.is_port(port):
        raise StartError(f"There is no port {port}: choose one up to {ports.LAST}")
    if not ports.is_free(port):
        other = port + 1 if port < ports.LAST else port - 1
        raise StartError(f"Port {port} is taken: choose another with make run PORT={other}")
    folder = state_dir.open_var()
    state_dir.take_lock(folder)
    state_dir.ensure_secret(folder)
    state_dir.log_to(folder)
    os.environ["HEARBACK_VAR"] = str(folder)
    os.environ.setdefault("BASE_URL", f"http://localhost:{port}")
    return System(folder)


def _start(system: System, port: int, *, is_demo_wanted: bool) -> list[str]:
    """Start everything; return what there is to tell."""
    if is_demo_wanted and os.environ["BASE_URL"].startswith("http://localhost:"):
        # Open the admin of the local demo without a second factor. A site reached from outside is
        # no demo.
        os.environ.setdefault("STAFF_SECOND_FACTOR", "0")
    said = [f"Open http://localhost:{port}/"]
    if not _is_given("CELERY_BROKER_URL"):
        os.environ["CELERY_BROKER_URL"] = system.start_broker()
        os.environ.setdefault("CACHE_URL", system.env["CACHE_URL"])
    if not _is_given("EMAIL_URL"):
        said.append(f"Mail it sends: http://localhost:{_start_mailbox(system, port)}/")
    inbound = _inbound(port)
    if inbound is not None:
        attempt = TRY.format(inbound.getsockname()[1])
        said.append(f'Mail it takes: python3 -c "{attempt}" ADDRESS < MAIL.eml')
    os.environ.setdefault("STATIC_MANIFEST", "1")
    system.env = dict(os.environ)
    credentials = system.prepare(is_demo_wanted=is_demo_wanted)
    system.start_web(port)
    system.start_worker_with_clock(inbound)
    system.wait_for_web(port)
    system.wait_for_sweep(port)
    return [*said, *credentials.splitlines()]


def _is_given(name: str) -> bool:
    """Return whether it is set, directly or by a file (config/environment.py)."""
    return bool(os.environ.get(name) or os.environ.get(f"{name}_FILE"))


def _inbound(port: int) -> socket.socket | None:
    """Where forwarded mails are taken; None if a server of its own takes them, or if the site is
    reached from outside and no domain is for them."""
    is_local = os.environ["BASE_URL"].startswith("http://localhost:")
    if _is_given("INBOUND_LISTEN") or not (is_local or _is_given("INBOUND_DOMAIN")):
        return None
    os.environ.setdefault("INBOUND_DOMAIN", "in.localhost")
    return ports.listen_near(INBOUND_PORT, avoid=port)


def _start_mailbox(system: System, port: int) -> int:
    """Return the port of its page."""
    smtp = ports.listen_near(SMTP_PORT, avoid=port)
    web = ports.listen_near(MAILBOX_PORT, avoid=port)
    smtp_port, web_port = smtp.getsockname()[1], web.getsockname()[1]
    system.start_mailbox(smtp, web)
    os.environ["EMAIL_URL"] = f"smtp://127.0.0.1:{smtp_port}"
    return int(web_port)
