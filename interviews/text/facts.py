"""The first half of a sentence: what a step goes by."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from interviews.rules import Channel, Initiator, NextStep, Reason, ResultKind, Rule, Since
from interviews.text import dates

TRIES_SAID = 2


@dataclass(frozen=True, slots=True)
class Fact:
    """A clause, capitalised, and the day it speaks of."""

    text: str
    day: date | None


def fact_of(step: NextStep[Any], *, name: str | None, now: datetime) -> Fact:
    """`name` is the person's or the company's; without it the clause names nobody."""
    return _FACTS.get(step.rule, _of_wait)(step.reason, name, now)


def _fact(
    named: Promise, unnamed: Promise, name: str | None, day: date | None, /, **values: str
) -> Fact:
    if name is None:
        return Fact(str(unnamed) % values, day)
    return Fact(str(named) % (values | {"name": name}), day)


def _of_wait(reason: Reason, name: str | None, now: datetime) -> Fact:
    return _of_promise(reason, name, now) if reason.is_on_promise else _of_window(reason, name, now)


def _of_promise(reason: Reason, name: str | None, now: datetime) -> Fact:
    if reason.initiator == Initiator.CANDIDATE:
        return _of_own_promise(reason, name, now)
    speaker = name if reason.is_by_person else None
    if reason.promised_on is None:
        return _fact(
            _("%(name)s promised an answer on %(day)s, with no day named"),
            _("An answer was promised on %(day)s, with no day named"),
            speaker,
            None,
            day=_day(reason.made_on, now),
        )
    return _fact(
        _("%(name)s promised an answer by %(when)s"),
        _("An answer was promised by %(when)s"),
        speaker,
        reason.promised_on,
        when=dates.day_and_clock(reason.promised_on, reason.promised_time, now=now),
    )


def _of_own_promise(reason: Reason, name: str | None, now: datetime) -> Fact:
    is_call = reason.channel == Channel.PHONE
    if reason.promised_on is None:
        named = (
            _("On %(day)s you agreed to call %(name)s, with no day named")
            if is_call
            else _("On %(day)s you agreed to write to %(name)s, with no day named")
        )
        unnamed = (
            _("On %(day)s you agreed to call, with no day named")
            if is_call
            else _("On %(day)s you agreed to write, with no day named")
        )
        return _fact(named, unnamed, name, None, day=_day(reason.made_on, now))
    named, unnamed = _OWN_CALL if is_call else _OWN_LETTER
    when = dates.day_and_clock(reason.promised_on, reason.promised_time, now=now)
    return _fact(named, unnamed, name, reason.promised_on, when=when)


_OWN_CALL = (
    _("You agreed to call %(name)s on %(when)s"),
    _("You agreed to call on %(when)s"),
)
_OWN_LETTER = (
    _("You agreed to write to %(name)s on %(when)s"),
    _("You agreed to write on %(when)s"),
)


def _of_window(reason: Reason, name: str | None, now: datetime) -> Fact:
    day = _day(reason.since_on, now)
    if reason.since == Since.OWN_CONTACT:
        said = _("You wrote as agreed on %(day)s")
        return _fact(said, said, None, reason.since_on, day=day)
    if reason.since == Since.ANSWER:
        return _fact(
            _("%(name)s had no decision yet on %(day)s"),
            _("There was no decision yet on %(day)s"),
            name if reason.is_by_person else None,
            reason.since_on,
            day=day,
        )
    said = _("No day was agreed at the interview on %(day)s")
    return _fact(said, said, None, reason.since_on, day=day)


def _of_missed_call(reason: Reason, name: str | None, now: datetime) -> Fact:
    called_at = reason.called_at
    return _fact(
        _("%(name)s called on %(when)s and did not reach you"),
        _("You missed a call on %(when)s"),
        name if reason.is_by_person else None,
        called_at and called_at.date(),
        when=_moment(called_at, now),
    )


_RESULTS: dict[ResultKind | None, Promise] = {
    ResultKind.OFFER: _("An offer came on %(day)s"),
    ResultKind.NEXT_STAGE: _("The next stage was reached on %(day)s"),
    ResultKind.REFUSAL: _("A refusal came on %(day)s"),
    ResultKind.ASSUMED_REFUSAL: _("A refusal was assumed on %(day)s"),
    ResultKind.WITHDRAWN: _("You withdrew on %(day)s"),
    ResultKind.NO_RESPONSE: _("The wait was closed without an answer on %(day)s"),
}


def _of_result(reason: Reason, _name: str | None, now: datetime) -> Fact:
    said = _RESULTS.get(reason.result, _("The result was known on %(day)s"))
    return _fact(said, said, None, reason.result_on, day=_day(reason.result_on, now))


def _of_file(reason: Reason, _name: str | None, now: datetime) -> Fact:
    said = _("You are kept on file, to get in touch again on %(day)s")
    return _fact(said, said, None, reason.recontact_on, day=_day(reason.recontact_on, now))


def _of_coming(reason: Reason, name: str | None, now: datetime) -> Fact:
    starts_at = reason.starts_at
    if starts_at is None:
        return Fact("", None)
    local = starts_at.astimezone(now.tzinfo)
    if local <= now:
        named, unnamed = _UNDER_WAY
        return _fact(named, unnamed, name, None)
    if local.date() == now.date():
        named, unnamed = _COMING_TODAY
        return _fact(named, unnamed, name, local.date(), time=dates.clock(local))
    return _fact(
        _("The interview with %(name)s is on %(when)s"),
        _("The interview is on %(when)s"),
        name,
        local.date(),
        when=dates.moment(local, now=now),
    )


_COMING_TODAY = (
    _("The interview with %(name)s is today at %(time)s"),
    _("The interview is today at %(time)s"),
)
_UNDER_WAY = (
    _("The interview with %(name)s is under way"),
    _("The interview is under way"),
)


def _of_ended(reason: Reason, name: str | None, now: datetime) -> Fact:
    return _fact(
        _("The interview with %(name)s ended on %(when)s"),
        _("The interview ended on %(when)s"),
        name,
        reason.ended_at and reason.ended_at.date(),
        when=_moment(reason.ended_at, now),
    )


def _of_silence(reason: Reason, _name: str | None, now: datetime) -> Fact:
    if reason.promised_on is None:
        said = _("It was agreed on %(day)s that silence means a refusal")
        return _fact(said, said, None, None, day=_day(reason.made_on, now))
    said = _("It was agreed that silence until %(when)s means a refusal")
    when = dates.day_and_clock(reason.promised_on, reason.promised_time, now=now)
    return _fact(said, said, None, reason.promised_on, when=when)


def _of_letter(reason: Reason, name: str | None, now: datetime) -> Fact:
    return _fact(
        _("You wrote to %(name)s on %(day)s"),
        _("You wrote on %(day)s"),
        name if reason.is_by_person else None,
        reason.letter_on,
        day=_day(reason.letter_on, now),
    )


def _of_low_rating(_reason: Reason, _name: str | None, _now: datetime) -> Fact:
    return Fact(str(_("You gave this job a low rating")), None)


def _of_tries(reason: Reason, _name: str | None, now: datetime) -> Fact:
    tries = reason.tried_on[-TRIES_SAID:]
    said = _("Nobody answered on %(days)s")
    return _fact(said, said, None, tries[-1] if tries else None, days=dates.days(tries, now=now))


def _day(value: date | None, now: datetime) -> str:
    return "" if value is None else dates.day(value, now=now)


def _moment(value: datetime | None, now: datetime) -> str:
    return "" if value is None else dates.moment(value, now=now)


_FACTS: dict[Rule, Callable[[Reason, str | None, datetime], Fact]] = {
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
}
