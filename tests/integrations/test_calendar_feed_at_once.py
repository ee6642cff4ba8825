"""On PostgreSQL: calendar programs that fetch at once number a change once."""

from datetime import timedelta

import pytest

from integrations import feed_address
from integrations.calendar_feed import told_by
from interviews.models import CalendarEvent, CalendarFeed, Interview
from interviews.services import interviews
from tests.integrations.conftest import NOW
from tests.interviews.services.test_closing_together import ROUNDS, at_once
from tests.support.people import make_candidate, make_interview, make_user

pytestmark = [pytest.mark.servers, pytest.mark.usefixtures("transactional_db")]


def test_programs_that_fetch_at_once() -> None:
    alice = make_candidate(make_user("Alice"))
    feed = feed_address.create_feed(candidate=alice, now=NOW)
    row = make_interview(alice, starts_at=NOW + timedelta(days=3), now=NOW)

    def fetch() -> bytes:
        return told_by(CalendarFeed.objects.get(pk=feed.pk), now=NOW).body()

    for number in range(ROUNDS):
        bodies = at_once(*[fetch] * 4)
        assert len(set(bodies)) == 1
        told = CalendarEvent.objects.get(uid=f"interview-{row.pk}@hearback")
        assert told.sequence == number
        row = Interview.objects.get(pk=row.pk)
        row.starts_at += timedelta(hours=1)
        interviews.change_interview(interview=row, now=NOW)
