"""Chances in words, with the range in numbers, since no single wait is a percentage."""

from datetime import date, datetime
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from insights.forecast import Chance, Forecast, Posterior
from interviews.text import dates

# With fewer own answers the forecast says little about the next one.
ENOUGH = 10

# Below this chance of any answer, it is better not to wait for it.
HARDLY = 0.225
EVEN = 0.5


class Share(NamedTuple):
    """From this chance on it has this name."""

    from_chance: float
    said: Promise


SHARES = (
    Share(0.0, gettext_lazy("less than 1 in 30")),
    Share(0.03, gettext_lazy("about 1 in 20")),
    Share(0.075, gettext_lazy("about 1 in 10")),
    Share(0.15, gettext_lazy("about 1 in 5")),
    Share(0.225, gettext_lazy("about a quarter")),
    Share(0.29, gettext_lazy("about a third")),
    Share(0.365, gettext_lazy("about 2 in 5")),
    Share(0.45, gettext_lazy("about half")),
    Share(0.55, gettext_lazy("about 3 in 5")),
    Share(0.635, gettext_lazy("about two thirds")),
    Share(0.71, gettext_lazy("about three quarters")),
    Share(0.775, gettext_lazy("about 4 in 5")),
    Share(0.85, gettext_lazy("about 9 in 10")),
    Share(0.95, gettext_lazy("more than 19 in 20")),
)


def share(chance: float) -> str:
    """For example "about half"."""
    return str([each.said for each in SHARES if chance >= each.from_chance][-1])


def percent(chance: float) -> str:
    return _("%(percent)d%%") % {"percent": round(100 * chance)}


def between(chance: Chance) -> str:
    """For example "25–75%"; one number if both are the same."""
    low, high = round(100 * chance.low), round(100 * chance.high)
    if low == high:
        return percent(chance.low)
    return _("%(low)s–%(high)s%%") % {"low": low, "high": high}


def ever(forecast: Forecast) -> str:
    """How many waits like this one still bring an answer, and how certain that is."""
    said = ngettext(
        "After %(days)d day of waiting, the chance of an answer is %(share)s (%(between)s).",
        "After %(days)d days of waiting, the chance of an answer is %(share)s (%(between)s).",
        forecast.day,
    )
    if forecast.day == 0:
        said = _("At the start, the chance of an answer is %(share)s (%(between)s).")
    values = {"days": forecast.day, "share": share(forecast.ever.middle)}
    return said % {**values, "between": between(forecast.ever)}


def brief(forecast: Forecast) -> str:
    """The same for a list, in one sentence."""
    said = ngettext(
        "After %(days)d day of waiting, the chance of an answer is %(share)s (%(between)s), "
        "and of good news %(good)s.",
        "After %(days)d days of waiting, the chance of an answer is %(share)s (%(between)s), "
        "and of good news %(good)s.",
        forecast.day,
    )
    if forecast.day == 0:
        said = _(
            "At the start, the chance of an answer is %(share)s (%(between)s), "
            "and of good news %(good)s."
        )
    return said % {
        "days": forecast.day,
        "share": share(forecast.ever.middle),
        "between": between(forecast.ever),
        "good": share(forecast.ever_positive.middle),
    }


def good(forecast: Forecast) -> str:
    said = _("The chance of good news is %(share)s.")
    return said % {"share": share(forecast.ever_positive.middle)}


def nothing_lost(due: datetime, *, now: datetime) -> str:
    return _("You lose nothing by waiting until %(until)s.") % {"until": dates.until(due, now=now)}


def consequence(forecast: Forecast) -> str:
    """What to do about it, if the forecast is `by` a week from now. Whether a call changes the
    chance is not known, only that it ends the wait."""
    if forecast.ever.middle < HARDLY:
        return _("Don’t count on an answer: keep applying elsewhere.")
    if forecast.until.middle < EVEN:
        return _("If you’d rather know, call or write.")
    return _("Most answers of this kind still come within a week.")


def by_day(forecast: Forecast, day: date, *, is_promised: bool, now: datetime) -> str:
    said = _("By %(day)s, the chance of an answer is %(share)s, and of good news %(good)s.")
    if is_promised:
        said = _(
            "By the promised date, %(day)s, the chance of an answer is %(share)s, and of good "
            "news %(good)s."
        )
    shares = {
        "share": share(forecast.until.middle),
        "good": share(forecast.until_positive.middle),
    }
    return said % {"day": dates.day(day, now=now), **shares}


def rests_on(posterior: Posterior) -> str:
    """What the numbers rest on, and how much of it is the candidate's own."""
    said = _("Based on published figures only, as you don’t have any answers yet.")
    if posterior.own >= ENOUGH:
        said = ngettext(
            "Based on your own %(count)d answer.",
            "Based on your own %(count)d answers.",
            posterior.own,
        )
    elif posterior.own:
        said = ngettext(
            "Based mostly on published figures, as you have only %(count)d answer so far.",
            "Based mostly on published figures, as you have only %(count)d answers so far.",
            posterior.own,
        )
    told = said % {"count": posterior.own} if posterior.own else said
    if posterior.others:
        told += " " + _("It also uses waits that other people on Hearback share.")
    return told
