"""A database that fails while a mail is being written is not the mail's fault."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import DatabaseError, connection
from pytest_django import Settings

from interviews.models import Mail, Reminder
from reminders.sweep import sweep
from tests.reminders.conftest import NOW, Send
from tests.support.people import make_candidate, make_user
from tests.support.step_factories import stand

# What writing a mail reads and claiming one does not.
READ_FOR_WRITING = ["interviews_vacancy", "interviews_interlocutor", "interviews_company"]


@contextmanager
def without(table: str) -> Iterator[None]:
    """The database really fails whoever reads this table."""
    _rename(table, f"{table}_away")
    try:
        yield
    finally:
        _rename(f"{table}_away", table)


def _rename(old: str, new: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f'ALTER TABLE "{old}" RENAME TO "{new}"')


@pytest.mark.usefixtures("transactional_db")
@pytest.mark.parametrize("table", READ_FOR_WRITING)
def test_it_is_sent_once_the_lease_has_run_out(table: str, post: Send, settings: Settings) -> None:
    stand(make_candidate(make_user("Alice")), "call", now=NOW)
    sweep(now=NOW)
    with without(table), pytest.raises(DatabaseError):
        post()
    mail = Mail.objects.get()
    assert (mail.state, mail.error) == ("leased", "")
    assert Reminder.objects.get().state == "leased"
    assert post(now=NOW + settings.MAIL_LEASE / 2) == []
    (message,) = post(now=NOW + settings.MAIL_LEASE)
    assert message["Message-ID"] == mail.message_id
    mail.refresh_from_db()
    assert mail.state == "sent"
    assert Reminder.objects.get().state == "sent"
