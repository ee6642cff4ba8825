"""After a call or a letter: missed, not answered, or agreed to mean no."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from interviews.rules import Rule
from interviews.text import dates
from interviews.text.by_rule.base import Context, Fact, RuleText, fact

TRIES_SAID = 2
WAIT_CAN_BE_CLOSED = gettext_lazy("The wait can be closed.")
NO_ANSWER_HAS_COME = gettext_lazy("It’s %(today)s, there’s no answer, and you can close the wait")


def _missed_call(context: Context) -> Fact:
    called_at = context.reason.called_at
    return fact(
        gettext_lazy("You missed a call from %(name)s on %(when)s"),
        gettext_lazy("You missed a call on %(when)s"),
        context.speaker,
        called_at and called_at.date(),
        when=context.moment(called_at),
    )


def _missed_call_for_coach(context: Context) -> str:
    day = context.with_age(context.date_of(context.reason.called_at))
    clause = _("%(who)s called on %(day)s and hasn’t been called back.")
    return clause % {"who": context.name, "day": day}


def _tries(context: Context) -> str:
    return dates.days(context.reason.tried_on[-TRIES_SAID:], now=context.now)


def _not_reached(context: Context) -> Fact:
    tried_on = context.reason.tried_on
    clause = _("No one answered on %(days)s") % {"days": _tries(context)}
    return Fact(clause, tried_on[-1] if tried_on else None)


def _not_reached_for_coach(context: Context) -> str:
    return _("No answer on %(days)s.") % {"days": _tries(context)}


def _letter(context: Context) -> Fact:
    return fact(
        gettext_lazy("You wrote to %(name)s on %(day)s"),
        gettext_lazy("You wrote on %(day)s"),
        context.speaker,
        context.reason.letter_on,
        day=context.day(context.reason.letter_on),
    )


def _letter_for_coach(context: Context) -> str:
    clause = _("No reply to the letter of %(day)s.")
    return clause % {"day": context.with_age(context.reason.letter_on)}


def _silence(context: Context) -> Fact:
    reason = context.reason
    if reason.promised_on is None:
        clause = _("You agreed on %(day)s that no answer counts as a no")
        return Fact(clause % {"day": context.day(reason.made_on)})
    when = dates.day_and_clock(reason.promised_on, reason.promised_time, now=context.now)
    clause = _("You agreed that no answer by %(when)s counts as a no")
    return Fact(clause % {"when": when}, reason.promised_on)


def _silence_for_coach(context: Context) -> str:
    reason = context.reason
    day = context.with_age(reason.promised_on or reason.made_on)
    if reason.promised_on is None:
        return _("It was agreed on %(day)s that no answer counts as a no.") % {"day": day}
    return _("It was agreed that no answer by %(day)s counts as a no.") % {"day": day}


TEXTS = {
    Rule.MISSED_CALL: RuleText(
        label=gettext_lazy("Missed call"),
        fact=_missed_call,
        coach=_missed_call_for_coach,
        due=gettext_lazy("It’s time to call back"),
        waiting=gettext_lazy("You can wait until %(until)s to call back"),
        can_be_tried_again=True,
    ),
    Rule.NOT_REACHED: RuleText(
        label=gettext_lazy("No answer"),
        fact=_not_reached,
        coach=_not_reached_for_coach,
        due=gettext_lazy("It’s %(today)s, and a letter is next"),
        waiting=gettext_lazy("A letter is next, but not before %(until)s"),
        coach_due=gettext_lazy("A letter is next."),
    ),
    Rule.LETTER_UNANSWERED: RuleText(
        label=gettext_lazy("No reply to your letter"),
        fact=_letter,
        coach=_letter_for_coach,
        due=NO_ANSWER_HAS_COME,
        waiting=gettext_lazy("An answer may take until %(until)s"),
        coach_due=WAIT_CAN_BE_CLOSED,
    ),
    Rule.SILENCE_IS_REFUSAL: RuleText(
        label=gettext_lazy("No answer counts as a no"),
        fact=_silence,
        coach=_silence_for_coach,
        due=NO_ANSWER_HAS_COME,
        coach_due=WAIT_CAN_BE_CLOSED,
    ),
}
