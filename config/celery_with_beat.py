"""The Celery application for a worker that also runs beat, and takes forwarded mails:
`-A config.celery_with_beat`.

For one machine: a separate beat would be one process more, and so would Celery's `--beat`.
"""

from socket import socket
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


class Inbound(StartStopStep):
    """Take forwarded mails in a thread of the worker."""

    def __init__(self, worker: Any, inbound: int | None = None, **options: Any) -> None:
        super().__init__(worker, **options)
        self.enabled = inbound is not None
        self._descriptor = inbound

    def create(self, worker: Any) -> Any:
        from django.conf import settings

        from integrations.forwarding.serving import InboundThread
        from integrations.tasks import wake_readers

        listening = socket(fileno=self._descriptor)
        return InboundThread(listening, hostname=settings.INBOUND_DOMAIN, wake=wake_readers)


for _option in (
    Option(["--clock"], help="Where beat keeps its schedule."),
    Option(["--inbound"], type=int, help="The descriptor of a socket for forwarded mails."),
):
    app.user_options["worker"].add(_option)
app.steps["worker"].add(Clock)
app.steps["worker"].add(Inbound)
