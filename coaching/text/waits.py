"""A wait in one sentence for a coach: of the candidate by name, with how long ago it was.

Of a candidate who shares next steps only, `step_alone` says no more than that. `now` is local to
the candidate, as everywhere in this package.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from interviews.models import Proposal
from interviews.rules import Channel, Initiator, NextStep, Reason, ResultKind, Rule, Since, Step
from interviews.text import dates
from interviews.text.labels import step_label


@dataclass(frozen=True, slots=True)
class LineText:
    """Of whom and of what a sentence speaks."""

    reason: Reason
    candidate: str
    who: str
    now: datetime

    def day(self, value: date | None) -> str:
        return "" if value is None else dates.day(value, now=self.now)

    def with_age(self, value: date | None) -> str:
        """Friday 20 November, 3 days ago: what follows in the sentence begins with a comma."""
        if value is None:
            return ""
        return _("%(day)s, %(age)s") % {"day": self.day(value), "age": age(value, now=self.now)}

    def date_of(self, value: datetime | None) -> date | None:
        return None if value is None else value.astimezone(self.now.tzinfo).date()


def matter(
    step: NextStep[Any], *, candidate: str, person: str | None, company: str, now: datetime
) -> str:
    """What is the matter with one interview: "Acme promised an answer by Friday …, 3 days ago." """
    who = person if person and (step.reason.is_by_person or step.step == Step.PREPARE) else company
    told = LineText(step.reason, candidate, who, now)
    said = _SAID[step.rule](told)
    then = _next_of(step, told)
    return f"{said} {then}" if then else said


def step_alone(step: NextStep[Any], *, now: datetime) -> str:
    """Call: due since Friday 20 November, 3 days ago. Nothing of why, or with whom."""
    if step.due is None:
        return _("Nothing to do.")
    due_on = step.due.astimezone(now.tzinfo).date()
    if step.step == Step.PREPARE and step.reason.starts_at is not None:
        values = {"step": step_label(step.step), "when": coming(step.reason.starts_at, now=now)}
        return _("%(step)s: %(when)s.") % values
    values = {"step": step_label(step.step), "day": dates.day(due_on, now=now)}
    values["age"] = age(due_on, now=now)
    if due_on < now.date():
        return _("%(step)s: due since %(day)s, %(age)s.") % values
    return _("%(step)s: due on %(day)s, %(age)s.") % values


def age(value: date, *, now: datetime) -> str:
    """3 days ago, yesterday, today, tomorrow, in 3 days"""
    days = (now.date() - value).days
    if days in _NEAR:
        return str(_NEAR[days])
    if days > 0:
        return ngettext("%(days)d day ago", "%(days)d days ago", days) % {"days": days}
    return ngettext("in %(days)d day", "in %(days)d days", -days) % {"days": -days}


_NEAR: dict[int, Promise] = {
    1: gettext_lazy("yesterday"),
    0: gettext_lazy("today"),
    -1: gettext_lazy("tomorrow"),
}


def coming(starts_at: datetime, *, now: datetime) -> str:
    """Today at 14:00"""
    local = starts_at.astimezone(now.tzinfo)
    day = age(local.date(), now=now) if local.date() != now.date() else _("today")
    said = _("%(day)s at %(time)s") % {"day": day, "time": dates.clock(local)}
    return said[0].upper() + said[1:]


def with_zone(said: str, *, at: datetime, now: datetime, reader: tzinfo) -> str:
    """20 Nov, 10:00 (Asia/Tokyo)"""
    if _is_same_clock(at, now, reader):
        return said
    return _("%(said)s (%(zone)s)") % {"said": said, "zone": now.tzinfo}


def _is_same_clock(at: datetime, now: datetime, reader: tzinfo) -> bool:
    return at.astimezone(reader).utcoffset() == at.astimezone(now.tzinfo).utcoffset()


def in_zone(said: str, *, starts_at: datetime, now: datetime, reader: tzinfo) -> str:
    """With the zone by which the moment goes, where the reader's clock shows another hour."""
    if _is_same_clock(starts_at, now, reader):
        return said
    return _("%(said)s The time is that of %(zone)s.") % {"said": said, "zone": now.tzinfo}


