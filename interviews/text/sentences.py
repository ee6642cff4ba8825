"""Why a step is the next: for the candidate, for a mail's subject, and for a coach.

`by_rule` has each rule's parts.
"""

from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from interviews.rules import NextStep, ResultKind, Rule, State, Step, is_later_today, state_of
from interviews.text import dates
from interviews.text.by_rule import TEXTS
from interviews.text.by_rule.base import Context, Fact, said
from interviews.text.labels import action, late_since, step_label

# What needs nobody at the other end, and so no hour.
AT_ANY_HOUR = (Step.PREPARE, Step.WRITE, Step.WEIGH)


def why(
    step: NextStep[Any],
    *,
    person: str | None,
    company: str | None,
    now: datetime,
    possible_from: datetime | None = None,
) -> str:
    """`now` is local to the candidate, in whose zone dates are written. `possible_from` is when a
    due call can be made, if not now."""
    context = Context(step, person or company, now)
    fact = TEXTS[step.rule].fact(context)
    if fact.is_sentence:
        return fact.text
    if step.step == Step.CALL and step.due is not None and _waits_for_its_hour(step, now):
        possible_from = step.due.astimezone(now.tzinfo)
    if possible_from is not None:
        values = {"fact": fact.text, "call": call_later(step, possible_from, now=now)}
        return pgettext("two sentences", "%(fact)s. %(call)s") % values
    values = {"fact": fact.text, "then": _then(context, fact)}
    return pgettext("two sentences", "%(fact)s. %(then)s.") % values


def _waits_for_its_hour(step: NextStep[Any], now: datetime) -> bool:
    """A step for another hour of today; one that was snoozed is said to be."""
    reason = step.reason
    if reason.is_snoozed:
        return False
    promised = reason.promised_time if reason.promised_on == now.date() else None
    if promised is not None and now.time() < promised:
        return False  # they still have time
    return is_later_today(step.due, now=now)


def call_later(step: NextStep[Any], possible_from: datetime, *, now: datetime) -> str:
    """For example: Call on Monday from 10:00."""
    values = {"time": dates.clock(possible_from)}
    if possible_from.date() == now.date():
        if step.rule == Rule.MISSED_CALL:
            return _("Call back today from %(time)s.") % values
        return _("Call today from %(time)s.") % values
    values["day"] = dates.short_day(possible_from.date(), now=now)
    if step.rule == Rule.MISSED_CALL:
        return _("Call back on %(day)s from %(time)s.") % values
    return _("Call on %(day)s from %(time)s.") % values


def preview(step: NextStep[Any], *, person: str | None, company: str | None, now: datetime) -> str:
    """What will happen when, while an agreement is entered: only the step and its time."""
    values = {"action": action(step, person=person, company=company)}
    if step.due is None or step.due <= now:
        return _("%(action)s now: it’s already due.") % values
    values["moment"] = dates.moment(step.due, now=now)
    if step.rule == Rule.YOUR_TURN:
        return _("%(action)s on %(moment)s. Nothing to do until then.") % values
    clause = _("%(action)s on %(moment)s if you hear nothing.")
    return clause % values


def _then(context: Context, fact: Fact) -> str:
    step, now = context.step, context.now
    state = state_of(step.due, now=now, zone=now.tzinfo) if now.tzinfo else None
    if step.due is None or state is None:
        if step.reason.result == ResultKind.OFFER:
            return _("Your wait is over")
        return _("There’s nothing left to do")
    if state == State.WAITING and not (step.step in AT_ANY_HOUR and _waits_for_its_hour(step, now)):
        return _while_waiting(context, fact, step.due)
    return _once_due(context, fact)


def _while_waiting(context: Context, fact: Fact, due: datetime) -> str:
    now, reason, text = context.now, context.reason, TEXTS[context.step.rule]
    values = {"until": dates.until(due, now=now)}
    if reason.is_snoozed:
        return _("You snoozed this until %(until)s") % values
    if reason.tried_on and text.can_be_tried_again:
        values["tried"] = dates.day(reason.tried_on[-1], now=now)
        return _("No one answered on %(tried)s, so wait until %(until)s to try again") % values
    if text.waiting is not None:
        return str(text.waiting) % values
    # "Then" would refer to the promised day, but the step often comes a day or a weekend later.
    if fact.day is not None and fact.day == due.astimezone(now.tzinfo).date() > now.date():
        return _("Nothing to do until then")
    return _("Nothing to do until %(until)s") % values


def _once_due(context: Context, fact: Fact) -> str:
    reason, text = context.reason, TEXTS[context.step.rule]
    if reason.tried_on and text.can_be_tried_again:
        tried = {"tried": dates.day(reason.tried_on[-1], now=context.now)}
        return _("No one answered on %(tried)s, so it’s time to try again") % tried
    values = {"today": dates.today(now=context.now, after=fact.day), "name": context.name}
    return said(text.due, context) % values


