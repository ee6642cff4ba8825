"""Print what a mail says, as one JSON line (docs/inbound.md)."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from integrations.inbound.reading import SIZE_MAX, TooLargeError
from integrations.inbound.understand import Reading, understand
from integrations.inbound.world import world_from_json


class Command(BaseCommand):
    help = "Read a forwarded mail against the waits of a file, without a database."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--world", type=Path, required=True, help="candidates and waits, as JSON"
        )
        parser.add_argument("--to", default="", help="the inbound address it was delivered to")
        parser.add_argument("file", type=Path, help="the mail, as received")

    def handle(self, *args: Any, world: Path, to: str, file: Path, **options: Any) -> None:
        try:
            known = world_from_json(json.loads(world.read_text(encoding="utf-8")))
            with file.open("rb") as opened:
                raw = opened.read(SIZE_MAX + 1)
        except (OSError, ValueError, KeyError) as error:
            raise CommandError(f"{error}") from error
        owner = known.owner(to) if to else known.candidates[0]
        if owner is None:
            raise CommandError(f"{to} is nobody's inbound address.")
        try:
            reading = understand(raw, known, owner)
        except TooLargeError:
            self.stderr.write(f"{file.name} has more than {SIZE_MAX // 2**20} MB.")
            sys.exit(1)
        self.stdout.write(json.dumps(as_json(reading), ensure_ascii=False))


def as_json(reading: Reading) -> dict[str, Any]:
    return {
        "owner": reading.owner,
        "kind": reading.kind,
        # The candidate's own letter is unrelated here, whatever it belongs to.
        "wait": None if reading.kind == "unrelated" else reading.wait,
        "dates": [each.isoformat(timespec="minutes") for each in reading.dates],
        "zone": reading.zone,
        "by_when": reading.by_when.isoformat() if reading.by_when else None,
        "has_ics": reading.has_ics,
        "language": reading.language,
        "code": reading.code,
        "link": reading.link,
        "doubt": reading.doubt,
        "why": reading.why,
    }