def proposed(proposal: Proposal, *, now: datetime) -> str:
    """You proposed: call by Friday 20 November – accepted."""
    values = {"step": proposed_step(proposal, now=now), "answer": proposal.get_answer_display()}
    if not proposal.answer:
        return _("You proposed: %(step)s – not answered yet.") % values
    return _("You proposed: %(step)s – %(answer)s.") % values


def proposed_step(proposal: Proposal, *, now: datetime) -> str:
    """Call by Friday 20 November; of something else its own words."""
    is_other = proposal.action == proposal.Action.OTHER
    step = f"“{proposal.words}”" if is_other else str(proposal.get_action_display())
    if proposal.by_on is None:
        return step
    values = {"step": step, "day": dates.day(proposal.by_on, now=now)}
    return _("%(step)s by %(day)s") % values


def of_result(kind: ResultKind, known_at: datetime, *, now: datetime) -> str:
    """A refusal, known since Friday 20 November, 3 days ago."""
    known_on = known_at.astimezone(now.tzinfo).date()
    values = {"day": dates.day(known_on, now=now), "age": age(known_on, now=now)}
    return str(_RESULTS[kind]) % values


_RESULTS: dict[ResultKind, Promise] = {
    ResultKind.OFFER: gettext_lazy("An offer came on %(day)s, %(age)s."),
    ResultKind.NEXT_STAGE: gettext_lazy("The next stage was reached on %(day)s, %(age)s."),
    ResultKind.REFUSAL: gettext_lazy("A refusal came on %(day)s, %(age)s."),
    ResultKind.ASSUMED_REFUSAL: gettext_lazy("A refusal was assumed on %(day)s, %(age)s."),
    ResultKind.WITHDRAWN: gettext_lazy("Withdrawn by the candidate on %(day)s, %(age)s."),
    ResultKind.NO_RESPONSE: gettext_lazy("Closed without an answer on %(day)s, %(age)s."),
}


def agreement_missing(ended_on: date, *, now: datetime) -> str:
    values = {"day": dates.day(ended_on, now=now), "age": age(ended_on, now=now)}
    return _("The interview was on %(day)s, %(age)s, and no agreement is noted.") % values


def _of_wait(told: LineText) -> str:
    return _of_promise(told) if told.reason.is_on_promise else _of_window(told)


def _of_promise(told: LineText) -> str:
    reason = told.reason
    if reason.initiator == Initiator.CANDIDATE:
        return _of_own_promise(told)
    if reason.promised_on is None:
        values = {"who": told.who, "day": told.with_age(reason.made_on)}
        return _("%(who)s promised an answer on %(day)s, with no day named.") % values
    values = {"who": told.who, "day": told.with_age(reason.promised_on)}
    return _("%(who)s promised an answer by %(day)s.") % values


def _of_own_promise(told: LineText) -> str:
    reason = told.reason
    is_call = reason.channel == Channel.PHONE
    values = {"candidate": told.candidate}
    if reason.promised_on is None:
        said = (
            _("%(candidate)s agreed on %(day)s, to call, with no day named.")
            if is_call
            else _("%(candidate)s agreed on %(day)s, to write, with no day named.")
        )
        return said % (values | {"day": told.with_age(reason.made_on)})
    said = (
        _("%(candidate)s agreed to call by %(day)s.")
        if is_call
        else _("%(candidate)s agreed to write by %(day)s.")
    )
    return said % (values | {"day": told.with_age(reason.promised_on)})


def _of_window(told: LineText) -> str:
    reason = told.reason
    values = {"candidate": told.candidate, "day": told.with_age(reason.since_on)}
    if reason.since == Since.OWN_CONTACT:
        return _("%(candidate)s wrote as agreed on %(day)s.") % values
    if reason.since == Since.ANSWER:
        return _("There was no decision yet on %(day)s.") % values
    return _("No day was agreed at the interview on %(day)s.") % values


def _of_missed_call(told: LineText) -> str:
    day = told.with_age(told.date_of(told.reason.called_at))
    said = _("%(who)s called on %(day)s, and was not called back.")
    return said % {"who": told.who, "day": day}


def _of_result(told: LineText) -> str:
    kind, known_on = told.reason.result, told.reason.result_on
    if kind is None or known_on is None:
        return _("The result is known.")
    values = {"day": told.day(known_on), "age": age(known_on, now=told.now)}
    return str(_RESULTS[kind]) % values


