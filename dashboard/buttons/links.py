"""The actions on an interview, for every page that shows it."""

from dataclasses import dataclass
from functools import cache
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from interviews import text
from interviews.actions.registry import Action
from interviews.current_step import CurrentStep
from interviews.models import Interview
from interviews.rules import Step

PAGES = {
    Step.PREPARE: "questions",
    Step.FIX_AGREEMENT: "agreement-create",
    Step.WEIGH: "rate",
    Step.CALL: "call",
    Step.RECONTACT: "call",
    Step.WRITE: "letter",
}


@dataclass(frozen=True, slots=True)
class Button:
    """A link to the page of an action."""

    label: str | Promise
    url: str


def main_button(current: CurrentStep) -> Button | None:
    """Return the prominent action, if it is a link to a page and can be done now."""
    return step_link(current) if later_button(current) is None else None


def step_link(current: CurrentStep) -> Button | None:
    """Return the page of the step, if it has one."""
    if current.kind not in PAGES:
        return None
    company = current.company if current.kind != Step.RECONTACT else None
    label = text.action(current.step, person=current.person, company=company)
    return Button(label, url(PAGES[current.kind], current.interview.pk))


def seen(interview: Interview) -> str:
    """Identify the step, and its occurrence, that the page showed: a tap applies only to it."""
    due = interview.step_due_at
    return f"{interview.step}-{int(due.timestamp())}" if due else interview.step


def answered_button(current: CurrentStep) -> Button | None:
    """An answer may come at any time after the interview; it has a page of its own."""
    if current.kind in (Step.PREPARE, Step.FIX_AGREEMENT, Step.RECONTACT, Step.DONE):
        return None
    if current.interview.is_answered:
        return None
    return Button(Action.ANSWERED.label, url("result", current.interview.pk))


def later_button(current: CurrentStep) -> Button | None:
    """A call for another hour of today, or due when hardly anybody answers: its page has the words
    to say."""
    is_call = current.kind in (Step.CALL, Step.RECONTACT)
    if current.possible_from is None and not (is_call and current.is_later_today):
        return None
    return Button(_("Prepare the call"), url("call", current.interview.pk))


def early_buttons(current: CurrentStep) -> list[Button]:
    """The questions can be looked at long before the interview; what was missing can be asked on
    the day of the rejection."""
    key = current.interview.pk
    if current.kind == Step.WRITE and current.interview.is_answered:
        return [Button(_("Ask for feedback"), url("letter", key))]
    if current.kind == Step.PREPARE:
        return [Button(_("Questions to ask"), url("questions", key))]
    return []


ANY_KEY = UUID(int=0)


def url(name: str, key: UUID) -> str:
    """Like `reverse`, for URLs with one key. Lists need a hundred URLs of a few kinds, so each kind
    is resolved once."""
    return _pattern(name).replace(str(ANY_KEY), str(key))


@cache
def _pattern(name: str) -> str:
    return reverse(f"dashboard:{name}", args=[ANY_KEY])
