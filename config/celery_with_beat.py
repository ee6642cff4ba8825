"""The Celery application for a worker that is the clock too: `-A config.celery_with_beat`.

For one machine: a beat of its own would be one process more, and so would the one that Celery's
`--beat` starts.
"""

from typing import Any

from celery.beat import EmbeddedService
from celery.bootsteps import StartStopStep
from click import Option

from config.celery import app


class Clock(StartStopStep):
    """Beat as a thread of the worker."""

    def __init__(self, worker: Any, clock: str | None = None, **options: Any) -> None:
        super().__init__(worker, **options)
        self.enabled = clock is not None
        self._schedule = clock

    def create(self, worker: Any) -> Any:
        return EmbeddedService(worker.app, thread=True, schedule_filename=self._schedule)


app.user_options["worker"].add(Option(["--clock"], help="Where beat keeps its schedule."))
app.steps["worker"].add(Clock)
