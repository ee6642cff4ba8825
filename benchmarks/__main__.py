"""`python -m benchmarks`: print every figure in a table; with `--json PATH` (or JSON=PATH) also
write a file."""

import argparse
import json
import logging
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.admin import operators_lists
from benchmarks.channels import handed_over, told_by_two
from benchmarks.coaches import coach_figures
from benchmarks.faults import FAULTS, FAULTS_OF_PUSH
from benchmarks.figure import Figure, table, written
from benchmarks.flood import first_mail_after, sender_memory, sweep_share
from benchmarks.forwarding import (
    forwarded_mails_read,
    forwarded_mails_under_faults,
    forwarded_mails_understood,
    hostile_mails,
)
from benchmarks.household import first_start, memory
from benchmarks.idle import idle_growth, idle_over_select_1, idle_queries
from benchmarks.insights import insights_figures
from benchmarks.mails import sending_over_raw, two_senders_over_one
from benchmarks.pages import (
    page_kilobytes,
    page_kilobytes_travelling,
    page_queries,
    pages_with_more_queries,
    style_and_script_kilobytes,
    today_against_bare,
)
from benchmarks.position_import import import_figures
from benchmarks.positions import position_figures
from benchmarks.rules import decisions_per_second
from benchmarks.services import facts_per_second
from benchmarks.starting import starts_again
from benchmarks.waiting_figures import calibration, following, recovery
from scripts import local_services

# A new figure is one function in a module of its noun, and one name here.
FIGURES: tuple[Callable[[], Figure | list[Figure]], ...] = (
    decisions_per_second,
    facts_per_second,
    calibration,
    recovery,
    following,
    page_kilobytes,
    page_kilobytes_travelling,
    page_queries,
    pages_with_more_queries,
    style_and_script_kilobytes,
    today_against_bare,
    starts_again,
    first_start,
    memory,
    coach_figures,
    position_figures,
    import_figures,
    # What fills the tables comes last.
    insights_figures,
    operators_lists,
    sending_over_raw,
    two_senders_over_one,
    idle_queries,
    idle_growth,
    idle_over_select_1,
    sweep_share,
    first_mail_after,
    sender_memory,
    told_by_two,
    handed_over,
    forwarded_mails_understood,
    hostile_mails,
    forwarded_mails_read,
    *FAULTS,
    *FAULTS_OF_PUSH,
    forwarded_mails_under_faults,
)


def _measured(measure: Callable[[], Figure | list[Figure]]) -> list[Figure]:
    """Print each figure as soon as it is known: the whole takes most of an hour."""
    measured = measure()
    figures = measured if isinstance(measured, list) else [measured]
    for figure in figures:
        print(f"{figure.name}: {written(figure.value)} {figure.unit}", file=sys.stderr, flush=True)
    return figures


def main(arguments: Sequence[str] | None = None) -> int:
    """Return the exit status: 1 if a target was missed."""
    parser = argparse.ArgumentParser(prog="bench", description="Measure Hearback.")
    parser.add_argument("--json", type=Path, default=os.environ.get("JSON") or None)
    chosen = parser.parse_args(arguments)
    logging.getLogger("mail.log").setLevel(logging.WARNING)  # aiosmtpd logs each command
    figures = [figure for measure in FIGURES for figure in _measured(measure)]
    print(table(figures))
    if chosen.json is not None:
        whole = [figure.to_json() for figure in figures]
        Path(chosen.json).write_text(json.dumps(whole, indent=2) + "\n", encoding="utf-8")
    return 1 if any(figure.is_met is False for figure in figures) else 0


if __name__ == "__main__":
    local_services.require(local_services.urls())
    sys.exit(main())
