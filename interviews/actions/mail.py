"""What a mail's links can do, by step. The pages offer the same, in the same words."""

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from interviews.rules import Step


class Action(StrEnum):
    ANSWERED = "answered"
    CALLED = "called"
    WROTE = "wrote"
    TOMORROW = "tomorrow"
    AGREED = "agreed"
    NOTHING_AGREED = "nothing-agreed"
    WEIGH = "weigh"
    CLOSE = "close"
    WAIT_ON = "wait-on"
    DONE = "done"
    LATER = "later"


LABELS: dict[Action, Promise] = {
    Action.ANSWERED: _("They answered"),
    Action.CALLED: _("I called"),
    Action.WROTE: _("I wrote"),
    Action.TOMORROW: _("Tomorrow"),
    Action.AGREED: _("Note what was agreed"),
    Action.NOTHING_AGREED: _("Nothing was agreed"),
    Action.WEIGH: _("Weigh it"),
    Action.CLOSE: _("Close it"),
    Action.WAIT_ON: _("I’ll wait on"),
    Action.DONE: _("Done"),
    Action.LATER: _("Later"),
}

_ENDING = (Action.ANSWERED, Action.CLOSE, Action.WAIT_ON)
BY_STEP: dict[str, tuple[Action, ...]] = {
    Step.CALL: (Action.ANSWERED, Action.CALLED, Action.TOMORROW),
    Step.WRITE: (Action.ANSWERED, Action.WROTE, Action.TOMORROW),
    Step.FIX_AGREEMENT: (Action.AGREED, Action.NOTHING_AGREED),
    Step.WEIGH: (Action.WEIGH,),
    Step.ASSUME_REFUSAL: _ENDING,
    Step.CLOSE: _ENDING,
    Step.LET_GO: _ENDING,
    Step.RECONTACT: (Action.DONE, Action.LATER),
    Step.PREPARE: (),
}
