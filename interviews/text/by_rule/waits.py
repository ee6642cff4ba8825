"""While an answer is awaited: promised, agreed, or without an agreement."""

from functools import partial

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from interviews.rules import Channel, Initiator, MayCall, Rule, Since
from interviews.text import dates
from interviews.text.by_rule.base import Context, Fact, RuleText, fact


def _fact(context: Context) -> Fact:
    if not context.reason.is_on_promise:
        return _fact_of_window(context)
    if context.reason.initiator == Initiator.CANDIDATE:
        return _fact_of_own_promise(context)
    reason = context.reason
    if reason.promised_on is None:
        return fact(
            gettext_lazy("%(name)s promised an answer on %(day)s, with no day named"),
            gettext_lazy("An answer was promised on %(day)s, with no day named"),
            context.speaker,
            day=context.day(reason.made_on),
        )
    return fact(
        gettext_lazy("%(name)s promised an answer by %(when)s"),
        gettext_lazy("An answer was promised by %(when)s"),
        context.speaker,
        reason.promised_on,
        when=_promised(context),
    )


def _promised(context: Context) -> str:
    reason = context.reason
    assert reason.promised_on is not None
    return dates.day_and_clock(reason.promised_on, reason.promised_time, now=context.now)


def _fact_of_own_promise(context: Context) -> Fact:
    reason = context.reason
    is_call = reason.channel == Channel.PHONE
    if reason.promised_on is None:
        named, unnamed = _OWN_CALL_SOME_DAY if is_call else _OWN_LETTER_SOME_DAY
        return fact(named, unnamed, context.name, day=context.day(reason.made_on))
    named, unnamed = _OWN_CALL if is_call else _OWN_LETTER
    return fact(named, unnamed, context.name, reason.promised_on, when=_promised(context))


_OWN_CALL_SOME_DAY = (
    gettext_lazy("On %(day)s you agreed to call %(name)s, with no day named"),
    gettext_lazy("On %(day)s you agreed to call, with no day named"),
)
_OWN_LETTER_SOME_DAY = (
    gettext_lazy("On %(day)s you agreed to write to %(name)s, with no day named"),
    gettext_lazy("On %(day)s you agreed to write, with no day named"),
)
_OWN_CALL = (
    gettext_lazy("You agreed to call %(name)s on %(when)s"),
    gettext_lazy("You agreed to call on %(when)s"),
)
_OWN_LETTER = (
    gettext_lazy("You agreed to write to %(name)s on %(when)s"),
    gettext_lazy("You agreed to write on %(when)s"),
)


def _fact_of_window(context: Context) -> Fact:
    since, since_on = context.reason.since, context.reason.since_on
    day = context.day(since_on)
    if since == Since.ANSWER and context.speaker is not None:
        return Fact(
            _("%(name)s had no decision yet on %(day)s") % {"name": context.speaker, "day": day},
            since_on,
        )
    if since == Since.ANSWER:
        return Fact(_("There was no decision yet on %(day)s") % {"day": day}, since_on)
    if since == Since.OWN_CONTACT:
        return Fact(_("You wrote as agreed on %(day)s") % {"day": day}, since_on)
    return Fact(_("No day was agreed at the interview on %(day)s") % {"day": day}, since_on)


def subject(context: Context) -> str:
    reason = context.reason
    if not reason.is_on_promise:
        values = {"day": context.day(reason.since_on)}
        if reason.since == Since.INTERVIEW:
            return _("no word since the interview on %(day)s") % values
        return _("no word since %(day)s") % values
    is_own = reason.initiator == Initiator.CANDIDATE
    if reason.promised_on is None:
        clause = _("agreed on %(day)s") if is_own else _("an answer was promised on %(day)s")
        return clause % {"day": context.day(reason.made_on)}
    clause = _("agreed for %(when)s") if is_own else _("an answer was promised by %(when)s")
    return clause % {"when": _promised(context)}


def _coach(context: Context) -> str:
    reason = context.reason
    values = {"candidate": context.candidate, "who": context.name or ""}
    if not reason.is_on_promise:
        values["day"] = context.with_age(reason.since_on)
        if reason.since == Since.OWN_CONTACT:
            return _("%(candidate)s wrote as agreed on %(day)s.") % values
        if reason.since == Since.ANSWER:
            return _("There was no decision yet on %(day)s.") % values
        return _("No day was agreed at the interview on %(day)s.") % values
    has_day = reason.promised_on is not None
    values["day"] = context.with_age(reason.promised_on if has_day else reason.made_on)
    if reason.initiator == Initiator.CANDIDATE:
        is_call = reason.channel == Channel.PHONE
        return str(_COACH_OWN[is_call, has_day]) % values
    if has_day:
        return _("%(who)s promised an answer by %(day)s.") % values
    return _("%(who)s promised an answer on %(day)s, with no day named.") % values


# By whether it is a call, and whether a day was named.
_COACH_OWN = {
    (True, True): gettext_lazy("%(candidate)s agreed to call by %(day)s."),
    (False, True): gettext_lazy("%(candidate)s agreed to write by %(day)s."),
    (True, False): gettext_lazy("%(candidate)s agreed on %(day)s, to call, with no day named."),
    (False, False): gettext_lazy("%(candidate)s agreed on %(day)s, to write, with no day named."),
}


def _call_is_due(context: Context) -> str:
    if context.reason.may_call == MayCall.YES:
        return _("it is %(today)s, and calling is welcome")
    return _("it is %(today)s, and time to call")


def _own_turn_is_due(context: Context) -> str:
    is_call = context.reason.channel == Channel.PHONE
    if context.now.date() == context.date_of(context.step.due):
        return _("it is time to call") if is_call else _("it is time to write")
    if is_call:
        return _("it is %(today)s, and a late call is better than none")
    return _("it is %(today)s, and a late letter is better than none")


_wait = partial(RuleText, fact=_fact, subject=subject, coach=_coach)

TEXTS = {
    Rule.YOUR_TURN: _wait(
        label=gettext_lazy("It is your turn"), due=_own_turn_is_due, can_be_tried_again=True
    ),
    Rule.MAY_NOT_CALL: _wait(
        label=gettext_lazy("A call is not wanted"),
        due=gettext_lazy(
            "it is %(today)s, and as a call is not wanted, a letter is the way to ask"
        ),
        coach_due=gettext_lazy("A call is not wanted; a letter is the way to ask."),
    ),
    Rule.ALREADY_ASKED: _wait(
        label=gettext_lazy("You have asked before"),
        due=gettext_lazy("it is %(today)s, and as you have asked before, a letter is next"),
        coach_due=gettext_lazy("It was asked before; a letter is next."),
    ),
    Rule.WINDOW_OPEN: _wait(
        label=gettext_lazy("Is it worth a call?"),
        due=gettext_lazy("it is %(today)s, and time to weigh whether the job is worth a call"),
        coach_due=gettext_lazy("It is time to weigh whether it is worth a call."),
    ),
    Rule.PROMISE_LAPSED: _wait(
        label=gettext_lazy("The promised day has passed"),
        due=_call_is_due,
        coach_due=gettext_lazy("No call has been made since."),
        can_be_tried_again=True,
    ),
    Rule.WINDOW_CLOSED: _wait(
        label=gettext_lazy("Long enough without a word"),
        due=_call_is_due,
        coach_due=gettext_lazy("Long enough to call and ask."),
        can_be_tried_again=True,
    ),
}
