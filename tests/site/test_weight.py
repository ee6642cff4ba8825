"""What a candidate's page loads, compressed: at most 60 kB."""

import gzip
import re
from pathlib import Path

from django.contrib.staticfiles import finders
from django.test import Client

from tests.site.world import World

BUDGET = 60_000
LOADED = re.compile(r'(?:href|src)="(/static/[^"]+\.(?:css|js))"')


def test_style_and_script_together_are_light(as_alice: Client, world: World) -> None:
    page = as_alice.get("/today/").content.decode()
    loaded = {path: _travelling(_read(path)) for path in set(LOADED.findall(page))}
    assert len(loaded) > 5, loaded
    assert not any("bootstrap.bundle" in path for path in loaded)
    loaded["/service-worker.js"] = _travelling(as_alice.get("/service-worker.js").content)
    assert sum(loaded.values()) <= BUDGET, loaded


def _read(path: str) -> bytes:
    found = finders.find(path.removeprefix("/static/"))
    assert found, path
    return Path(found).read_bytes()


def _travelling(content: bytes) -> int:
    return len(gzip.compress(content))
