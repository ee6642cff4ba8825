"""The content of a reminder mail: the reason, the number, the script, and the actions."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.text import Truncator

from accounts.absolute_url import absolute_url
from interviews import queries, text
from interviews.actions.perform import ActionContext
from interviews.actions.registry import label_of, offer_of
from interviews.contact_links import Number, numbers_in
from interviews.current_step import CurrentStep
from interviews.models import Candidate, Mail, OwnLetter, Reminder
from interviews.rules import Step
from interviews.services.mail_proposals import PAUSED_STEPS
from interviews.text.from_interview import (
    action_of,
    addressee_of,
    letter_of,
    occasion_of,
    opening_of,
    why_of,
)
from reminders import signed_links
from reminders.mail_html import render_mail

# By candidate, then by occasion.
OwnLetters = Mapping[UUID, Mapping[str, OwnLetter]]
SUBJECT_MAX: int = Mail.SUBJECT_MAX


@dataclass(frozen=True, slots=True)
class MailContent:
    subject: str
    text: str
    html: str
    # RFC 8058: the mail program posts to this URL to pause reminder mails.
    unsubscribe_url: str = ""


@dataclass(frozen=True, slots=True)
class MailLink:
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class MailEntry:
    """One step, as the mail shows it."""

    vacancy: str
    stage: str
    heading: str
    why: str
    phone: str
    numbers: tuple[Number, ...]
    is_written: bool
    is_late: bool  # an earlier mail about it could not be sent
    words: str
    url: str
    links: tuple[MailLink, ...]
    has_mail: bool = False  # a forwarded mail may be the answer


def own_letters_of(reminders: Iterable[Reminder]) -> OwnLetters:
    """Fetch the letter templates of candidates who should write, in one query for many mails."""
    return queries.own_letters_of_each(
        {each.candidate_id for each in reminders if each.step == Step.WRITE}
    )


def compose(reminders: Sequence[Reminder], *, own: OwnLetters, now: datetime) -> MailContent:
    """One mail for one candidate's open reminders, in the candidate's zone and the instance's
    language."""
    candidate = reminders[0].candidate
    letters = own.get(candidate.pk, {})
    with translation.override(settings.LANGUAGE_CODE), timezone.override(candidate.zone):
        ordered = most_urgent_first(reminders, now=now.astimezone(candidate.zone))
        written, more = ordered[: settings.MAIL_STEPS_MAX], ordered[settings.MAIL_STEPS_MAX :]
        is_discreet = candidate.has_discreet_subjects
        subject = subject_of(written[0][1], len(reminders), is_discreet=is_discreet)
        # What to say or write is in the mail of a single step; of several each is a few lines.
        own_letters = letters if len(reminders) == 1 else None
        entries = [_entry(*each, own_letters) for each in written]
        return content_of(candidate, subject, entries, more=len(more))


def content_of(
    candidate: Candidate, subject: str, entries: Sequence[MailEntry], *, more: int = 0
) -> MailContent:
    """In the language and the zone that are active; `more` steps are only counted."""
    unsubscribe_url = signed_links.unsubscribe_url(candidate)
    context = {
        "language": translation.get_language(),
        "subject": subject,
        "entries": entries,
        "ahead": entries[0].why,
        "is_single": len(entries) == 1,
        "more": more,
        "today_url": absolute_url("dashboard:today"),
        "unsubscribe_url": unsubscribe_url,
    }
    return MailContent(
        subject=subject,
        text=render_to_string("emails/reminder.txt", context),
        html=render_mail("emails/reminder.html", context),
        unsubscribe_url=unsubscribe_url,
    )


def most_urgent_first(
    reminders: Sequence[Reminder], *, now: datetime
) -> list[tuple[Reminder, CurrentStep]]:
    """What can be done now comes first; `now` is local to the candidate."""
    steps = [(each, CurrentStep.of(each.interview, now=now)) for each in reminders]
    return sorted(steps, key=lambda each: each[1].urgency)


def subject_of(first: CurrentStep, count: int, *, is_discreet: bool) -> str:
    """One line, whatever the names contain, cut to the column's length."""
    person, company = first.person, first.company
    if is_discreet:
        said = text.discreet_subject(count)
    else:
        said = text.subject(
            first.step,
            person=person,
            company=company,
            now=first.now,
            possible_from=first.possible_from,
        )
        said = said if count == 1 else text.subject_of_several(said, more=count - 1)
    return Truncator(" ".join(said.split())).chars(SUBJECT_MAX)


def _entry(
    reminder: Reminder, current: CurrentStep, own: Mapping[str, OwnLetter] | None
) -> MailEntry:
    """Without `own` letters there is no draft either."""
    interview = reminder.interview
    callee = interview.step_person if current.kind == Step.CALL else None
    phone = callee.phone if callee else ""
    numbers = tuple(numbers_in(phone, country=reminder.candidate.country))
    context = ActionContext(interview, current.now)
    return MailEntry(
        vacancy=str(interview.vacancy),
        stage=interview.stage_label,
        heading=action_of(current),
        why=why_of(current),
        phone=phone if numbers else "",
        numbers=numbers,
        is_written=current.kind == Step.WRITE,
        is_late=reminder.missed_at is not None,
        has_mail=getattr(reminder, "has_mail", False) and current.kind in PAUSED_STEPS,
        words="" if own is None else _words(current, own),
        url=signed_links.interview_url(interview),
        links=tuple(
            MailLink(label_of(action, context), signed_links.action_url(reminder, action))
            for action in offer_of(reminder.step).mail
        ),
    )


def _words(current: CurrentStep, own: Mapping[str, OwnLetter]) -> str:
    """What to say or to write, if that is the step."""
    if current.kind == Step.CALL:
        return opening_of(current)
    if current.kind == Step.WRITE:
        to = addressee_of(current.interview)
        return letter_of(current, occasion_of(current), to=to, own=own).body
    return ""
