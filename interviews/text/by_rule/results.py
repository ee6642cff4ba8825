"""After the end: the result, being kept on file, a job with a low rating."""

from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from interviews.rules import ResultKind, Rule
from interviews.text import dates
from interviews.text.by_rule.base import Context, Fact, RuleText

# What the candidate reads, and what the coach reads.
_RESULTS: dict[ResultKind, tuple[Promise, Promise]] = {
    ResultKind.OFFER: (
        gettext_lazy("You got an offer on %(day)s"),
        gettext_lazy("Offer received on %(day)s."),
    ),
    ResultKind.NEXT_STAGE: (
        gettext_lazy("You reached the next stage on %(day)s"),
        gettext_lazy("Invited to the next stage on %(day)s."),
    ),
    ResultKind.REFUSAL: (
        gettext_lazy("They said no on %(day)s"),
        gettext_lazy("Rejected on %(day)s."),
    ),
    ResultKind.ASSUMED_REFUSAL: (
        gettext_lazy("You counted it as a no on %(day)s"),
        gettext_lazy("Counted as a no on %(day)s."),
    ),
    ResultKind.WITHDRAWN: (
        gettext_lazy("You withdrew on %(day)s"),
        gettext_lazy("The candidate withdrew on %(day)s."),
    ),
    ResultKind.NO_RESPONSE: (
        gettext_lazy("You closed the wait on %(day)s with no response"),
        gettext_lazy("Closed without an answer on %(day)s."),
    ),
}

# Of a result that an import brought without its day.
_UNDATED: dict[ResultKind, Promise] = {
    ResultKind.OFFER: gettext_lazy("You got an offer"),
    ResultKind.NEXT_STAGE: gettext_lazy("You reached the next stage"),
    ResultKind.REFUSAL: gettext_lazy("They said no"),
    ResultKind.ASSUMED_REFUSAL: gettext_lazy("You counted it as a no"),
    ResultKind.WITHDRAWN: gettext_lazy("You withdrew"),
    ResultKind.NO_RESPONSE: gettext_lazy("You closed the wait with no response"),
}


def _result(context: Context) -> Fact:
    reason = context.reason
    clause: Promise | str = _("You heard the result on %(day)s")
    if reason.result is not None and reason.result_on is None:
        return Fact(str(_UNDATED[reason.result]))
    if reason.result is not None:
        clause, _for_coach = _RESULTS[reason.result]
    return Fact(str(clause) % {"day": context.day(reason.result_on)}, reason.result_on)


def _known(context: Context) -> Fact:
    """A rejection is said, and nothing is added to it."""
    reason = context.reason
    if reason.result not in (ResultKind.REFUSAL, ResultKind.ASSUMED_REFUSAL):
        return _result(context)
    is_assumed = reason.result == ResultKind.ASSUMED_REFUSAL
    if reason.result_on is None:
        said = _("You counted it as a no.") if is_assumed else _("They said no.")
        return Fact(said, is_sentence=True)
    said = _("You counted it as a no on %(day)s.") if is_assumed else _("They said no on %(day)s.")
    return Fact(said % {"day": context.day(reason.result_on)}, reason.result_on, is_sentence=True)


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
    clause = _("They’re keeping you on file, and you planned to get in touch again on %(day)s")
    return Fact(clause % {"day": context.day(recontact_on)}, recontact_on)


def _on_file_for_coach(context: Context) -> str:
    clause = _("Kept on file. Get in touch again on %(day)s.")
    return clause % {"day": context.with_age(context.reason.recontact_on)}


def _rated_low(_context: Context) -> Fact:
    return Fact(_("You gave this position a low rating"))


def _rated_low_for_coach(context: Context) -> str:
    clause = _("%(candidate)s gave this position a low rating.")
    return clause % {"candidate": context.candidate}


def _ask(context: Context) -> str:
    if context.name is None:
        return _("It’s worth asking what was missing, to help you next time")
    return _("It’s worth asking %(name)s what was missing, to help you next time")


def _recontact(context: Context) -> str:
    if context.name is None:
        return _("It’s time to get in touch again")
    return _("It’s time to get in touch with %(name)s again")


TEXTS = {
    Rule.LEARN_FROM_REFUSAL: RuleText(
        label=gettext_lazy("Learning from a rejection"),
        fact=_result,
        coach=_result_for_coach,
        due=_ask,
        waiting=gettext_lazy("You can wait until %(until)s to ask what was missing"),
        coach_due=gettext_lazy("Ask what was missing."),
    ),
    Rule.KEPT_ON_FILE: RuleText(
        label=gettext_lazy("Kept on file"),
        fact=_on_file,
        coach=_on_file_for_coach,
        due=_recontact,
        can_be_tried_again=True,
    ),
    Rule.RESULT_KNOWN: RuleText(
        label=gettext_lazy("Result known"),
        fact=_known,
        coach=_result_for_coach,
        due=gettext_lazy("There’s nothing left to do"),
    ),
    Rule.NOT_INTERESTED: RuleText(
        label=gettext_lazy("You rated the position low"),
        fact=_rated_low,
        coach=_rated_low_for_coach,
        due=gettext_lazy("There’s no answer, and you can close the wait"),
        waiting=gettext_lazy("If there’s no answer by %(until)s, you can close the wait"),
        coach_due=gettext_lazy("The wait can be closed."),
    ),
}
