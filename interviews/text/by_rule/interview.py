"""Before the interview, during it, and just after it."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from interviews.rules import Rule
from interviews.text import dates
from interviews.text.by_rule.base import Context, Fact, RuleText, fact


def _ahead(context: Context) -> Fact:
    if context.reason.starts_at is None:
        return Fact("")
    local = context.reason.starts_at.astimezone(context.now.tzinfo)
    if local <= context.now:
        return fact(*_UNDER_WAY, context.name)
    if local.date() == context.now.date():
        return fact(*_TODAY, context.name, local.date(), time=dates.clock(local))
    return fact(*_AHEAD, context.name, local.date(), when=context.moment(local))


_UNDER_WAY = (
    gettext_lazy("Your interview with %(name)s is happening now"),
    gettext_lazy("Your interview is happening now"),
)
_TODAY = (
    gettext_lazy("Your interview with %(name)s is today at %(time)s"),
    gettext_lazy("Your interview is today at %(time)s"),
)
_AHEAD = (
    gettext_lazy("Your interview with %(name)s is on %(when)s"),
    gettext_lazy("Your interview is on %(when)s"),
)


def _ahead_for_coach(context: Context) -> str:
    if context.reason.starts_at is None:
        return _("The interview is coming up.")
    when = dates.coming(context.reason.starts_at, now=context.now)
    return _("%(when)s, with %(who)s.") % {"when": when, "who": context.name}


def _prepare(context: Context) -> str:
    starts_at = context.reason.starts_at
    if starts_at is not None and starts_at <= context.now:
        return _("Before you leave, agree who will get in touch and by when")
    return _("It’s time to choose what to ask at the end")


def _not_recorded(context: Context) -> Fact:
    ended_on, now = context.date_of(context.reason.ended_at), context.now
    if ended_on is None or ended_on == now.date():
        return Fact(_("What was agreed today hasn’t been recorded yet."), is_sentence=True)
    said = _("What was agreed on %(day)s hasn’t been recorded yet.")
    return Fact(said % {"day": dates.short_day(ended_on, now=now)}, ended_on, is_sentence=True)


def _ended_for_coach(context: Context) -> str:
    ended_at = context.reason.ended_at
    return "" if ended_at is None else agreement_missing(ended_at, now=context.now)


def agreement_missing(ended_at: datetime, *, now: datetime) -> str:
    """For example: The interview was on Friday 20 November, 3 days ago, and no agreement is
    noted."""
    day = dates.day_with_age(ended_at.astimezone(now.tzinfo).date(), now=now)
    return _("The interview was on %(day)s. No agreement recorded.") % {"day": day}


TEXTS = {
    Rule.INTERVIEW_AHEAD: RuleText(
        label=gettext_lazy("Interview coming up"),
        fact=_ahead,
        coach=_ahead_for_coach,
        due=_prepare,
        waiting=gettext_lazy("Nothing to do until %(until)s"),
    ),
    Rule.AGREEMENT_MISSING: RuleText(
        label=gettext_lazy("No agreement recorded"),
        fact=_not_recorded,
        coach=_ended_for_coach,
        due="",
    ),
}
