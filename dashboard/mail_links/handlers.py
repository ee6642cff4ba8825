"""What each action of a mail's link asks, announces, and does."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.forms import BaseForm
from django.http import HttpRequest

from dashboard.agreements.forms import AgreementForm
from dashboard.contacts.forms import CallForm
from dashboard.mail_links.forms import ConfirmForm, RecontactForm, WroteForm
from dashboard.page import posted
from dashboard.results.forms import ResultForm
from dashboard.vacancies.rate_forms import RatingsForm
from interviews.actions.perform import ActionContext, outgoing
from interviews.actions.registry import Action, carry_out
from interviews.models import Channel, Contact, Interview, Reminder
from interviews.services import agreements, contacts, results, vacancies


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
    def context(self) -> ActionContext:
        return ActionContext(self.interview, self.now)


@dataclass(frozen=True, slots=True)
class LinkForm:
    make: Callable[[Linked], Any]
    write: Callable[[Linked, Any], object]


def _ask(linked: Linked, *, form: Callable[..., BaseForm]) -> BaseForm:
    data = posted(linked.request)
    return form(data, interview=linked.interview, now=linked.now, is_by_link=True)


def _record_contact(linked: Linked, form: Any) -> None:
    contacts.record_contact(contact=form.build(), now=linked.now)


def _record_result(linked: Linked, form: ResultForm) -> None:
    skill_gaps = form.cleaned_data["lacking"]
    results.record_result(result=form.build(), competences=skill_gaps, now=linked.now)


def _agreement_form(linked: Linked) -> AgreementForm:
    """With the call in which a new day was named, if there was one."""
    call = outgoing(linked.context, channel=Channel.PHONE, outcome=Contact.Outcome.REACHED)
    contact = call if "called" in linked.request.GET else None
    data, interview = posted(linked.request), linked.interview
    return AgreementForm(data, interview=interview, contact=contact, now=linked.now)


@transaction.atomic
def _record_agreement(linked: Linked, form: AgreementForm) -> None:
    agreement = form.build()
    if agreement.contact is not None:
        call = agreement.contact
        call.submission_id = agreement.submission_id
        agreement.contact = contacts.record_contact(contact=call, now=linked.now)
    agreements.record_agreement(agreement=agreement, now=linked.now)


def _ratings_form(linked: Linked) -> RatingsForm:
    return RatingsForm(posted(linked.request), vacancy=linked.interview.vacancy)


def _rate(linked: Linked, form: RatingsForm) -> None:
    vacancies.rate_vacancy(vacancy=linked.interview.vacancy, now=linked.now, **form.cleaned_data)


FORMS: dict[Action, LinkForm] = {
    Action.ANSWERED: LinkForm(partial(_ask, form=ResultForm), _record_result),
    Action.CALLED: LinkForm(partial(_ask, form=CallForm), _record_contact),
    Action.WROTE: LinkForm(partial(_ask, form=WroteForm), _record_contact),
    Action.DONE: LinkForm(partial(_ask, form=RecontactForm), _record_contact),
    Action.AGREED: LinkForm(_agreement_form, _record_agreement),
    Action.WEIGH: LinkForm(_ratings_form, _rate),
}
# Every other action has nothing to fill in.
CONFIRM = LinkForm(
    lambda linked: ConfirmForm(posted(linked.request)),
    lambda linked, _form: carry_out(linked.action, linked.context),
)
