"""Short names: of steps, rules, states, and the buttons of steps.

The models name the values that a candidate chooses from (channels, roles, kinds of results).
"""

from datetime import date, datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from interviews.rules import NextStep, ResultKind, Rule, State, Step, state_of
from interviews.text import dates
from interviews.text.by_rule import TEXTS

STEPS: dict[Step, Promise] = {
    Step.PREPARE: gettext_lazy("Prepare"),
    Step.FIX_AGREEMENT: gettext_lazy("Record what was agreed"),
    Step.WEIGH: gettext_lazy("Rate the position"),
    Step.CALL: gettext_lazy("Call"),
    Step.WRITE: gettext_lazy("Write"),
    Step.ASSUME_REFUSAL: gettext_lazy("Count it as a no"),
    Step.CLOSE: gettext_lazy("Close the wait"),
    Step.LET_GO: gettext_lazy("Close the wait"),
    Step.RECONTACT: gettext_lazy("Get in touch again"),
    Step.DONE: gettext_lazy("Nothing to do"),
}

STATES: dict[State, Promise] = {
    State.WAITING: gettext_lazy("Waiting"),
    State.DUE: gettext_lazy("Due today"),
    State.OVERDUE: gettext_lazy("Overdue"),
}

# How a wait ended, for a pill or a line.
OUTCOMES: dict[ResultKind, Promise] = {
    ResultKind.OFFER: gettext_lazy("Offer"),
    ResultKind.NEXT_STAGE: gettext_lazy("Next stage"),
    ResultKind.REFUSAL: pgettext_lazy("answer of an employer", "No"),
    ResultKind.ASSUMED_REFUSAL: gettext_lazy("Counted as a no"),
    ResultKind.WITHDRAWN: gettext_lazy("Withdrawn"),
    ResultKind.NO_RESPONSE: gettext_lazy("No response"),
}

# The button, without and with the person's name.
_ACTIONS: dict[Step, Promise] = {
    Step.PREPARE: gettext_lazy("Prepare your questions"),
    Step.FIX_AGREEMENT: gettext_lazy("Record agreement"),
    Step.WEIGH: gettext_lazy("Rate position"),
    Step.CALL: gettext_lazy("Call"),
    Step.WRITE: gettext_lazy("Write"),
    Step.ASSUME_REFUSAL: gettext_lazy("Count it as a no"),
    Step.CLOSE: gettext_lazy("Close the wait"),
    Step.LET_GO: gettext_lazy("Close the wait"),
    Step.RECONTACT: gettext_lazy("Get in touch again"),
    Step.DONE: gettext_lazy("Nothing to do"),
}
_NAMED_ACTIONS: dict[Step, Promise] = {
    Step.CALL: gettext_lazy("Call %(name)s"),
    Step.WRITE: gettext_lazy("Write to %(name)s"),
    Step.RECONTACT: gettext_lazy("Get in touch with %(name)s"),
}


def step_label(step: Step) -> str:
    return str(STEPS[step])


def outcome_label(kind: ResultKind) -> str:
    return str(OUTCOMES[kind])


def rule_label(rule: Rule) -> str:
    return str(TEXTS[rule].label)


def action(step: NextStep[Any], *, person: str | None, company: str | None = None) -> str:
    """The text of the prominent button: "Call Anna Petrova"."""
    name = person or company
    if name is None:
        return _("Call back") if step.rule == Rule.MISSED_CALL else str(_ACTIONS[step.step])
    if step.rule == Rule.MISSED_CALL:
        return _("Call %(name)s back") % {"name": name}
    if step.step in _NAMED_ACTIONS:
        return str(_NAMED_ACTIONS[step.step]) % {"name": name}
    return str(_ACTIONS[step.step])


def action_from(action: str, possible_from: datetime | None, *, now: datetime) -> str:
    """For example: Call Anna Petrova on Monday from 10:00. The action alone if it is possible
    now."""
    if possible_from is None:
        return action
    values = {"action": action, "time": dates.clock(possible_from)}
    if possible_from.date() == now.date():
        return _("%(action)s today from %(time)s") % values
    values["day"] = dates.short_day(possible_from.date(), now=now)
    return _("%(action)s on %(day)s from %(time)s") % values


OF_PROMISE = (Rule.PROMISE_LAPSED, Rule.MAY_NOT_CALL, Rule.SILENCE_IS_REFUSAL)


def state_label(step: NextStep[Any], *, now: datetime) -> str:
    """The state of the step: "From 10:00 today", "Until Thursday", "3 days late".

    `now` is local to the candidate.
    """
    if step.due is None or now.tzinfo is None:
        return _("Nothing to do")
    if step.step == Step.PREPARE and step.reason.starts_at is not None:
        return _coming(step.reason.starts_at.astimezone(now.tzinfo), now)
    due = step.due.astimezone(now.tzinfo)
    since = late_since(step, now=now)
    if since is not None:
        return late(since, now=now)
    state = state_of(due, now=now, zone=now.tzinfo)
    if state == State.DUE:
        return _("Due today, since %(time)s") % {"time": dates.clock(due)}
    if due.date() == now.date():
        return _("From %(time)s today") % {"time": dates.clock(due)}
    return _("Until %(day)s") % {"day": dates.short_day(due.date(), now=now)}


def brief_state(step: NextStep[Any], *, now: datetime) -> str:
    """The state in a row of a list, for example: 5 days late, today, until Thu, Sun 10:00

    `now` is local to the candidate.
    """
    starts_at = step.reason.starts_at
    if step.step == Step.PREPARE and starts_at is not None:
        return dates.brief_moment(starts_at.astimezone(now.tzinfo), now=now)
    if step.due is None or now.tzinfo is None:
        return ""
    due = step.due.astimezone(now.tzinfo)
    since = late_since(step, now=now)
    if since is not None:
        return late(since, now=now)
    if due <= now:
        return _("today")
    if due.date() == now.date():
        return _("from %(time)s") % {"time": dates.clock(due)}
    return _("until %(day)s") % {"day": dates.brief_day(due.date(), now=now)}


def late_since(step: NextStep[Any], *, now: datetime) -> date | None:
    """The day since which a step is overdue, as the reader sees it beside a timeline: a promise is
    late from its day on, although the step falls due at the next hour for calls. `now` is local."""
    due_on = step.due.astimezone(now.tzinfo).date() if step.due else now.date()
    if due_on >= now.date():
        return None
    promised_on = step.reason.promised_on
    is_of_promise = step.rule in OF_PROMISE
    is_first = is_of_promise and not step.reason.tried_on and not step.reason.is_snoozed
    return min(promised_on, due_on) if is_first and promised_on is not None else due_on


def late(day: date, *, now: datetime) -> str:
    days = (now.date() - day).days
    return ngettext("%(days)d day late", "%(days)d days late", days) % {"days": days}


def _coming(starts_at: datetime, now: datetime) -> str:
    """An interview is never overdue: it is upcoming, or in progress."""
    if starts_at <= now:
        return _("Happening now")
    time = dates.clock(starts_at)
    if starts_at.date() == now.date():
        return _("Today at %(time)s") % {"time": time}
    day = dates.short_day(starts_at.date(), now=now)
    return _("%(day)s at %(time)s") % {"day": day, "time": time}
