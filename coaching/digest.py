"""The morning mail: the coach's overview, on the chosen days and at the chosen hour.

Each is written in one transaction that locks the coach's row, schedules the next one and queues the
mail. So two workers write it once, and a worker that dies writes nothing. If there is nothing to
tell, only the next one is scheduled.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import ngettext

from accounts.absolute_url import absolute_url
from coaching import coaches
from coaching.mails import CoachingMessage
from coaching.morning import Morning, MorningSection, morning_of
from coaching.morning_line import MorningLine
from coaching.permissions import scope_of
from interviews.models import Coach
from interviews.quarantine import error_text, one_by_one
from interviews.text import dates
from reminders.mail_html import render_mail

BATCH = 100
# After this many hours without a worker it is no morning mail any more.
LATEST = timedelta(hours=6)
# A mail that cannot be written is retried on another morning, and delays no others.
TROUBLE_PAUSE = timedelta(days=1)
FAILED = "The morning mail of coach %s cannot be written"


def write_digests(*, now: datetime) -> int:
    """Write the mails of all coaches whose morning has come; return how many had content."""
    keys = list(Coach.objects.to_mail(now).values_list("pk", flat=True)[:BATCH])
    return sum(one_by_one(keys, lambda pk: _write(pk, now=now), _quarantine, message=FAILED))


def _quarantine(pk: UUID, error: Exception) -> None:
    rows = Coach.objects.filter(pk=pk)
    due_at = F("digest_due_at") + TROUBLE_PAUSE
    rows.update(digest_due_at=due_at, digest_error=error_text(error))


@transaction.atomic
def _write(pk: UUID, *, now: datetime) -> bool:
    rows = Coach.objects.to_mail(now).select_for_update(of=("self",), skip_locked=True)
    coach = rows.filter(pk=pk).select_related("user").first()
    if coach is None:
        return False
    due_at = coach.digest_due_at
    assert due_at is not None
    coach.digest_due_at = coaches.next_digest(coach, after=now)
    coach.digest_error = ""
    coach.save(update_fields=["digest_due_at", "digest_error"])
    if now - due_at > LATEST:
        return False
    morning = morning_of(scope_of(coach.user, now=now), now=now)
    if not morning:
        return False
    _message(coach, morning, now=now).send()
    return True


def _message(coach: Coach, morning: Morning, *, now: datetime) -> CoachingMessage:
    """In the coach's zone and the instance's language."""
    with translation.override(settings.LANGUAGE_CODE), timezone.override(coach.zone):
        local = now.astimezone(coach.zone)
        subject = _subject(morning.count, now=local)
        context = {
            "language": translation.get_language(),
            "subject": subject,
            "ahead": subject,
            "sections": [_mail_section(each) for each in morning.sections],
            "answered": len(morning.answered),
            "invitations": len(morning.invitations),
            "site_url": absolute_url("admin:index"),
            "settings_url": absolute_url("dashboard:coach-update"),
        }
        text = render_to_string("emails/digest.txt", context)
        message = CoachingMessage(subject, text, None, [coach.user.email])
        message.attach_alternative(render_mail("emails/digest.html", context), "text/html")
        return message


def _subject(count: int, *, now: datetime) -> str:
    """Names nobody: others may see the mailbox."""
    said = ngettext(
        "%(weekday)s: 1 thing needs your attention",
        "%(weekday)s: %(count)d things need your attention",
        count,
    )
    return said % {"weekday": dates.weekday(now.date()), "count": count}


@dataclass(frozen=True, slots=True)
class _Entry:
    candidate: str
    title: str
    said: str
    url: str


@dataclass(frozen=True, slots=True)
class _MailSection:
    title: str
    entries: list[_Entry]
    more: str


def _mail_section(section: MorningSection) -> _MailSection:
    more = section.more
    said = ngettext("And %(count)d more", "And %(count)d more", more) % {"count": more}
    entries = [_entry(each) for each in section.lines]
    return _MailSection(section.title, entries, said if more else "")


def _entry(line: MorningLine) -> _Entry:
    url = absolute_url("admin:interviews_interview_change", line.key)
    return _Entry(line.candidate, line.title, line.said, url)
