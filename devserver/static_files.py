"""python -m devserver.static_files: those of `make run`, as a deployment has them, compressed
and under hashed names.

In a process of its own, beside the one that prepares the database: a first start is half as long
where there are two processors.
"""

import hashlib
import os
from importlib import import_module
from pathlib import Path

import django
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

# What is loaded next: of a new .venv Python has to compile it first, which takes seconds.
LOADED_NEXT = ("config.urls", "insights.statistics.compute", "celery.bin.celery", "celery.worker")


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    if collect():
        for module in LOADED_NEXT:
            import_module(module)


def collect() -> bool:
    """Anew, and True, only where one of them has changed: it takes a second of a processor."""
    root = Path(settings.STATIC_ROOT)
    note, found = root.with_name(f"{root.name}-collected"), _found()
    if note.is_file() and note.read_text() == found and root.is_dir():
        return False
    call_command("collectstatic", clear=True, interactive=False, verbosity=0)
    note.write_text(found)
    return True


def _found() -> str:
    """A digest of which there are, how long they are and when each was written."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list(None):
            stat = Path(storage.path(name)).stat()
            digest.update(f"{name} {stat.st_size} {stat.st_mtime_ns}\n".encode())
    return digest.hexdigest()


if __name__ == "__main__":
    main()
