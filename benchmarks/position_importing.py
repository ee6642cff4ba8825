"""A child process: import one file twice through the pages and the task, and say how it went.

A process of its own, so that nothing else has raised its memory before.
"""

import os
import re
import sys
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread
from time import perf_counter

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: E402
from django.test import Client  # noqa: E402

from accounts.models import User  # noqa: E402
from benchmarks.child import say, wait_for_the_word  # noqa: E402
from integrations.tasks import import_positions  # noqa: E402
from interviews.models import PositionImport, Vacancy  # noqa: E402

KILOBYTES = 1024
SAMPLED = 0.005  # seconds


def main(email: str, path: Path) -> None:
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
    client = Client()
    client.force_login(User.objects.get(email=email))
    client.get("/positions/import/")
    wait_for_the_word()
    children = Children()
    children.start()
    idle, began = memory("VmRSS"), perf_counter()
    first = _imported(client, path)
    seconds = perf_counter() - began
    peak = memory("VmHWM") - idle + children.peak()
    positions = Vacancy.objects.filter(candidate=first.candidate)
    before = positions.count()
    _imported(client, path)
    say(
        seconds=seconds,
        # With that of the process that reads spreadsheets, all of which is gone afterwards.
        megabytes=peak / KILOBYTES,
        again=positions.count() - before,
        accounted=before + len(first.rest),
    )


def _imported(client: Client, path: Path) -> PositionImport:
    """As a candidate does who finds every column right."""
    file = SimpleUploadedFile(path.name, path.read_bytes())
    page = client.post("/positions/import/", {"file": file})["Location"]
    client.get(page)
    preview = client.post(page, {"go": "preview"})["Location"]
    client.get(preview)
    client.post(preview)
    import_positions()
    found = PositionImport.objects.get(pk=page.split("/")[-2])
    assert found.state == PositionImport.State.DONE, found.error
    return found


class Children(Thread):
    """The most memory that a child has had. Its resource usage would not do, which counts the
    memory of the parent until the child begins its own program."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self._stopped, self._most = Event(), 0

    def run(self) -> None:
        own = Path("/proc/self/task")
        program = Path("/proc/self/cmdline").read_bytes()
        while not self._stopped.wait(SAMPLED):
            for pid in {pid for each in own.glob("*/children") for pid in each.read_text().split()}:
                with suppress(OSError, AssertionError):  # it has ended
                    if Path(f"/proc/{pid}/cmdline").read_bytes() != program:
                        self._most = max(self._most, memory("VmHWM", pid))

    def peak(self) -> int:
        self._stopped.set()
        self.join()
        return self._most


def memory(name: str, pid: str = "self") -> int:
    """In kilobytes: VmRSS is what the process has now, VmHWM the most it ever had."""
    status = Path(f"/proc/{pid}/status").read_text()
    found = re.search(rf"^{name}:\s+(\d+) kB", status, re.MULTILINE)
    assert found is not None
    return int(found[1])


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
