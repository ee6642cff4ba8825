"""Load the demo: a candidate with a dozen interviews in every state, and a coach."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from demo.load import load_demo
from insights.statistics.refresh import compute_due


class Command(BaseCommand):
    help = "Load a candidate with a dozen interviews in every state, and a coach."

    def handle(self, *args: Any, **options: Any) -> None:
        candidate, coach = load_demo(now=timezone.now())
        compute_due(now=timezone.now())  # so that Insights has figures at once
        self.stdout.write(f"Candidate: {candidate.email} {candidate.password}")
        self.stdout.write(f"Coach: {coach.email} {coach.password}")
