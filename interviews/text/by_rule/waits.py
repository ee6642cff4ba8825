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
            gettext_lazy("On %(day)s, %(name)s promised an answer but gave no date"),
            gettext_lazy("On %(day)s, they promised an answer but gave no date"),
            context.speaker,
            day=context.day(reason.made_on),
        )
    return fact(
        gettext_lazy("%(name)s promised an answer by %(when)s"),
        gettext_lazy("They promised an answer by %(when)s"),
        context.speaker,
        reason.promised_on,
        when=_promised(context),
    )


def _promised(context: Context) -> str:
    reason = context.reason
    assert reason.promised_on is not None
    return dates.day_and_clock(reason.promised_on, reason.promised_time, now=context.now)


def _asked(context: Context) -> Fact:
    """The newest fact, and why a letter is next, although the promise runs on."""
    reason, due, now = context.reason, context.step.due, context.now
    if reason.reached_on is None or due is None:
        return _fact(context)
    name = context.name if reason.is_reached_person else None
    is_spoken, is_today = reason.reached_by == Channel.PHONE, reason.reached_on == now.date()
    named, unnamed = _REACHED[is_spoken, is_today]
    found = fact(named, unnamed, name, reason.reached_on, day=context.day(reason.reached_on))
    if due <= now or reason.is_snoozed:
        return found
    values = {"fact": found.text, "until": dates.day(due.astimezone(now.tzinfo).date(), now=now)}
    said = _("%(fact)s. You’ve asked already, so write on %(until)s if you hear nothing.")
    return Fact(said % values, is_sentence=True)


# By whether it was a call, and whether it was today.
_REACHED = {
    (True, True): (
        gettext_lazy("You spoke to %(name)s today, and it’s still open"),
        gettext_lazy("You spoke to them today, and it’s still open"),
    ),
    (True, False): (
        gettext_lazy("You spoke to %(name)s on %(day)s, and it was still open"),
        gettext_lazy("You spoke to them on %(day)s, and it was still open"),
    ),
    (False, True): (
        gettext_lazy("You were in touch with %(name)s today, and it’s still open"),
        gettext_lazy("You were in touch with them today, and it’s still open"),
    ),
    (False, False): (
        gettext_lazy("You were in touch with %(name)s on %(day)s, and it was still open"),
        gettext_lazy("You were in touch with them on %(day)s, and it was still open"),
    ),
}


def _fact_of_own_promise(context: Context) -> Fact:
    reason = context.reason
    is_call = reason.channel == Channel.PHONE
    if reason.promised_on is None:
        named, unnamed = _OWN_CALL_SOME_DAY if is_call else _OWN_LETTER_SOME_DAY
        return fact(named, unnamed, context.name, day=context.day(reason.made_on))
    named, unnamed = _OWN_CALL if is_call else _OWN_LETTER
    return fact(named, unnamed, context.name, reason.promised_on, when=_promised(context))


_OWN_CALL_SOME_DAY = (
    gettext_lazy("On %(day)s, you agreed to call %(name)s, with no date set"),
    gettext_lazy("On %(day)s, you agreed to call, with no date set"),
)
_OWN_LETTER_SOME_DAY = (
    gettext_lazy("On %(day)s, you agreed to write to %(name)s, with no date set"),
    gettext_lazy("On %(day)s, you agreed to write, with no date set"),
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
            _("%(name)s was in touch on %(day)s, and it’s still open")
            % {"name": context.speaker, "day": day},
            since_on,
        )
    if since == Since.ANSWER:
        return Fact(
            _("They were in touch on %(day)s, and it’s still open") % {"day": day}, since_on
        )
    if since == Since.OWN_CONTACT:
        return Fact(_("You wrote on %(day)s, as agreed") % {"day": day}, since_on)
    return Fact(
        _("You didn’t agree on a date at the interview on %(day)s") % {"day": day}, since_on
    )


def _coach(context: Context) -> str:
    reason = context.reason
    values = {"candidate": context.candidate, "who": context.name or ""}
    if not reason.is_on_promise:
        values["day"] = context.with_age(reason.since_on)
        if reason.since == Since.OWN_CONTACT:
            return _("%(candidate)s wrote on %(day)s, as agreed.") % values
        if reason.since == Since.ANSWER:
            return _("No decision yet on %(day)s.") % values
        return _("No date was agreed at the interview on %(day)s.") % values
    has_day = reason.promised_on is not None
    values["day"] = context.with_age(reason.promised_on if has_day else reason.made_on)
    if reason.initiator == Initiator.CANDIDATE:
        is_call = reason.channel == Channel.PHONE
        return str(_COACH_OWN[is_call, has_day]) % values
    if has_day:
        return _("%(who)s promised an answer by %(day)s.") % values
    return _("On %(day)s, %(who)s promised an answer but gave no date.") % values


# By whether it is a call, and whether a day was named.
_COACH_OWN = {
    (True, True): gettext_lazy("%(candidate)s agreed to call by %(day)s."),
    (False, True): gettext_lazy("%(candidate)s agreed to write by %(day)s."),
    (True, False): gettext_lazy("On %(day)s, %(candidate)s agreed to call, with no date set."),
    (False, False): gettext_lazy("On %(day)s, %(candidate)s agreed to write, with no date set."),
}


def _call_is_due(context: Context) -> str:
    if context.reason.may_call == MayCall.YES:
        return _("It’s %(today)s, and calling is welcome")
    return _("It’s %(today)s, and time to call")


def _own_turn_is_due(context: Context) -> str:
    is_call = context.reason.channel == Channel.PHONE
    if context.now.date() == context.date_of(context.step.due):
        return _("It’s time to call") if is_call else _("It’s time to write")
    if is_call:
        return _("It’s %(today)s, and a late call is better than none")
    return _("It’s %(today)s, and a late letter is better than none")


_wait = partial(RuleText, fact=_fact, coach=_coach)

TEXTS = {
    Rule.YOUR_TURN: _wait(
        label=gettext_lazy("Your turn"), due=_own_turn_is_due, can_be_tried_again=True
    ),
    Rule.MAY_NOT_CALL: _wait(
        label=gettext_lazy("They asked not to be called"),
        due=gettext_lazy(
            "It’s %(today)s, and as they asked you not to call, a letter is the way to follow up"
        ),
        coach_due=gettext_lazy("They asked not to be called. Follow up by letter."),
    ),
    Rule.ALREADY_ASKED: RuleText(
        fact=_asked,
        coach=_coach,
        label=gettext_lazy("You’ve followed up before"),
        due=gettext_lazy("It’s %(today)s, and as you’ve followed up before, a letter is next"),
        coach_due=gettext_lazy("Already followed up once. A letter is next."),
    ),
    Rule.WINDOW_OPEN: _wait(
        label=gettext_lazy("Worth a call?"),
        due=gettext_lazy("It’s %(today)s, and time to decide if the position is worth a call"),
        coach_due=gettext_lazy("Time to decide if the position is worth a call."),
    ),
    Rule.PROMISE_LAPSED: _wait(
        label=gettext_lazy("Promised date has passed"),
        due=_call_is_due,
        coach_due=gettext_lazy("No call has been made since."),
        can_be_tried_again=True,
    ),
    Rule.WINDOW_CLOSED: _wait(
        label=gettext_lazy("Waited long enough"),
        due=_call_is_due,
        coach_due=gettext_lazy("Long enough. Time to call."),
        can_be_tried_again=True,
    ),
}