def _of_file(told: LineText) -> str:
    day = told.with_age(told.reason.recontact_on)
    return _("Kept on file, to get in touch again on %(day)s.") % {"day": day}


def _of_coming(told: LineText) -> str:
    starts_at = told.reason.starts_at
    if starts_at is None:
        return _("The interview is ahead.")
    values = {"when": coming(starts_at, now=told.now), "who": told.who}
    return _("%(when)s, with %(who)s.") % values


def _of_ended(told: LineText) -> str:
    ended_on = told.date_of(told.reason.ended_at)
    return "" if ended_on is None else agreement_missing(ended_on, now=told.now)


def _of_silence(told: LineText) -> str:
    day = told.with_age(told.reason.promised_on or told.reason.made_on)
    if told.reason.promised_on is None:
        return _("It was agreed on %(day)s, that silence means a refusal.") % {"day": day}
    return _("It was agreed that silence until %(day)s, means a refusal.") % {"day": day}


def _of_letter(told: LineText) -> str:
    return _("The letter of %(day)s, is unanswered.") % {
        "day": told.with_age(told.reason.letter_on)
    }


def _of_low_rating(told: LineText) -> str:
    return _("%(candidate)s gave this job a low rating.") % {"candidate": told.candidate}


def _of_tries(told: LineText) -> str:
    days = dates.days(told.reason.tried_on[-2:], now=told.now)
    return _("Nobody answered on %(days)s.") % {"days": days}


_SAID: dict[Rule, Callable[[LineText], str]] = {
    Rule.MISSED_CALL: _of_missed_call,
    Rule.LEARN_FROM_REFUSAL: _of_result,
    Rule.KEPT_ON_FILE: _of_file,
    Rule.RESULT_KNOWN: _of_result,
    Rule.INTERVIEW_AHEAD: _of_coming,
    Rule.AGREEMENT_MISSING: _of_ended,
    Rule.SILENCE_IS_REFUSAL: _of_silence,
    Rule.LETTER_UNANSWERED: _of_letter,
    Rule.NOT_INTERESTED: _of_low_rating,
    Rule.NOT_REACHED: _of_tries,
    Rule.YOUR_TURN: _of_wait,
    Rule.MAY_NOT_CALL: _of_wait,
    Rule.ALREADY_ASKED: _of_wait,
    Rule.WINDOW_OPEN: _of_wait,
    Rule.PROMISE_LAPSED: _of_wait,
    Rule.WINDOW_CLOSED: _of_wait,
}
_THEN: dict[Rule, Promise] = {
    Rule.MAY_NOT_CALL: gettext_lazy("A call is not wanted; a letter is the way to ask."),
    Rule.ALREADY_ASKED: gettext_lazy("It was asked before; a letter is next."),
    Rule.NOT_REACHED: gettext_lazy("A letter is next."),
    Rule.LETTER_UNANSWERED: gettext_lazy("The wait can be closed."),
    Rule.SILENCE_IS_REFUSAL: gettext_lazy("The wait can be closed."),
    Rule.NOT_INTERESTED: gettext_lazy("It can be let go."),
    Rule.WINDOW_OPEN: gettext_lazy("It is time to weigh whether it is worth a call."),
    Rule.WINDOW_CLOSED: gettext_lazy("Long enough to call and ask."),
    Rule.LEARN_FROM_REFUSAL: gettext_lazy("It is worth asking what was lacking."),
}
_TRYING = (Rule.PROMISE_LAPSED, Rule.WINDOW_CLOSED, Rule.YOUR_TURN, Rule.MISSED_CALL)


def _next_of(step: NextStep[Any], told: LineText) -> str:
    """What it means once the step is due; before that, until when there is nothing to do."""
    if step.due is None or step.step == Step.PREPARE:
        return ""
    due_on = step.due.astimezone(told.now.tzinfo).date()
    if due_on > told.now.date():
        return _("Nothing to do until %(day)s.") % {"day": told.day(due_on)}
    if step.reason.tried_on and step.rule in _TRYING:
        day = told.day(step.reason.tried_on[-1])
        return _("Nobody answered on %(day)s; it is time to try again.") % {"day": day}
    if step.rule == Rule.PROMISE_LAPSED:
        return _("No call has been made since.")
    return str(_THEN.get(step.rule, ""))