# --- the subject of a reminder mail -----------------------------------------------------------

_HEADS: dict[Step, Promise] = {
    Step.PREPARE: gettext_lazy("Prepare for %(who)s"),
    Step.FIX_AGREEMENT: gettext_lazy("Record what you agreed with %(who)s"),
    Step.WEIGH: gettext_lazy("Decide if %(where)s is worth a call"),
    Step.CALL: gettext_lazy("Call %(who)s today"),
    Step.WRITE: gettext_lazy("Write to %(who)s today"),
    Step.ASSUME_REFUSAL: gettext_lazy("Count %(where)s as a no"),
    Step.CLOSE: gettext_lazy("Close the wait for %(where)s"),
    Step.LET_GO: gettext_lazy("Close the wait for %(where)s"),
    Step.RECONTACT: gettext_lazy("Get in touch with %(who)s again"),
    Step.DONE: gettext_lazy("%(where)s: nothing left to do"),
}
# Of a call that cannot be made today.
_LATER_HEADS: dict[bool, Promise] = {
    False: gettext_lazy("Call %(who)s on %(day)s"),
    True: gettext_lazy("Call %(who)s back on %(day)s"),
}
_HEADS_BY_RULE: dict[Rule, Promise] = {
    Rule.MISSED_CALL: gettext_lazy("Call %(who)s back today"),
    Rule.LEARN_FROM_REFUSAL: gettext_lazy("Ask %(who)s what was missing"),
}


def subject(
    step: NextStep[Any],
    *,
    person: str | None,
    company: str | None,
    now: datetime,
    possible_from: datetime | None = None,
) -> str:
    """For example: Call NAME (COMPANY) today"""
    head = _HEADS_BY_RULE.get(step.rule, _HEADS[step.step])
    employer = _("the employer")
    values = {"who": _who(person, company) or employer, "where": company or person or employer}
    if possible_from is not None and possible_from.date() > now.date():
        head = _LATER_HEADS[step.rule == Rule.MISSED_CALL]
        values["day"] = dates.short_day(possible_from.date(), now=now)
    return str(head) % values


def discreet_subject(steps: int) -> str:
    """For a screen that others see: no company, no person."""
    clause = ngettext(
        "Hearback: 1 thing to do today", "Hearback: %(steps)d things to do today", steps
    )
    return clause % {"steps": steps}


def subject_of_several(first: str, *, more: int) -> str:
    """The first step's subject, and the number of the others."""
    clause = ngettext("%(first)s, and 1 more", "%(first)s, and %(more)d more", more)
    return clause % {"first": first, "more": more}


def _who(person: str | None, company: str | None) -> str | None:
    if person and company:
        return _("%(person)s (%(company)s)") % {"person": person, "company": company}
    return person or company


# --- for a coach ------------------------------------------------------------------------------


def coach_line(
    step: NextStep[Any], *, candidate: str, person: str | None, company: str, now: datetime
) -> str:
    """What is urgent about one interview, such as: Acme promised an answer by Friday …, 3 days
    ago."""
    who = person if person and (step.reason.is_by_person or step.step == Step.PREPARE) else company
    context = Context(step, who, now, candidate)
    fact, then = TEXTS[step.rule].coach(context), _coach_then(context)
    return f"{fact} {then}" if then else fact


def _coach_then(context: Context) -> str:
    """What it means once the step is due; before that, until when there is nothing to do."""
    step, text = context.step, TEXTS[context.step.rule]
    due_on = context.date_of(step.due)
    if due_on is None or step.step == Step.PREPARE:
        return ""
    if due_on > context.now.date():
        if step.rule == Rule.KEPT_ON_FILE:
            return ""  # the fact names the day
        return _("Nothing to do until %(day)s.") % {"day": context.day(due_on)}
    if step.reason.tried_on and text.can_be_tried_again:
        day = context.day(step.reason.tried_on[-1])
        return _("No answer on %(day)s. Time to try again.") % {"day": day}
    return str(text.coach_due)


def step_alone(step: NextStep[Any], *, now: datetime) -> str:
    """Without the reason and the person, for example: The next step is “Call”. It has been due
    since Friday 20 November (3 days ago)."""
    if step.due is None:
        return _("Nothing to do.")
    said = _("The next step is “%(step)s”.") % {"step": step_label(step.step)}
    if step.step == Step.PREPARE and step.reason.starts_at is not None:
        coming = {"said": said, "when": dates.coming(step.reason.starts_at, now=now)}
        return _("%(said)s %(when)s.") % coming
    due_on = late_since(step, now=now) or step.due.astimezone(now.tzinfo).date()
    values = {"said": said, "day": dates.day_with_age(due_on, now=now)}
    if due_on < now.date():
        return _("%(said)s It has been due since %(day)s.") % values
    return _("%(said)s It’s due on %(day)s.") % values
