"""What each action of a mail's link asks, says it will do, and does."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.forms import BaseForm
from django.http import HttpRequest
from django.utils.translation import gettext as _

from dashboard.agreements.forms import AgreementForm
from dashboard.buttons import ENDINGS
from dashboard.contacts.forms import CallForm
from dashboard.mail_links.forms import ConfirmForm, RecontactForm, WroteForm
from dashboard.page import posted
from dashboard.results.forms import ResultForm
from dashboard.vacancies.rate_forms import RatingsForm
from interviews.actions.mail import Action
from interviews.models import Contact, Interview, Reminder, Result
from interviews.rules import Step
from interviews.services import agreements, contacts, interviews, next_step, results, vacancies
from interviews.text import dates


@dataclass(frozen=True, slots=True)
class Linked:
    """One visit by a link; `now` is local to the candidate."""

    request: HttpRequest
    reminder: Reminder
    action: Action
    now: datetime

    @property
    def interview(self) -> Interview:
        return self.reminder.interview

    @property
    def was_called(self) -> bool:
        """The new day was named in a call that is recorded with it."""
        return "called" in self.request.GET


@dataclass(frozen=True, slots=True)
class MailLinkHandler:
    form: Callable[[Linked], Any]
    write: Callable[[Linked, Any], object]
    effect: Callable[[Linked], str]


def _confirm(linked: Linked) -> ConfirmForm:
    return ConfirmForm(posted(linked.request))


def _asking(form: type[Any]) -> Callable[[Linked], BaseForm]:
    def make(linked: Linked) -> BaseForm:
        made: BaseForm = form(
            posted(linked.request), interview=linked.interview, now=linked.now, is_by_link=True
        )
        return made

    return make


def _record_contact(linked: Linked, form: Any) -> None:
    contacts.record_contact(contact=form.build(), now=linked.now)


def _record_result(linked: Linked, form: ResultForm) -> None:
    lacking = form.cleaned_data["lacking"]
    results.record_result(result=form.build(), competences=lacking, now=linked.now)


def _agreement_form(linked: Linked) -> AgreementForm:
    call = _call_of(linked) if linked.was_called else None
    return AgreementForm(
        posted(linked.request), interview=linked.interview, contact=call, now=linked.now
    )


def _call_of(linked: Linked) -> Contact:
    return Contact(
        interview=linked.interview,
        at=linked.now,
        direction=Contact.Direction.OUT,
        channel="phone",
        outcome=Contact.Outcome.REACHED,
        person=linked.interview.step_person,
    )


@transaction.atomic
def _record_agreement(linked: Linked, form: AgreementForm) -> None:
    agreement = form.build()
    if agreement.contact is not None:
        call = agreement.contact
        call.submission_id = agreement.submission_id
        agreement.contact = contacts.record_contact(contact=call, now=linked.now)
    agreements.record_agreement(agreement=agreement, now=linked.now)


def _weigh_form(linked: Linked) -> RatingsForm:
    return RatingsForm(posted(linked.request), vacancy=linked.interview.vacancy)


def _weigh(linked: Linked, form: RatingsForm) -> None:
    vacancies.rate_vacancy(vacancy=linked.interview.vacancy, now=linked.now, **form.cleaned_data)


def _close(linked: Linked, form: ConfirmForm) -> None:
    kind = ENDINGS[Step(linked.reminder.step)]
    result = Result(
        interview=linked.interview, kind=kind, known_at=linked.now, via=Result.Via.SILENCE
    )
    results.record_result(result=result, now=linked.now)


def _put_off(days: int) -> Callable[[Linked, ConfirmForm], None]:
    def write(linked: Linked, form: ConfirmForm) -> None:
        until = _until(linked, days)
        interviews.snooze_interview(interview=linked.interview, until=until, now=linked.now)

    return write


def _until(linked: Linked, days: int) -> datetime:
    return next_step.later(candidate=linked.reminder.candidate, now=linked.now, days=days)


def _again(days: int) -> Callable[[Linked], str]:
    def effect(linked: Linked) -> str:
        day = dates.day(_until(linked, days).date(), now=linked.now)
        return _("You will be reminded again from %(day)s on.") % {"day": day}

    return effect


def _nothing(linked: Linked) -> str:
    return ""


def _effect_of_close(linked: Linked) -> str:
    said = _("The wait for %(company)s will be closed; a late answer can still be noted.")
    return said % {"company": linked.interview.vacancy.company}


def _effect_of_nothing_agreed(linked: Linked) -> str:
    return _("They will have four to five days; then you decide whether to call.")


HANDLERS: dict[Action, MailLinkHandler] = {
    Action.ANSWERED: MailLinkHandler(_asking(ResultForm), _record_result, _nothing),
    Action.CALLED: MailLinkHandler(_asking(CallForm), _record_contact, _nothing),
    Action.WROTE: MailLinkHandler(_asking(WroteForm), _record_contact, _nothing),
    Action.DONE: MailLinkHandler(_asking(RecontactForm), _record_contact, _nothing),
    Action.AGREED: MailLinkHandler(_agreement_form, _record_agreement, _nothing),
    Action.WEIGH: MailLinkHandler(_weigh_form, _weigh, _nothing),
    Action.CLOSE: MailLinkHandler(_confirm, _close, _effect_of_close),
    Action.NOTHING_AGREED: MailLinkHandler(
        _confirm,
        lambda linked, form: interviews.note_nothing_agreed(
            interview=linked.interview, now=linked.now
        ),
        _effect_of_nothing_agreed,
    ),
    Action.TOMORROW: MailLinkHandler(_confirm, _put_off(1), _again(1)),
    Action.WAIT_ON: MailLinkHandler(_confirm, _put_off(7), _again(7)),
    Action.LATER: MailLinkHandler(_confirm, _put_off(7), _again(7)),
}
