"""python -m devserver.static_files: collect the static files of `make run`, compressed and with
hashed names, as in a deployment.

In a process of its own, parallel to the one that prepares the database: that halves the first start
on two processors.
"""

import hashlib
import os
from importlib import import_module
from pathlib import Path

import django
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

# Imported to compile it early: after an installation that takes seconds.
LOADED_NEXT = ("config.urls", "insights.statistics.compute", "celery.bin.celery", "celery.worker")


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    if collect():
        for module in LOADED_NEXT:
            import_module(module)


def collect() -> bool:
    """Collect and return True only if a file has changed: it takes a second."""
    root = Path(settings.STATIC_ROOT)
    note, found = root.with_name(f"{root.name}-collected"), _found()
    if note.is_file() and note.read_text() == found and root.is_dir():
        return False
    call_command("collectstatic", clear=True, interactive=False, verbosity=0)
    note.write_text(found)
    return True


def _found() -> str:
    """Return a digest of the files' names, sizes and times."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list(None):
            stat = Path(storage.path(name)).stat()
            digest.update(f"{name} {stat.st_size} {stat.st_mtime_ns}\n".encode())
    return digest.hexdigest()


if __name__ == "__main__":
    main()
