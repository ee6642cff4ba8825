"""What a coach sees, until when, and what a coach proposes, in sentences."""

from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from interviews.text import dates


def shared(what: str, count: int | None, last_day: date | None, *, now: datetime) -> str:
    """next steps only, for every position, later ones too, until one of you ends it"""
    values = {"what": what, "reach": reach(count), "lasts": lasts(last_day, now=now)}
    return _("%(what)s, %(reach)s, %(lasts)s") % values


def reach(count: int | None) -> str:
    """For how many positions; None for all. Their names stay out of mails."""
    if count is None:
        return _("for every position, later ones too")
    said = ngettext("for one chosen position", "for %(count)s chosen positions", count)
    return said % {"count": count}


def lasts(last_day: date | None, *, now: datetime) -> str:
    if last_day is None:
        return _("until one of you ends it")
    return _("until %(day)s") % {"day": dates.day(last_day, now=now)}


def opened_since() -> str:
    return _(
        "Another link was opened since, in another tab: your answer was to that page, and changed "
        "nothing. This is the one opened last; look who it is, and answer again."
    )


def proposes(name: str, action: str, by_on: date | None, *, now: datetime) -> str:
    """Bob Brown proposes: call by Thursday 26 November"""
    said = {
        "call": _("%(name)s proposes: call"),
        "write": _("%(name)s proposes: write"),
        "prepare": _("%(name)s proposes: prepare for the interview"),
    }.get(action, _("%(name)s proposes: do this"))
    return _by(said % {"name": name}, by_on, now=now)


def as_proposed(name: str, action: str, by_on: date | None, *, now: datetime) -> str:
    """As Bob Brown proposed: call by Thursday 26 November"""
    said = {
        "call": _("As %(name)s proposed: call"),
        "write": _("As %(name)s proposed: write"),
        "prepare": _("As %(name)s proposed: prepare for the interview"),
    }.get(action, _("As %(name)s proposed: do this"))
    return _by(said % {"name": name}, by_on, now=now)


def _by(said: str, by_on: date | None, *, now: datetime) -> str:
    if by_on is None:
        return said
    return _("%(said)s by %(day)s") % {"said": said, "day": dates.day(by_on, now=now)}
