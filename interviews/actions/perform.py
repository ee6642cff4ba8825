"""Perform an action: what a button, such as “Tomorrow”, records without a form; and undo it.

Undoing raises Http404 or ValidationError if something newer came after it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404
from django.utils.translation import gettext as _

from accounts.models import User
from interviews import access
from interviews.models import Contact, Interview, Result
from interviews.rules import Step, limits
from interviews.services import contacts, interviews, next_step, results, vacancies

ENDINGS: dict[str, Result.Kind] = {
    Step.ASSUME_REFUSAL: Result.Kind.ASSUMED_REFUSAL,
    Step.CLOSE: Result.Kind.NO_RESPONSE,
    Step.LET_GO: Result.Kind.NO_RESPONSE,
}
RATINGS = ("attractiveness", "desire")
# A page left open for longer is an old page.
UNDO_LASTS = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class ActionContext:
    """The subject of an action, at `now`, local to the candidate. `key` is the same for the same
    button of the same step, so that it acts once; `chosen` is the choice beside the button."""

    interview: Interview
    now: datetime
    key: UUID | None = None
    chosen: Mapping[str, str] = field(default_factory=dict)

    def opening_in(self, days: int) -> datetime:
        return next_step.later(candidate=self.interview.candidate, now=self.now, days=days)


@dataclass(frozen=True, slots=True)
class Undo:
    """What to undo: the key of the fact or the interview, the state before, and, if no fact was
    added, the state that the action made: if that has changed, nothing is undone. Signed forms
    contain `what`."""

    what: str
    pk: UUID
    was: Any = None
    put: Any = None


def outgoing(context: ActionContext, *, channel: str, outcome: str) -> Contact:
    """A call or a letter to the step's person."""
    is_recontact = context.interview.step == Step.RECONTACT
    return Contact(
        interview=context.interview,
        at=context.now,
        direction=Contact.Direction.OUT,
        channel=channel,
        outcome=outcome,
        purpose=Contact.Purpose.OTHER if is_recontact else Contact.Purpose.FOLLOW_UP,
        person=context.interview.step_person,
        submission_id=context.key,
    )


def note_contact(context: ActionContext, *, channel: str, outcome: str) -> Undo:
    was = said(context.interview.snoozed_until)
    contact = outgoing(context, channel=channel, outcome=outcome)
    return Undo("contact", contacts.record_contact(contact=contact, now=context.now).pk, was)


def _delete_contact(undo: Undo, user: User, now: datetime) -> None:
    contact = access.get_contact(user, undo.pk)
    contacts.delete_contact(contact=contact, now=now)
    _put_off_again(contact.interview, undo, now)


def close(context: ActionContext) -> Undo:
    snoozed_until = context.interview.snoozed_until
    result = Result(
        interview=context.interview,
        kind=ENDINGS[context.interview.step],
        known_at=context.now,
        via=Result.Via.SILENCE,
        submission_id=context.key,
    )
    made = results.record_result(result=result, now=context.now)
    return undo_of_result(made, snoozed_until=snoozed_until)


def undo_of_result(result: Result, *, snoozed_until: datetime | None) -> Undo:
    """`snoozed_until` is what the interview had before the result cleared it."""
    return Undo("result", result.pk, said(snoozed_until))


def _delete_result(undo: Undo, user: User, now: datetime) -> None:
    result = access.get_result(user, undo.pk)
    results.delete_result(result=result, now=now)
    _put_off_again(result.interview, undo, now)


def _put_off_again(interview: Interview, undo: Undo, now: datetime) -> None:
    """A fact clears the snooze; without the fact it is restored."""
    until = moment(undo.was)
    if until is not None and until > now:
        interviews.restore_snooze(interview=interview, until=until, now=now)


def rate(context: ActionContext) -> Undo:
    vacancy = context.interview.vacancy
    # A rating that followed the criteria follows them again.
    own = None if vacancy.is_attractiveness_proposed else vacancy.attractiveness
    was, put = (own, vacancy.desire), [_rating(context, name) for name in RATINGS]
    vacancies.rate_vacancy(vacancy=vacancy, attractiveness=put[0], desire=put[1], now=context.now)
    return Undo("ratings", context.interview.pk, was, put)


def _rating(context: ActionContext, name: str) -> int:
    value = context.chosen.get(name, "")
    if value not in map(str, range(limits.RATING_MIN, limits.RATING_MAX + 1)):
        raise ValidationError(_("Choose 1 to 5."))
    return int(value)


def _rate_as_before(undo: Undo, user: User, now: datetime) -> None:
    vacancy = access.get_interview(user, undo.pk).vacancy
    if [vacancy.attractiveness, vacancy.desire] != undo.put:
        raise Http404
    attractiveness, desire = undo.was
    vacancies.rate_vacancy(vacancy=vacancy, attractiveness=attractiveness, desire=desire, now=now)


def note_nothing_agreed(context: ActionContext) -> Undo:
    interviews.note_nothing_agreed(interview=context.interview, now=context.now)
    return Undo("nothing-agreed", context.interview.pk)


def _ask_again(undo: Undo, user: User, now: datetime) -> None:
    interview = access.get_interview(user, undo.pk)
    interviews.take_back_nothing_agreed(interview=interview, now=now)


def put_off(context: ActionContext, *, days: int) -> Undo:
    was, until = context.interview.snoozed_until, context.opening_in(days)
    interviews.snooze_interview(interview=context.interview, until=until, now=context.now)
    return Undo("snooze", context.interview.pk, said(was), said(until))


def _put_off_as_before(undo: Undo, user: User, now: datetime) -> None:
    interview = access.get_interview(user, undo.pk)
    if said(interview.snoozed_until) != undo.put:
        raise Http404
    interviews.restore_snooze(interview=interview, until=moment(undo.was), now=now)


def said(value: datetime | None) -> str | None:
    """Compare times independently of their zones."""
    return value.astimezone(UTC).isoformat() if value else None


def moment(stored: str | None) -> datetime | None:
    return datetime.fromisoformat(stored) if stored else None


TAKE_BACK: dict[str, Callable[[Undo, User, datetime], None]] = {
    "contact": _delete_contact,
    "result": _delete_result,
    "ratings": _rate_as_before,
    "nothing-agreed": _ask_again,
    "snooze": _put_off_as_before,
}
