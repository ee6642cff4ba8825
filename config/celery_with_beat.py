"""The Celery application for a worker that also runs beat: `-A config.celery_with_beat`.

For one machine: a separate beat would be one process more, and so would Celery's `--beat`.
"""

from typing import Any

from celery.beat import EmbeddedService
from celery.bootsteps import StartStopStep
from click import Option

from config.celery import app


class Clock(StartStopStep):
    """Run beat as a thread of the worker."""

    def __init__(self, worker: Any, clock: str | None = None, **options: Any) -> None:
        super().__init__(worker, **options)
        self.enabled = clock is not None
        self._schedule = clock

    def create(self, worker: Any) -> Any:
        return EmbeddedService(worker.app, thread=True, schedule_filename=self._schedule)


app.user_options["worker"].add(Option(["--clock"], help="Where beat keeps its schedule."))
app.steps["worker"].add(Clock)
