"""One sentence that says why a step is the next: what it goes by, and what that means now."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from interviews.rules import Channel, MayCall, NextStep, ResultKind, Rule, State, state_of
from interviews.text import dates
from interviews.text.facts import Fact, fact_of
from interviews.text.labels import action


def why(step: NextStep[Any], *, person: str | None, company: str | None, now: datetime) -> str:
    """`now` is local to the candidate: its zone is the one in which days are spoken of."""
    name = person or company
    fact = fact_of(step, name=name, now=now)
    then = _then(step, fact, name, now)
    halves = {"fact": fact.text, "then": then}
    return pgettext("two halves of one sentence", "%(fact)s; %(then)s.") % halves


def outlook(step: NextStep[Any], *, person: str | None, company: str | None, now: datetime) -> str:
    """What will happen when, said while it is being agreed: the step, its moment, and no more."""
    values = {"action": action(step, person=person, company=company)}
    if step.due is None or step.due <= now:
        return _("%(action)s: that moment has come already.") % values
    values["moment"] = dates.moment(step.due, now=now)
    if step.rule == Rule.YOUR_TURN:
        return _("%(action)s on %(moment)s. Until then there is nothing to do.") % values
    said = _("%(action)s on %(moment)s, if nothing has come. Until then there is nothing to do.")
    return said % values


def _then(step: NextStep[Any], fact: Fact, name: str | None, now: datetime) -> str:
    state = state_of(step.due, now=now, zone=now.tzinfo) if now.tzinfo else None
    if step.due is None or state is None:
        return _once_done(step)
    if state == State.WAITING:
        return _while_waiting(step, fact, now, step.due)
    return _once_due(step, fact, name, now)


def _once_done(step: NextStep[Any]) -> str:
    if step.reason.result == ResultKind.OFFER:
        return _("the wait is over")
    return _("there is nothing left to do here")


def _while_waiting(step: NextStep[Any], fact: Fact, now: datetime, due: datetime) -> str:
    until = {"until": dates.until(due, now=now)}
    reason = step.reason
    if reason.is_snoozed:
        return _("you put this off until %(until)s") % until
    if step.rule == Rule.NOT_REACHED:
        return _("a letter is next, but not before %(until)s") % until
    if reason.tried_on and step.rule in _TRYING:
        tried = {"tried": dates.day(reason.tried_on[-1], now=now)}
        return _("nobody answered on %(tried)s, so the next try is for %(until)s") % (until | tried)
    if step.rule in _WAITING:
        return str(_WAITING[step.rule]) % until
    # "Then" would name the promised day, where the step often comes a day or a weekend later.
    if fact.day is not None and fact.day == due.astimezone(now.tzinfo).date() > now.date():
        return _("nothing to do until then")
    return _("nothing to do until %(until)s") % until


_TRYING = (
    Rule.MISSED_CALL,
    Rule.KEPT_ON_FILE,
    Rule.YOUR_TURN,
    Rule.PROMISE_LAPSED,
    Rule.WINDOW_CLOSED,
)
_WAITING: dict[Rule, Promise] = {
    Rule.MISSED_CALL: gettext_lazy("calling back can wait until %(until)s"),
    Rule.LEARN_FROM_REFUSAL: gettext_lazy("asking what was lacking can wait until %(until)s"),
    Rule.INTERVIEW_AHEAD: gettext_lazy("nothing to do until %(until)s"),
    Rule.LETTER_UNANSWERED: gettext_lazy("an answer may take until %(until)s"),
    Rule.NOT_INTERESTED: gettext_lazy("if no answer has come by %(until)s, it can be let go"),
}


def _once_due(step: NextStep[Any], fact: Fact, name: str | None, now: datetime) -> str:
    reason = step.reason
    if reason.tried_on and step.rule in _TRYING:
        tried = {"tried": dates.day(reason.tried_on[-1], now=now)}
        return _("nobody answered on %(tried)s, and it is time to try again") % tried
    said = _DUE[step.rule](step, name, now)
    return said % {"today": dates.today(now=now, after=fact.day), "name": name}


def _call(step: NextStep[Any], _name: str | None, _now: datetime) -> str:
    if step.reason.may_call == MayCall.YES:
        return _("it is %(today)s, and calling is welcome")
    return _("it is %(today)s, and time to call")


def _your_turn(step: NextStep[Any], _name: str | None, now: datetime) -> str:
    is_call = step.reason.channel == Channel.PHONE
    if step.due is not None and now.date() == step.due.astimezone(now.tzinfo).date():
        return _("it is time to call") if is_call else _("it is time to write")
    if is_call:
        return _("it is %(today)s, and a late call is better than none")
    return _("it is %(today)s, and a late letter is better than none")


def _ask(_step: NextStep[Any], name: str | None, _now: datetime) -> str:
    if name is None:
        return _("it is worth asking what was lacking, as help for the next time")
    return _("it is worth asking %(name)s what was lacking, as help for the next time")


def _recontact(_step: NextStep[Any], name: str | None, _now: datetime) -> str:
    if name is None:
        return _("it is time to get in touch again")
    return _("it is time to get in touch with %(name)s again")


def _prepare(step: NextStep[Any], _name: str | None, now: datetime) -> str:
    if step.reason.starts_at is not None and step.reason.starts_at <= now:
        return _("before you leave, agree who makes contact and by when")
    return _("it is time to choose the questions to ask at its end")


def _always(said: Promise) -> Callable[[NextStep[Any], str | None, datetime], str]:
    return lambda _step, _name, _now: str(said)


_DUE: dict[Rule, Callable[[NextStep[Any], str | None, datetime], str]] = {
    Rule.MISSED_CALL: _always(gettext_lazy("it is time to call back")),
    Rule.LEARN_FROM_REFUSAL: _ask,
    Rule.KEPT_ON_FILE: _recontact,
    Rule.INTERVIEW_AHEAD: _prepare,
    Rule.AGREEMENT_MISSING: _always(
        gettext_lazy("what was agreed is best noted while it is fresh")
    ),
    Rule.SILENCE_IS_REFUSAL: _always(
        gettext_lazy("it is %(today)s, no answer has come, and the wait can be closed")
    ),
    Rule.LETTER_UNANSWERED: _always(
        gettext_lazy("it is %(today)s, no answer has come, and the wait can be closed")
    ),
    Rule.NOT_INTERESTED: _always(gettext_lazy("no answer has come, and it can be let go")),
    Rule.NOT_REACHED: _always(gettext_lazy("it is %(today)s, and a letter is next")),
    Rule.YOUR_TURN: _your_turn,
    Rule.MAY_NOT_CALL: _always(
        gettext_lazy("it is %(today)s, and as a call is not wanted, a letter is the way to ask")
    ),
    Rule.ALREADY_ASKED: _always(
        gettext_lazy("it is %(today)s, and as you have asked before, a letter is next")
    ),
    Rule.WINDOW_OPEN: _always(
        gettext_lazy("it is %(today)s, and time to weigh whether the job is worth a call")
    ),
    Rule.PROMISE_LAPSED: _call,
    Rule.WINDOW_CLOSED: _call,
}
