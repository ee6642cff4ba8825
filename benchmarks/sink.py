"""`python -m benchmarks.sink`: an SMTP server that discards every mail; prints its port."""

import json
import logging
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from devserver.mailbox.smtp import SmtpServer


@contextmanager
def sink() -> Iterator[int]:
    """Yield its port. It runs in a process of its own, as a mail server does."""
    command = [sys.executable, "-m", "benchmarks.sink"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield int(json.loads(process.stdout.readline()))
        finally:
            process.terminate()


if __name__ == "__main__":
    logging.getLogger("mail.log").setLevel(logging.WARNING)  # aiosmtpd logs each command
    listening = socket.create_server(("127.0.0.1", 0))
    SmtpServer(listening, lambda content, recipients: None).start()
    print(listening.getsockname()[1], flush=True)
    threading.Event().wait()
