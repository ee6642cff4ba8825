"""The history of an interview's wait, newest first, each entry in a few words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from interviews.models import (
    MESSAGES,
    Agreement,
    ChannelKind,
    Contact,
    DeliveryState,
    Interview,
    Reminder,
    Result,
)
from interviews.text import dates

# What only the employer can have said.
TOLD = (Result.Kind.OFFER, Result.Kind.REFUSAL, Result.Kind.NEXT_STAGE)
Direction, Outcome, Purpose = Contact.Direction, Contact.Outcome, Contact.Purpose


class By(StrEnum):
    """Who acted; links contain the values."""

    ME = "me"
    THEM = "them"


BY_LABELS = {By.ME: gettext_lazy("I did"), By.THEM: gettext_lazy("They did")}


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    at: datetime
    said: str
    notes: str = ""
    delete_url: str = ""
    by: By | None = None
    remark: str = ""


def history_of(
    interview: Interview,
    agreements: Sequence[Agreement],
    reminders: Sequence[Reminder],
    *,
    excerpts: Mapping[UUID, str] | None = None,
    now: datetime,
) -> list[HistoryEntry]:
    """`excerpts` are of forwarded mails, by the contact or result that they recorded; a coach sees
    none."""
    promises, told = Promises(interview, agreements), excerpts or {}
    entries = [
        *_of_interview(interview, now=now),
        *(_of_agreement(each, now=now) for each in agreements),
        *(_of_contact(each, promises, told) for each in interview.contacts.all()),
        *_of_result(interview, promises, told),
        *(_of_reminder(*told) for each in reminders for told in each.tellings),
    ]
    return sorted(entries, key=lambda entry: entry.at, reverse=True)


def missed_in(interview: Interview, reminders: Sequence[Reminder]) -> list[Reminder]:
    """Reminders that could not be mailed, while their step still stands."""
    return [
        each
        for each in reminders
        if each.state == DeliveryState.MISSED and each.is_about(interview)
    ]


def _of_interview(interview: Interview, *, now: datetime) -> Iterator[HistoryEntry]:
    said = _("%(stage)s, %(minutes)d minutes") % {
        "stage": capfirst(interview.get_stage_display()),
        "minutes": interview.minutes,
    }
    moved = ""
    if interview.moved_from_at is not None:
        moved = _("Rescheduled from %(when)s.") % {
            "when": dates.moment(interview.moved_from_at, now=now)
        }
    yield HistoryEntry(interview.starts_at, said, moved)
    if interview.nothing_agreed_at is not None:
        url = reverse("dashboard:nothing-agreed-delete", args=[interview.pk])
        yield HistoryEntry(interview.nothing_agreed_at, _("Nothing was agreed"), delete_url=url)
    if interview.cancelled_at is not None:
        yield HistoryEntry(interview.cancelled_at, _("Cancelled"))


def _of_agreement(agreement: Agreement, *, now: datetime) -> HistoryEntry:
    is_theirs = agreement.initiator == Agreement.Initiator.EMPLOYER
    if agreement.due_on is None:
        said = (
            _("Agreed: they’ll get in touch, no date given")
            if is_theirs
            else _("Agreed: I’ll get in touch, no date set")
        )
    else:
        said = (
            _("Agreed: they’ll get in touch by %(when)s")
            if is_theirs
            else _("Agreed: I’ll get in touch on %(when)s")
        )
        when = dates.day_and_clock(agreement.due_on, agreement.due_time, now=now)
        said %= {"when": when}
    url = reverse("dashboard:agreement-delete", args=[agreement.pk])
    return HistoryEntry(agreement.made_at, said, agreement.notes, url)


@dataclass(frozen=True, slots=True)
class Promises:
    """Tells whether they kept their word to the day."""

    interview: Interview
    agreements: Sequence[Agreement]

    def remark(self, at: datetime) -> str:
        """About an answer at this moment, by what was agreed last before it."""
        before = [each for each in self.agreements if each.made_at <= at]
        last = max(before, key=lambda each: each.made_at, default=None)
        is_theirs = last is not None and last.initiator == Agreement.Initiator.EMPLOYER
        if last is None or not is_theirs or last.due_on != self._day(at):
            return ""
        return _("Kept, to the day")

    def _day(self, at: datetime) -> date:
        return at.astimezone(self.interview.candidate.zone).date()


def _of_contact(contact: Contact, promises: Promises, excerpts: Mapping[UUID, str]) -> HistoryEntry:
    said = contact_words(contact)
    if contact.person is not None:
        said = _("%(what)s (%(person)s)") % {"what": said, "person": contact.person.name}
    url = reverse("dashboard:contact-delete", args=[contact.pk])
    notes = contact.notes or excerpts.get(contact.pk, "")
    if contact.direction == Direction.OUT:
        return HistoryEntry(contact.at, said, notes, url, By.ME)
    remark = promises.remark(contact.at) if contact.purpose == Purpose.FOLLOW_UP else ""
    return HistoryEntry(contact.at, said, notes, url, By.THEM, remark)


def contact_words(contact: Contact) -> str:
    """For example: I asked about the result by e-mail"""
    return _contact_words(contact) % {"channel": contact.get_channel_display()}


def _contact_words(contact: Contact) -> str:
    if contact.direction == Direction.IN:
        return _inbound_words(contact)
    if contact.outcome == Outcome.NO_ANSWER:
        return _("I called, no answer")
    if contact.purpose == Purpose.THANKS:
        return _("I thanked them %(channel)s")
    if contact.purpose == Purpose.OTHER:
        return _("I got in touch about something else %(channel)s")
    if contact.outcome == Outcome.SENT:
        return _("I followed up %(channel)s")
    return _("We were in touch %(channel)s, no decision yet")


def _inbound_words(contact: Contact) -> str:
    if contact.outcome == Outcome.NO_ANSWER:
        return _("I missed their call")
    if contact.purpose == Purpose.FOLLOW_UP:
        return _("They got in touch %(channel)s, no decision yet")
    return _("They got in touch about something else %(channel)s")


def _of_result(
    interview: Interview, promises: Promises, excerpts: Mapping[UUID, str]
) -> Iterator[HistoryEntry]:
    result = Result.of(interview)
    if result is None:
        return
    is_own = result.kind != Result.Kind.NEXT_STAGE and result.follows_id is None
    url = reverse("dashboard:result-delete", args=[result.pk]) if is_own else ""
    said, is_told = capfirst(result.get_kind_display()), result.kind in TOLD
    by = By.ME if result.kind == Result.Kind.WITHDRAWN else By.THEM if is_told else None
    remark = promises.remark(result.known_at) if is_told else ""
    notes = result.feedback or excerpts.get(result.pk, "")
    yield HistoryEntry(result.known_at, said, notes, url, by, remark)


def _of_reminder(channel: str, sent_at: datetime) -> HistoryEntry:
    said = _("Reminder sent")
    if channel == ChannelKind.PUSH:
        said = _("Notification sent")
    elif channel in MESSAGES:
        said = _("Reminder sent by %(channel)s") % {"channel": ChannelKind(channel).label}
    return HistoryEntry(sent_at, said)
