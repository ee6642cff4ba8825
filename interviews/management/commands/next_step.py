"""Answer cases from the command line: JSON lines in, one JSON line out for each."""

import json
import os
import sys
from collections.abc import Iterable, Iterator
from datetime import datetime
from io import TextIOWrapper
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from interviews import text
from interviews.rules import CaseError, NextStep, decide, parse_case, possible_from
from interviews.working_days import calendar_for

Answer = dict[str, str | None]


class Command(BaseCommand):
    help = "Read cases (docs/rules.md), a JSON object a line, and print the next step of each."
    # The rules are pure: neither database nor settings matter.
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, help="standard input, if left out")

    def handle(self, *args: Any, **options: Any) -> None:
        _write_utf8()
        try:
            has_failed = self._write_answers(_lines(options["file"]))
        except BrokenPipeError:
            # The reader has closed the pipe (`| head`): write nothing more, also at exit.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            has_failed = True
        if has_failed:
            sys.exit(1)

    def _write_answers(self, lines: Iterable[bytes]) -> bool:
        """Return whether one of the cases could not be read."""
        has_failed = False
        with translation.override("en"):
            for answer in answers(lines):
                has_failed = has_failed or "error" in answer
                self.stdout.write(json.dumps(answer, ensure_ascii=False))
        self.stdout.flush()
        return has_failed


def _write_utf8() -> None:
    """JSON is UTF-8, whatever the terminal's locale is."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")


def _lines(path: Path | None) -> Iterator[bytes]:
    if path is None:
        yield from sys.stdin.buffer
        return
    try:
        with path.open("rb") as file:
            yield from file
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}") from error


def answers(lines: Iterable[bytes]) -> Iterator[Answer]:
    """One answer for each line that is not blank, in order."""
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield _answer(number, line)


def _answer(number: int, line: bytes) -> Answer:
    try:
        case, now = parse_case(_decoded(line), calendars=calendar_for)
    except CaseError as error:
        return {"error": f"line {number}: {error}"}
    step = decide(case, now)
    local = now.astimezone(case.candidate.zone)
    return _told(step, local, possible_from(case.candidate, step, now))


def _decoded(line: bytes) -> object:
    try:
        return json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise CaseError("case", "must be UTF-8") from None
    except (json.JSONDecodeError, RecursionError):
        raise CaseError("case", "must be JSON") from None
    except ValueError:
        # Python refuses numbers of thousands of digits.
        raise CaseError("case", "must be JSON with numbers of a sane length") from None


def _told(step: NextStep[str], now: datetime, possible: datetime | None) -> Answer:
    return {
        "step": step.step.value,
        "due": _iso(step.due),
        "expires": _iso(step.expires),
        "person": step.person,
        "rule": step.rule.value,
        "why": text.why(step, person=step.person, company=None, now=now, possible_from=possible),
    }


def _iso(instant: datetime | None) -> str | None:
    return None if instant is None else instant.isoformat()
