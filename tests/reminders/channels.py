"""What the workers do for two channels, minute by minute, and what came of it."""

import json
from datetime import datetime, time, timedelta
from typing import Any

from interviews.models import Candidate, ChannelKind, Reminder
from interviews.services.candidates import change_settings
from tests.reminders.conftest import NOW, Work
from tests.support.push_service import Browser

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
PUSH, EMAIL = ChannelKind.PUSH.value, ChannelKind.EMAIL.value


def pass_minutes(work: Work, minutes: int, *, since: datetime = NOW) -> datetime:
    """The workers at work without a gap; the moment of the last time."""
    for minute in [*range(4, minutes, 4), minutes]:
        work(now=since + minute * MINUTE)
    return since + minutes * MINUTE


def told(browser: Browser) -> list[dict[str, Any]]:
    return [json.loads(each) for each in browser.accepted]


def ledger() -> tuple[str, str, str]:
    reminder = Reminder.objects.get()
    return reminder.channel, reminder.state, reminder.next_channel


def change_hours(candidate: Candidate) -> None:
    candidate.contact_closes = time(18)
    candidate.save()
    change_settings(candidate=candidate, now=NOW)
