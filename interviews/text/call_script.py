"""What to have at hand for a call: whom to ask for, the first words, and reasons for the
silence."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from interviews.rules import Initiator, MayCall, Reason, Rule, Since
from interviews.text import dates


@dataclass(frozen=True, slots=True)
class Calling:
    """The caller, the person and the subject; `interviewed_on` is the candidate's local date."""

    position: str
    interviewed_on: date
    person: str | None = None
    company: str | None = None
    sender: str | None = None


@dataclass(frozen=True, slots=True)
class CallScript:
    ask_for: str
    opening: str
    if_undecided: str
    if_refused: str
    voicemail: str
    gatekeeper: str
    harmless_reasons: tuple[str, ...]


def call_script(rule: Rule, reason: Reason, calling: Calling, *, now: datetime) -> CallScript:
    """The script for a stored step; `now` is local to the candidate."""
    values = _values(calling, now)
    return CallScript(
        ask_for=_ask_for(calling),
        opening=opening(rule, reason, calling, now=now),
        if_undecided=_if_undecided(rule),
        if_refused=_if_refused(rule),
        voicemail=_voicemail(rule) % values,
        gatekeeper=_gatekeeper(calling) % values,
        # Somebody who called, or is only asked for news, owes the candidate no answer.
        harmless_reasons=() if rule in _OPENINGS else _harmless_reasons(),
    )


def opening(rule: Rule, reason: Reason, calling: Calling, *, now: datetime) -> str:
    """Only the first words, for a mail."""
    return _opening(rule, reason, now) % (_values(calling, now) | _moments(reason, now))


def _values(calling: Calling, now: datetime) -> dict[str, str]:
    return {
        "sender": calling.sender or _("[your name]"),
        "person": calling.person or "",
        "position": calling.position,
        "interviewed_on": dates.day(calling.interviewed_on, now=now),
    }


def _moments(reason: Reason, now: datetime) -> dict[str, str]:
    """The dates that an opening line may mention."""
    said = {}
    if reason.promised_on is not None:
        promised = dates.day_and_clock(reason.promised_on, reason.promised_time, now=now)
        said["promised"] = promised
    if reason.since_on is not None:
        said["since"] = dates.day(reason.since_on, now=now)
    if reason.called_at is not None:
        said["called"] = dates.moment(reason.called_at, now=now)
    return said


def _ask_for(calling: Calling) -> str:
    if calling.person and calling.company:
        said = _("Ask for %(person)s at %(company)s.")
        return said % {"person": calling.person, "company": calling.company}
    if calling.person:
        return _("Ask for %(person)s.") % {"person": calling.person}
    said = _("Ask for the person hiring for the %(position)s position.")
    return said % {"position": calling.position}


def _opening(rule: Rule, reason: Reason, now: datetime) -> str:
    if rule in _OPENINGS:
        return _OPENINGS[rule]()
    if reason.is_on_promise:
        return _opening_on_promise(reason, now)
    if reason.since in (Since.ANSWER, Since.OWN_CONTACT):
        return _opening_after_contact(reason)
    return _(
        "Hello, this is %(sender)s. We met on %(interviewed_on)s to talk about the %(position)s "
        "position. I am still very interested, and I wanted to ask how the decision is coming "
        "along."
    )


_OPENINGS: dict[Rule, Callable[[], str]] = {
    Rule.MISSED_CALL: lambda: _(
        "Hello, this is %(sender)s. I missed a call from you on %(called)s, and I am calling "
        "back about the %(position)s position."
    ),
    Rule.KEPT_ON_FILE: lambda: _(
        "Hello, this is %(sender)s. We met on %(interviewed_on)s to talk about the %(position)s "
        "position, and you kindly kept my application on file. I am getting in touch again, as "
        "agreed. Do you have anything coming up that might be a fit?"
    ),
}


