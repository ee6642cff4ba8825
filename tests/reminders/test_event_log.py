"""One key leads from the ledger to the server's 250, in both log formats."""

import io
import json
import logging
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.conf import settings as configured
from django.utils.log import configure_logging

from interviews.models import Candidate, Interview, Reminder
from reminders.sweep import sweep
from tests.reminders.conftest import NOW, Send, send_all
from tests.reminders.servers import Answering

MOST_SECRET = ("alice", "Alice", "Anna", "Acme", "example.org")


@pytest.fixture(params=["line", "json"])
def log(request: pytest.FixtureRequest) -> Iterator[io.StringIO]:
    """What the console would show, in this form."""
    stream = io.StringIO()
    form: str = request.param
    handler = {**configured.LOGGING["handlers"]["console"], "formatter": form, "stream": stream}
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    told = {**configured.LOGGING, "handlers": {"console": handler}}
    configure_logging("logging.config.dictConfig", told)
    yield stream
    root.handlers, root.level = before, level


def test_a_reminders_way_is_one_search(promised: Interview, post: Send, log: io.StringIO) -> None:
    post()
    key = str(Reminder.objects.get().pk)
    lines = [line for line in log.getvalue().splitlines() if key in line]
    assert len(lines) == 3
    for word, line in zip(("written", "claimed", "accepted"), lines, strict=True):
        assert word in line
    mail = str(Reminder.objects.get().mail_id)
    assert mail in lines[1]
    assert mail in lines[2]
    assert "250" in lines[2] or "kept" in lines[2]
    assert not any(secret in line for secret in MOST_SECRET for line in lines)
    if lines[0].startswith("{"):
        told = json.loads(lines[2])
        assert (told["message"], told["reminder"], told["mail"]) == ("accepted", key, mail)
    else:
        assert f"accepted reminder={key} mail={mail} reply=" in lines[2]


def test_a_failed_try_is_told_without_the_address_that_the_server_repeats(
    alice: Candidate, promised: Interview, answering: Answering, log: io.StringIO
) -> None:
    answering.answers = ["451 4.7.1 <alice@example.org>: later"]
    sweep(now=NOW)
    send_all(now=NOW)
    send_all(now=NOW + timedelta(minutes=2))
    key = str(Reminder.objects.get().pk)
    lines = [line for line in log.getvalue().splitlines() if key in line]
    assert [word for line in lines for word in ("failed", "accepted") if word in line] == [
        "failed",
        "accepted",
    ]
    assert "later" in next(line for line in lines if "failed" in line)
    assert not any(secret in line for secret in MOST_SECRET for line in lines)
