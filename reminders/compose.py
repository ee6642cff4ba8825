"""What a reminder mail says: the reason, the number, the words to say, and what can be done."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.text import Truncator

from accounts.absolute_url import absolute_url
from interviews import queries
from interviews import text as wording
from interviews.actions import mail
from interviews.contact_links import Number, numbers_in
from interviews.models import Interview, Mail, OwnLetter, Reminder
from interviews.next_step import PartyStep, step_of
from interviews.rules import Step
from interviews.text.from_interview import (
    addressee_of,
    letter_of,
    occasion_of,
    opening_of,
    person_of,
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
    # RFC 8058: the mail program posts to this address, and reminder mail stops.
    unsubscribe_url: str = ""


@dataclass(frozen=True, slots=True)
class MailLink:
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class MailEntry:
    """One step, as the mail writes it out."""

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


def own_letters_of(reminders: Iterable[Reminder]) -> OwnLetters:
    """The own words of those who are to write, in one query for many mails."""
    return queries.own_letters_of_each(
        {each.candidate_id for each in reminders if each.step == Step.WRITE}
    )


def compose(reminders: Sequence[Reminder], *, own: OwnLetters, now: datetime) -> MailContent:
    """One mail for one candidate's open reminders, in her zone; the instance's language."""
    candidate = reminders[0].candidate
    written, more = reminders[: settings.MAIL_STEPS_MAX], reminders[settings.MAIL_STEPS_MAX :]
    letters = own.get(candidate.pk, {})
    with translation.override(settings.LANGUAGE_CODE), timezone.override(candidate.zone):
        local = now.astimezone(candidate.zone)
        subject = _subject(reminders, now=local)
        unsubscribe_url = signed_links.unsubscribe_url(candidate)
        country = candidate.country
        entries = [_entry(each, letters, country=country, now=local) for each in written]
        context = {
            "language": translation.get_language(),
            "subject": subject,
            "entries": entries,
            "ahead": entries[0].why,
            "more": len(more),
            "today_url": absolute_url("dashboard:today"),
            "unsubscribe_url": unsubscribe_url,
        }
        return MailContent(
            subject=subject,
            text=render_to_string("emails/reminder.txt", context),
            html=render_mail("emails/reminder.html", context),
            unsubscribe_url=unsubscribe_url,
        )


def _subject(reminders: Sequence[Reminder], *, now: datetime) -> str:
    """One line, whatever the names in it hold, and as long as a row of the outbox can keep."""
    return Truncator(" ".join(_said(reminders, now=now).split())).chars(SUBJECT_MAX)


def _said(reminders: Sequence[Reminder], *, now: datetime) -> str:
    if reminders[0].candidate.has_discreet_subjects:
        return wording.discreet_subject(len(reminders))
    first = reminders[0].interview
    said = wording.subject(_step(first), person=person_of(first), company=_company(first), now=now)
    return (
        said if len(reminders) == 1 else wording.subject_of_several(said, more=len(reminders) - 1)
    )


def _entry(
    reminder: Reminder, own: Mapping[str, OwnLetter], *, country: str, now: datetime
) -> MailEntry:
    interview = reminder.interview
    step, person, company = _step(interview), person_of(interview), _company(interview)
    callee = interview.step_person if step.step == Step.CALL else None
    phone = callee.phone if callee else ""
    numbers = tuple(numbers_in(phone, country=country))
    return MailEntry(
        vacancy=str(interview.vacancy),
        stage=interview.stage_label,
        heading=wording.action(step, person=person, company=company),
        why=wording.why(step, person=person, company=company, now=now),
        phone=phone if numbers else "",
        numbers=numbers,
        is_written=step.step == Step.WRITE,
        is_late=reminder.missed_at is not None,
        words=_words(interview, step, own, now=now),
        url=signed_links.interview_url(interview),
        links=tuple(_links(reminder)),
    )


def _words(
    interview: Interview, step: PartyStep, own: Mapping[str, OwnLetter], *, now: datetime
) -> str:
    """What to say or to write, where the step is to say or to write something."""
    if step.step == Step.CALL:
        return opening_of(interview, now=now)
    if step.step == Step.WRITE:
        to, occasion = addressee_of(interview), occasion_of(interview)
        return letter_of(interview, occasion, to=to, now=now, own=own).body
    return ""


def _links(reminder: Reminder) -> Iterator[MailLink]:
    for action in mail.BY_STEP.get(reminder.step, ()):
        yield MailLink(str(mail.LABELS[action]), signed_links.action_url(reminder, action))


def _step(interview: Interview) -> PartyStep:
    step = step_of(interview)
    if step is None:
        raise ValueError(f"{interview.pk} is cancelled and has no step to speak of")
    return step


def _company(interview: Interview) -> str:
    company: str = interview.vacancy.company.name
    return company
