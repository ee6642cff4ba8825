"""The sentences above the rows of Today."""

from datetime import datetime, timedelta

from django.contrib.humanize.templatetags.humanize import apnumber, intcomma
from django.utils.text import capfirst, get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dashboard.today.filters import Kind
from interviews.text import dates

# As many as one can take in; of more, the kinds say nothing.
COUNTED_MAX = 25


def heading(
    counts: dict[Kind, int],
    *,
    now: datetime,
    calls_from: datetime,
    has_proposals: bool = False,
    has_mails: bool = False,
) -> str:
    """For example: Saturday: three letters and four decisions today. Three calls on Monday."""
    weekday = dates.weekday(now.date())
    due = sum(counts[kind] for kind in (Kind.LETTERS, Kind.DECISIONS, Kind.CALLS))
    if due > COUNTED_MAX:
        said = _("%(weekday)s: %(count)s things are due. The most urgent come first.")
        return said % {"weekday": weekday, "count": intcomma(due)}
    can_call = calls_from <= now
    things = [*_letters(counts), *_decisions(counts)]
    calls = _calls(counts)
    if can_call:
        things = [*calls, *things]
    later = "" if can_call or not calls else _calls_later(calls[0], now=now, calls_from=calls_from)
    if things:
        values = {"weekday": weekday, "things": get_text_list(things, _("and"))}
        return " ".join(filter(None, [_("%(weekday)s: %(things)s today.") % values, later]))
    if later:
        return later
    if has_mails:
        return _("%(weekday)s: only forwarded emails to look at.") % {"weekday": weekday}
    if has_proposals:
        said = _("%(weekday)s: only your coach’s suggestions today.")
        return said % {"weekday": weekday}
    return _("%(weekday)s: nothing to do today.") % {"weekday": weekday}


def _letters(counts: dict[Kind, int]) -> list[str]:
    n = counts[Kind.LETTERS]
    said = ngettext("%(count)s letter", "%(count)s letters", n) % {"count": apnumber(n)}
    return [said] if n else []


def _decisions(counts: dict[Kind, int]) -> list[str]:
    n = counts[Kind.DECISIONS]
    said = ngettext("%(count)s decision", "%(count)s decisions", n) % {"count": apnumber(n)}
    return [said] if n else []


def _calls(counts: dict[Kind, int]) -> list[str]:
    n = counts[Kind.CALLS]
    said = ngettext("%(count)s call", "%(count)s calls", n) % {"count": apnumber(n)}
    return [said] if n else []


def _calls_later(calls: str, *, now: datetime, calls_from: datetime) -> str:
    if calls_from.date() == now.date():
        said = _("%(calls)s from %(time)s.")
        return capfirst(said % {"calls": calls, "time": dates.clock(calls_from)})
    said = _("%(calls)s on %(day)s.")
    return capfirst(said % {"calls": calls, "day": dates.short_day(calls_from.date(), now=now)})


def calls_title(calls_from: datetime, *, now: datetime) -> str:
    """The heading of calls that nobody would answer now: Calls, Monday from 10:00"""
    values = {"time": dates.clock(calls_from)}
    if calls_from.date() == now.date():
        return _("Calls from %(time)s") % values
    values["day"] = dates.short_day(calls_from.date(), now=now)
    return _("Calls, %(day)s from %(time)s") % values


def lede(
    waits_until: datetime | None,
    *,
    waiting: int,
    now: datetime,
    calls_from: datetime | None,
    has_something: bool = False,
) -> str:
    """For example: After that, nothing until Thursday. It names the earliest of those that
    wait; a quiet of less than two days needs no word."""
    if waits_until is None or (calls_from and waits_until <= calls_from):
        return ""
    values = {"count": apnumber(waiting), "until": dates.until(waits_until, now=now)}
    if has_something:
        if waits_until.date() - now.date() <= timedelta(days=1):
            return ""
        return _("After that, nothing until %(until)s.") % values
    said = ngettext(
        "You’re waiting for one answer. Nothing to do until %(until)s.",
        "You’re waiting for %(count)s answers. Nothing to do until %(until)s.",
        waiting,
    )
    return said % values
