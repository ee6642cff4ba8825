"""The actions on a step, by a page's button or by a mail's link."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from interviews.actions import perform
from interviews.actions.perform import ActionContext, Undo
from interviews.models import Channel, Contact
from interviews.rules import Step
from interviews.text import dates


class Action(TextChoices):
    """Links of mails and forms of pages contain the values."""

    ANSWERED = "answered", _("Record result")
    CALLED = "called", _("I called")
    WROTE = "wrote", _("I wrote")
    NOBODY = "nobody", _("No answer")
    OPEN = "open", _("No decision yet")
    NEW_DAY = "new-day", _("They gave a new date")
    AGREED = "agreed", _("Record what was agreed")
    NOTHING_AGREED = "nothing-agreed", _("Nothing was agreed")
    WEIGH = "weigh", _("Rate position")
    CLOSE = "close", _("Close the wait")
    TOMORROW = "tomorrow", _("Snooze for a day")
    WAIT_ON = "wait-on", _("Wait another week")
    LATER = "later", _("Snooze for a week")
    DONE = "done", _("Mark as done")


_note = perform.note_contact
# By how many days each snoozes the step.
_DAYS = {Action.TOMORROW: 1, Action.WAIT_ON: 7, Action.LATER: 7}
# The effect of an action without a form; it returns how to undo it.
_DO: dict[str, Callable[[ActionContext], Undo]] = {
    Action.WROTE: partial(_note, channel=Channel.EMAIL, outcome=Contact.Outcome.SENT),
    Action.NOBODY: partial(_note, channel=Channel.PHONE, outcome=Contact.Outcome.NO_ANSWER),
    Action.OPEN: partial(_note, channel=Channel.PHONE, outcome=Contact.Outcome.REACHED),
    Action.NEW_DAY: partial(_note, channel=Channel.PHONE, outcome=Contact.Outcome.REACHED),
    Action.NOTHING_AGREED: perform.note_nothing_agreed,
    Action.WEIGH: perform.rate,
    Action.CLOSE: perform.close,
    **{action: partial(perform.put_off, days=days) for action, days in _DAYS.items()},
}


def carry_out(action: Action, context: ActionContext) -> Undo:
    return _DO[action](context)


SNOOZES = (Action.TOMORROW, Action.LATER)
# What can be done about several steps at once; forms contain the values.
TOGETHER = (Action.CLOSE, *SNOOZES)


def label_of(action: Action, context: ActionContext) -> str:
    """A snooze names the day on which the step comes back: of one day on a Friday, Monday."""
    if action not in SNOOZES:
        return str(action.label)
    day = context.opening_in(_DAYS[action]).date()
    return gettext("Snooze until %(day)s") % {"day": dates.row_day(day, now=context.now)}


def effect_of(action: Action, context: ActionContext) -> str:
    """The effect, announced before the confirmation; empty if a form is filled in."""
    if action in _DAYS:
        day = dates.day(context.opening_in(_DAYS[action]).date(), now=context.now)
        return gettext("We’ll remind you again on %(day)s.") % {"day": day}
    if action == Action.CLOSE:
        said = gettext("We’ll close the wait for %(company)s. You can still record a late answer.")
        return said % {"company": context.interview.vacancy.company}
    if action == Action.NOTHING_AGREED:
        return gettext("Give them four to five days, then decide whether to call.")
    return ""


@dataclass(frozen=True, slots=True)
class Offer:
    """`mail` are a mail's links. On a page, buttons finish something at once: those in `quick`, and
    under the label `how` the `folded` ones or the two ratings. Each has its text."""

    mail: Sequence[Action] = ()
    quick: Mapping[Action, str | Promise] = field(default_factory=dict)
    how: str | Promise = ""
    folded: Mapping[Action, str | Promise] = field(default_factory=dict)

    @property
    def is_rating(self) -> bool:
        return Action.WEIGH in self.mail

    @property
    def is_ending(self) -> bool:
        return Action.CLOSE in self.mail

    def takes(self, name: str) -> bool:
        """Whether a page may request it."""
        on_both = {Action.WEIGH, Action.CLOSE}.intersection(self.mail)
        return name in {*self.quick, *self.folded, *on_both}


def _labelled(*actions: Action) -> dict[Action, str | Promise]:
    return {action: action.label for action in actions}


_ENDING = Offer(
    mail=[Action.ANSWERED, Action.CLOSE, Action.WAIT_ON],
    quick={Action.LATER: Action.WAIT_ON.label},
)
OFFERS: dict[str, Offer] = {
    Step.CALL: Offer(
        mail=[Action.ANSWERED, Action.CALLED, Action.TOMORROW],
        quick=_labelled(Action.TOMORROW, Action.LATER),
        how=Action.CALLED.label,
        folded=_labelled(Action.NOBODY, Action.OPEN, Action.NEW_DAY),
    ),
    Step.WRITE: Offer(
        mail=[Action.ANSWERED, Action.WROTE, Action.TOMORROW],
        quick=_labelled(Action.WROTE, Action.TOMORROW, Action.LATER),
    ),
    Step.FIX_AGREEMENT: Offer(
        mail=[Action.AGREED, Action.NOTHING_AGREED], quick=_labelled(Action.NOTHING_AGREED)
    ),
    Step.WEIGH: Offer(mail=[Action.WEIGH], how=_("Rate here")),
    Step.ASSUME_REFUSAL: _ENDING,
    Step.CLOSE: _ENDING,
    Step.LET_GO: _ENDING,
    Step.RECONTACT: Offer(
        mail=[Action.DONE, Action.LATER],
        quick=_labelled(Action.LATER),
        how=_("I got in touch"),
        folded={Action.OPEN: _("We spoke"), **_labelled(Action.NOBODY, Action.WROTE)},
    ),
}


def offer_of(step: str | None) -> Offer:
    """None while preparing, or if nothing is left to do."""
    return OFFERS.get(step or "", Offer())