def _opening_on_promise(reason: Reason, now: datetime) -> str:
    if reason.initiator == Initiator.CANDIDATE:
        return _opening_on_own_promise(reason, now)
    if reason.promised_on is None:
        return _(
            "Hello, this is %(sender)s. When we met on %(interviewed_on)s about the "
            "%(position)s position, I was told that I would hear from you. May I ask how things "
            "stand?"
        )
    if reason.may_call == MayCall.YES:
        return _(
            "Hello, this is %(sender)s. When we met on %(interviewed_on)s about the "
            "%(position)s position, I was told to expect an answer by %(promised)s, and that I "
            "was welcome to call. May I ask how things stand?"
        )
    return _(
        "Hello, this is %(sender)s. When we met on %(interviewed_on)s about the %(position)s "
        "position, I was told to expect an answer by %(promised)s. May I ask how things stand?"
    )


def _opening_on_own_promise(reason: Reason, now: datetime) -> str:
    if reason.promised_on == now.date():
        return _(
            "Hello, this is %(sender)s. When we met on %(interviewed_on)s about the "
            "%(position)s position, we agreed that I would call you today. How do things stand?"
        )
    if reason.promised_on is None:
        return _(
            "Hello, this is %(sender)s. When we met on %(interviewed_on)s about the "
            "%(position)s position, we agreed that I would call you. How do things stand?"
        )
    return _(
        "Hello, this is %(sender)s. When we met on %(interviewed_on)s about the %(position)s "
        "position, we agreed that I would call you on %(promised)s. How do things stand?"
    )


def _opening_after_contact(reason: Reason) -> str:
    if reason.since == Since.OWN_CONTACT:
        return _(
            "Hello, this is %(sender)s. I wrote to you on %(since)s about the %(position)s "
            "position, as we had agreed. May I ask how things stand?"
        )
    return _(
        "Hello, this is %(sender)s. When we were last in touch, on %(since)s, the decision "
        "about the %(position)s position was still open. May I ask how things stand now?"
    )


def _if_undecided(rule: Rule) -> str:
    if rule == Rule.KEPT_ON_FILE:
        return _("When would be a good time to ask again? And who should I ask for?")
    return _("When do you expect to know more? And may I call you if that day passes?")


def _if_refused(rule: Rule) -> str:
    if rule == Rule.KEPT_ON_FILE:
        return _(
            "Thank you for telling me. Do you know anyone, there or elsewhere, who might be "
            "looking for someone like me?"
        )
    return _(
        "Thank you for telling me. May I ask what was missing? It would help me to know what "
        "to work on."
    )


def _voicemail(rule: Rule) -> str:
    if rule == Rule.MISSED_CALL:
        return _(
            "Hello, this is %(sender)s, calling back about the %(position)s position. You can "
            "reach me on this number, and I will try again. Thank you."
        )
    if rule == Rule.KEPT_ON_FILE:
        return _(
            "Hello, this is %(sender)s. We met on %(interviewed_on)s about the %(position)s "
            "position, and you kindly kept my application on file. I am getting in touch again, "
            "as agreed. You can call me back on this number, and I will try again too. Thank "
            "you."
        )
    return _(
        "Hello, this is %(sender)s. We met on %(interviewed_on)s about the %(position)s "
        "position, and I would like to ask how things stand. You can call me back on this "
        "number, and I will try again too. Thank you."
    )


def _gatekeeper(calling: Calling) -> str:
    if calling.person:
        return _(
            "Hello, this is %(sender)s. Could you put me through to %(person)s, please? It is "
            "about our interview on %(interviewed_on)s. If this is a bad time, when may I try "
            "again?"
        )
    return _(
        "Hello, this is %(sender)s. Could you put me through to the person hiring for the "
        "%(position)s position, please? I had an interview with you on %(interviewed_on)s. If "
        "this is a bad time, when may I try again?"
    )


def _harmless_reasons() -> tuple[str, ...]:
    """Why nobody may have called, though nothing is wrong."""
    return (
        _("The person who decides is ill, travelling or on leave."),
        _("Another candidate’s interview was moved, and your answer has to wait for it."),
        _("They want you, but a budget or contract still needs a signature."),
        _("They had a busy day, and the note to call you is still on a desk."),
        _("They tried, but a digit was wrong or the email went to spam."),
        _("The role itself is being rethought, and no one has been told yet."),
    )
