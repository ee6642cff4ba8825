"""What can be done about an interview from any page that shows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from interviews import text
from interviews.actions.mail import LABELS, Action
from interviews.current_step import CurrentStep
from interviews.models import Interview, Result
from interviews.next_step import PartyStep
from interviews.rules import Step


class QuickAction(StrEnum):
    """What one tap finishes, on the page it is on (views/finish.py)."""

    NOBODY = "nobody"
    OPEN = "open"
    NEW_DAY = "new-day"
    WROTE = "wrote"
    CLOSE = "close"
    WEIGH = "weigh"
    NOTHING_AGREED = "nothing-agreed"
    TOMORROW = "tomorrow"
    LATER = "later"


# What "Close it" records.
ENDINGS = {
    Step.ASSUME_REFUSAL: Result.Kind.ASSUMED_REFUSAL,
    Step.CLOSE: Result.Kind.NO_RESPONSE,
    Step.LET_GO: Result.Kind.NO_RESPONSE,
}
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
    """A link to where something is done."""

    label: str | Promise
    url: str


@dataclass(frozen=True, slots=True)
class QuickButton:
    """A button that finishes something at once, and can be undone."""

    label: str | Promise
    act: QuickAction


@dataclass(frozen=True, slots=True)
class QuickChoices:
    """How a step is finished from a list: by one tap, by one of a few, or by two ratings."""

    taps: Sequence[QuickButton] = ()
    how: str | Promise = ""
    folded: Sequence[QuickButton] = ()
    is_weighing: bool = False


def main_button(current: CurrentStep) -> Button | None:
    """The one prominent action, where it is a page's."""
    if current.kind not in PAGES:
        return None
    company = current.company if current.kind != Step.RECONTACT else None
    label = text.action(current.step, person=current.person, company=company)
    return Button(label, url(PAGES[current.kind], current.interview.pk))


def main_quick_button(current: CurrentStep) -> QuickButton | None:
    """The one prominent action, where one tap does it: closing what stayed without an answer."""
    if current.kind not in ENDINGS:
        return None
    label = text.action(current.step, person=current.person, company=None)
    return QuickButton(label, QuickAction.CLOSE)


def quick_choices_of(step: PartyStep) -> QuickChoices:
    return FINISHES.get(step.step, QuickChoices())


_TOMORROW = QuickButton(LABELS[Action.TOMORROW], QuickAction.TOMORROW)
_WROTE = QuickButton(LABELS[Action.WROTE], QuickAction.WROTE)
_NOBODY = QuickButton(_("Nobody answered"), QuickAction.NOBODY)
_CLOSING = QuickChoices(taps=[QuickButton(LABELS[Action.WAIT_ON], QuickAction.LATER)])
FINISHES: dict[Step, QuickChoices] = {
    Step.CALL: QuickChoices(
        taps=[_TOMORROW],
        how=LABELS[Action.CALLED],
        folded=[
            _NOBODY,
            QuickButton(_("It is still open"), QuickAction.OPEN),
            QuickButton(_("They named a new day"), QuickAction.NEW_DAY),
        ],
    ),
    Step.WRITE: QuickChoices(taps=[_WROTE, _TOMORROW]),
    Step.RECONTACT: QuickChoices(
        taps=[QuickButton(LABELS[Action.LATER], QuickAction.LATER)],
        how=_("I was in touch"),
        folded=[QuickButton(_("I reached them"), QuickAction.OPEN), _NOBODY, _WROTE],
    ),
    Step.FIX_AGREEMENT: QuickChoices(
        taps=[QuickButton(LABELS[Action.NOTHING_AGREED], QuickAction.NOTHING_AGREED)]
    ),
    Step.WEIGH: QuickChoices(how=_("Rate it here"), is_weighing=True),
    Step.ASSUME_REFUSAL: _CLOSING,
    Step.CLOSE: _CLOSING,
    Step.LET_GO: _CLOSING,
}


def quick_actions_of(step: PartyStep) -> frozenset[QuickAction]:
    """What may be finished by a tap while this step stands."""
    finish = quick_choices_of(step)
    found = {tap.act for tap in (*finish.taps, *finish.folded)}
    if finish.is_weighing:
        found.add(QuickAction.WEIGH)
    if step.step in ENDINGS:
        found.add(QuickAction.CLOSE)
    return frozenset(found)


def seen(interview: Interview) -> str:
    """Which step, and which occurrence of it, a page showed: a tap is for that one alone."""
    due = interview.step_due_at
    return f"{interview.step}-{int(due.timestamp())}" if due else interview.step


def answered_button(current: CurrentStep) -> Button | None:
    """An answer may come at any time after the interview, and is noted on a page of its own."""
    if current.kind in (Step.PREPARE, Step.FIX_AGREEMENT, Step.RECONTACT, Step.DONE):
        return None
    if current.interview.is_answered:
        return None
    return Button(LABELS[Action.ANSWERED], url("result", current.interview.pk))


def early_buttons(current: CurrentStep) -> list[Button]:
    """The questions may be looked at long before it is time to."""
    if current.kind != Step.PREPARE:
        return []
    return [Button(_("Questions to ask"), url("questions", current.interview.pk))]


ANY_KEY = UUID(int=0)


def url(name: str, key: UUID) -> str:
    """As `reverse`, for a name that takes one key: a list needs a hundred addresses of few kinds,
    and looking each kind up once is what makes it quick."""
    return _pattern(name).replace(str(ANY_KEY), str(key))


@cache
def _pattern(name: str) -> str:
    return reverse(f"dashboard:{name}", args=[ANY_KEY])
