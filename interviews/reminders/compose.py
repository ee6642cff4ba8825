"""What a reminder mail says: the reason, the number, the words to say, and what can be done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.functional import Promise

from interviews.models import Reminder
from interviews.reminders import links


@dataclass(frozen=True, slots=True)
class Content:
    subject: str
    text: str
    html: str


@dataclass(frozen=True, slots=True)
class Link:
    label: str | Promise
    url: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One step, as the mail writes it out."""

    vacancy: str
    stage: str
    heading: str
    why: str
    phone: str
    words: str
    url: str
    links: tuple[Link, ...]


def compose(reminders: Sequence[Reminder], *, now: datetime) -> Content:
    """One mail for one candidate's open reminders, in her zone; the instance's language."""
    candidate = reminders[0].candidate
    written, more = reminders[: settings.MAIL_STEPS_MAX], reminders[settings.MAIL_STEPS_MAX :]
    with translation.override(settings.LANGUAGE_CODE), timezone.override(candidate.zone):
        local = now.astimezone(candidate.zone)
        context = {
            "entries": [_entry(each, now=local) for each in written],
            "more": len(more),
            "today_url": links.absolute(reverse("interviews:today")),
            "unsubscribe_url": links.unsubscribe_url(candidate),
        }
        return Content(
            subject=_subject(reminders, now=local),
            text=render_to_string("emails/reminder.txt", context),
            html=render_to_string("emails/reminder.html", context),
        )
