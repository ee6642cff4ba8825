"""The content of a notification: what a lock screen shows, and where a tap leads.

A push carries it as JSON, which templates/dashboard/offline/service_worker.js reads.
"""

import json
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.utils import timezone, translation
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from accounts.absolute_url import absolute_url
from interviews import text
from interviews.actions.perform import ActionContext
from interviews.actions.registry import Action, label_of, offer_of
from interviews.current_step import CurrentStep
from interviews.models import Reminder
from interviews.text.from_interview import why_of
from reminders import signed_links
from reminders.compose import most_urgent_first, subject_of

# A push service takes 4,096 bytes, encryption included.
TITLE_MAX, BODY_MAX = 120, 400


def notification_of(
    reminders: Sequence[Reminder], *, key: UUID, now: datetime
) -> tuple[str, bytes]:
    """The title, and the JSON, of one candidate's open reminders; in the candidate's zone and the
    instance's language, with the key of their row in the outbox. Names no company and no person
    unless the candidate wants it."""
    candidate = reminders[0].candidate
    with translation.override(settings.LANGUAGE_CODE), timezone.override(candidate.zone):
        ordered = most_urgent_first(reminders, now=now.astimezone(candidate.zone))
        first, current = ordered[0]
        is_single = len(ordered) == 1
        title = _title(current, len(ordered), has_names=candidate.shows_names_on_lock_screen)
        body = _("Your next step is due. Open Hearback to see it.")
        if not is_single:
            body = _("Open Hearback to see them.")
        elif candidate.shows_names_on_lock_screen:
            body = why_of(current)
        told = {
            "id": str(key),
            "title": title,
            "body": Truncator(body).chars(BODY_MAX),
            "lang": translation.get_language(),
            "url": signed_links.interview_url(first.interview)
            if is_single
            else absolute_url("dashboard:today"),
            # One that is sent again replaces the first.
            "topic": str(first.pk) if is_single else f"steps-{candidate.pk}",
            "actions": [_tomorrow(first, current)] if is_single and _can_wait(first) else [],
        }
    return title, json.dumps(told, ensure_ascii=False).encode()


def _title(current: CurrentStep, count: int, *, has_names: bool) -> str:
    if has_names or count > 1:
        said = subject_of(current, count, is_discreet=not has_names)
    else:
        said = text.step_label(current.step.step)
    return Truncator(said).chars(TITLE_MAX)


def _can_wait(reminder: Reminder) -> bool:
    return Action.TOMORROW in offer_of(reminder.step).mail


def _tomorrow(reminder: Reminder, current: CurrentStep) -> dict[str, str]:
    context = ActionContext(reminder.interview, current.now)
    return {
        "action": Action.TOMORROW.value,
        "title": label_of(Action.TOMORROW, context),
        "url": signed_links.action_url(reminder, Action.TOMORROW),
    }
