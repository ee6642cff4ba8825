"""Verify that every stored next step is what the rules say about the stored facts."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from interviews.services import verify_steps


class Command(BaseCommand):
    help = "Prove that stored steps and states are what the rules say; repair them with --fix."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--fix", action="store_true", help="store what the rules say")

    def handle(self, *args: Any, fix: bool, **options: Any) -> None:
        now = timezone.now()
        wrong = 0
        for difference in verify_steps.verify_all(now=now, fix=fix):
            wrong += 1
            self.stdout.write(f"interview {difference.interview_id}: {difference.what}")
        for line in verify_steps.verify_states(fix=fix):
            wrong += 1
            self.stdout.write(line)
        foreign = list(verify_steps.verify_foreign_rows())
        for line in foreign:
            self.stdout.write(line)
        if foreign or (wrong and not fix):
            raise CommandError(f"{wrong} steps and {len(foreign)} references are wrong.")
        self.stdout.write(f"{wrong} steps repaired." if wrong else "All steps are right.")
