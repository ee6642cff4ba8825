"""The subject of a reminder mail: says it all, or, by choice, nothing to a shared screen."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from interviews.rules import Initiator, NextStep, Reason, ResultKind, Rule, Since, Step
from interviews.text import dates

_HEADS: dict[Step, Promise] = {
    Step.PREPARE: gettext_lazy("Prepare for %(who)s"),
    Step.FIX_AGREEMENT: gettext_lazy("Note what was agreed with %(who)s"),
    Step.WEIGH: gettext_lazy("Weigh the job at %(where)s"),
    Step.CALL: gettext_lazy("Call %(who)s today"),
    Step.WRITE: gettext_lazy("Write to %(who)s today"),
    Step.ASSUME_REFUSAL: gettext_lazy("Close the wait for %(where)s"),
    Step.CLOSE: gettext_lazy("Close the wait for %(where)s"),
    Step.LET_GO: gettext_lazy("Let %(where)s go"),
    Step.RECONTACT: gettext_lazy("Get in touch with %(who)s again"),
    Step.DONE: gettext_lazy("Nothing to do for %(where)s"),
}
_HEADS_BY_RULE: dict[Rule, Promise] = {
    Rule.MISSED_CALL: gettext_lazy("Call %(who)s back today"),
    Rule.LEARN_FROM_REFUSAL: gettext_lazy("Ask %(who)s what was lacking"),
}


def subject(step: NextStep[Any], *, person: str | None, company: str | None, now: datetime) -> str:
    """ "Call NAME (COMPANY) today: an answer was promised by Friday 20 November" """
    head = _HEADS_BY_RULE.get(step.rule, _HEADS[step.step])
    employer = _("the employer")
    values = {"who": _who(person, company) or employer, "where": company or person or employer}
    fact = _FACTS.get(step.rule, _of_wait)(step.reason, now)
    halves = {"do": str(head) % values, "fact": fact}
    return pgettext("subject of a reminder", "%(do)s: %(fact)s") % halves


def discreet_subject(steps: int) -> str:
    """For a screen that others see: no company, no person."""
    said = ngettext("Hearback: one step for today", "Hearback: %(steps)d steps for today", steps)
    return said % {"steps": steps}


def subject_of_several(first: str, *, more: int) -> str:
    """The first step's subject, and how many others the mail holds."""
    said = ngettext("%(first)s, and one more step", "%(first)s, and %(more)d more steps", more)
    return said % {"first": first, "more": more}


def _who(person: str | None, company: str | None) -> str | None:
    if person and company:
        return _("%(person)s (%(company)s)") % {"person": person, "company": company}
    return person or company


def _of_wait(reason: Reason, now: datetime) -> str:
    return _of_promise(reason, now) if reason.is_on_promise else _of_window(reason, now)


def _of_promise(reason: Reason, now: datetime) -> str:
    is_own = reason.initiator == Initiator.CANDIDATE
    if reason.promised_on is None:
        said = _("agreed on %(day)s") if is_own else _("an answer was promised on %(day)s")
        return said % {"day": _day(reason.made_on, now)}
    said = _("agreed for %(when)s") if is_own else _("an answer was promised by %(when)s")
    when = dates.day_and_clock(reason.promised_on, reason.promised_time, now=now)
    return said % {"when": when}


def _of_window(reason: Reason, now: datetime) -> str:
    if reason.since == Since.INTERVIEW:
        return _("no word since the interview on %(day)s") % {"day": _day(reason.since_on, now)}
    return _("no word since %(day)s") % {"day": _day(reason.since_on, now)}


def _of_missed_call(reason: Reason, now: datetime) -> str:
    return _("you missed a call on %(when)s") % {"when": _moment(reason.called_at, now)}


def _of_result(reason: Reason, now: datetime) -> str:
    if reason.result == ResultKind.ASSUMED_REFUSAL:
        return _("a refusal was assumed on %(day)s") % {"day": _day(reason.result_on, now)}
    if reason.result == ResultKind.REFUSAL:
        return _("a refusal came on %(day)s") % {"day": _day(reason.result_on, now)}
    return _("the result has been known since %(day)s") % {"day": _day(reason.result_on, now)}


def _of_file(_reason: Reason, _now: datetime) -> str:
    return _("you are kept on file, and it is time again")


def _of_coming(reason: Reason, now: datetime) -> str:
    return _("the interview is on %(when)s") % {"when": _moment(reason.starts_at, now)}


def _of_ended(reason: Reason, now: datetime) -> str:
    return _("the interview ended on %(when)s") % {"when": _moment(reason.ended_at, now)}


def _of_letter(reason: Reason, now: datetime) -> str:
    said = _("the letter of %(day)s went unanswered")
    return said % {"day": _day(reason.letter_on, now)}


def _of_tries(reason: Reason, now: datetime) -> str:
    return _("nobody answered on %(days)s") % {"days": dates.days(reason.tried_on[-2:], now=now)}


def _day(value: date | None, now: datetime) -> str:
    return "" if value is None else dates.day(value, now=now)


def _moment(value: datetime | None, now: datetime) -> str:
    return "" if value is None else dates.moment(value, now=now)


_FACTS: dict[Rule, Callable[[Reason, datetime], str]] = {
    Rule.MISSED_CALL: _of_missed_call,
    Rule.LEARN_FROM_REFUSAL: _of_result,
    Rule.KEPT_ON_FILE: _of_file,
    Rule.RESULT_KNOWN: _of_result,
    Rule.INTERVIEW_AHEAD: _of_coming,
    Rule.AGREEMENT_MISSING: _of_ended,
    Rule.LETTER_UNANSWERED: _of_letter,
    Rule.NOT_REACHED: _of_tries,
}
