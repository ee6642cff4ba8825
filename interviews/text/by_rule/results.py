"""After the end: the result, being kept on file, a job with a low rating."""

from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from interviews.rules import ResultKind, Rule
from interviews.text import dates
from interviews.text.by_rule import waits
from interviews.text.by_rule.base import Context, Fact, RuleText

# What the candidate reads, and what the coach reads.
_RESULTS: dict[ResultKind, tuple[Promise, Promise]] = {
    ResultKind.OFFER: (
        gettext_lazy("An offer came on %(day)s"),
        gettext_lazy("An offer came on %(day)s."),
    ),
    ResultKind.NEXT_STAGE: (
        gettext_lazy("The next stage was reached on %(day)s"),
        gettext_lazy("The next stage was reached on %(day)s."),
    ),
    ResultKind.REFUSAL: (
        gettext_lazy("A refusal came on %(day)s"),
        gettext_lazy("A refusal came on %(day)s."),
    ),
    ResultKind.ASSUMED_REFUSAL: (
        gettext_lazy("A refusal was assumed on %(day)s"),
        gettext_lazy("A refusal was assumed on %(day)s."),
    ),
    ResultKind.WITHDRAWN: (
        gettext_lazy("You withdrew on %(day)s"),
        gettext_lazy("Withdrawn by the candidate on %(day)s."),
    ),
    ResultKind.NO_RESPONSE: (
        gettext_lazy("The wait was closed without an answer on %(day)s"),
        gettext_lazy("Closed without an answer on %(day)s."),
    ),
}


def _result(context: Context) -> Fact:
    reason = context.reason
    clause: Promise | str = _("The result was known on %(day)s")
    if reason.result is not None:
        clause, _for_coach = _RESULTS[reason.result]
    return Fact(str(clause) % {"day": context.day(reason.result_on)}, reason.result_on)


def _result_in_subject(context: Context) -> str:
    values = {"day": context.day(context.reason.result_on)}
    if context.reason.result == ResultKind.ASSUMED_REFUSAL:
        return _("a refusal was assumed on %(day)s") % values
    if context.reason.result == ResultKind.REFUSAL:
        return _("a refusal came on %(day)s") % values
    return _("the result has been known since %(day)s") % values


def _result_for_coach(context: Context) -> str:
    kind, known_on = context.reason.result, context.reason.result_on
    if kind is None or known_on is None:
        return _("The result is known.")
    return str(_RESULTS[kind][1]) % {"day": context.with_age(known_on)}


def result_for_coach(kind: ResultKind, known_at: datetime, *, now: datetime) -> str:
    """For example: A refusal came on Friday 20 November, 3 days ago."""
    known_on = known_at.astimezone(now.tzinfo).date()
    return str(_RESULTS[kind][1]) % {"day": dates.day_with_age(known_on, now=now)}


def _on_file(context: Context) -> Fact:
    recontact_on = context.reason.recontact_on
    clause = _("You are kept on file, to get in touch again on %(day)s")
    return Fact(clause % {"day": context.day(recontact_on)}, recontact_on)


def _on_file_in_subject(_context: Context) -> str:
    return _("you are kept on file, and it is time again")


def _on_file_for_coach(context: Context) -> str:
    clause = _("Kept on file, to get in touch again on %(day)s.")
    return clause % {"day": context.with_age(context.reason.recontact_on)}


def _rated_low(_context: Context) -> Fact:
    return Fact(_("You gave this job a low rating"))


def _rated_low_for_coach(context: Context) -> str:
    clause = _("%(candidate)s gave this job a low rating.")
    return clause % {"candidate": context.candidate}


def _ask(context: Context) -> str:
    if context.name is None:
        return _("it is worth asking what was lacking, as help for the next time")
    return _("it is worth asking %(name)s what was lacking, as help for the next time")


def _recontact(context: Context) -> str:
    if context.name is None:
        return _("it is time to get in touch again")
    return _("it is time to get in touch with %(name)s again")


TEXTS = {
    Rule.LEARN_FROM_REFUSAL: RuleText(
        label=gettext_lazy("Learning from a refusal"),
        fact=_result,
        subject=_result_in_subject,
        coach=_result_for_coach,
        due=_ask,
        waiting=gettext_lazy("asking what was lacking can wait until %(until)s"),
        coach_due=gettext_lazy("It is worth asking what was lacking."),
    ),
    Rule.KEPT_ON_FILE: RuleText(
        label=gettext_lazy("Kept on file"),
        fact=_on_file,
        subject=_on_file_in_subject,
        coach=_on_file_for_coach,
        due=_recontact,
        can_be_tried_again=True,
    ),
    Rule.RESULT_KNOWN: RuleText(
        label=gettext_lazy("The result is known"),
        fact=_result,
        subject=_result_in_subject,
        coach=_result_for_coach,
        due=gettext_lazy("there is nothing left to do here"),
    ),
    Rule.NOT_INTERESTED: RuleText(
        label=gettext_lazy("The job was rated low"),
        fact=_rated_low,
        subject=waits.subject,
        coach=_rated_low_for_coach,
        due=gettext_lazy("no answer has come, and it can be let go"),
        waiting=gettext_lazy("if no answer has come by %(until)s, it can be let go"),
        coach_due=gettext_lazy("It can be let go."),
    ),
}
