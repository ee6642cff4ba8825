"""Chances in words: about how many of how many, since no single wait is a percentage."""

from datetime import date, datetime
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from insights.forecast import Chance, Forecast, Posterior
from interviews.text import dates

# With fewer own answers the forecast says little about the next one.
ENOUGH = 10


class Share(NamedTuple):
    """From this chance on it has this name."""

    from_chance: float
    said: Promise


SHARES = (
    Share(0.0, gettext_lazy("hardly one in fifty")),
    Share(0.03, gettext_lazy("one in twenty")),
    Share(0.075, gettext_lazy("one in ten")),
    Share(0.15, gettext_lazy("one in five")),
    Share(0.225, gettext_lazy("one in four")),
    Share(0.29, gettext_lazy("one in three")),
    Share(0.365, gettext_lazy("two in five")),
    Share(0.45, gettext_lazy("one in two")),
    Share(0.55, gettext_lazy("three in five")),
    Share(0.635, gettext_lazy("two in three")),
    Share(0.71, gettext_lazy("three in four")),
    Share(0.775, gettext_lazy("four in five")),
    Share(0.85, gettext_lazy("nine in ten")),
    Share(0.95, gettext_lazy("nearly all")),
)


def share(chance: float) -> str:
    """For example "one in two"."""
    return str([each.said for each in SHARES if chance >= each.from_chance][-1])


def percent(chance: float) -> str:
    return _("%(percent)d %%") % {"percent": round(100 * chance)}


def between(chance: Chance) -> str:
    """For example "one in four to three in four"; a single one if both have the same name."""
    low, high = share(chance.low), share(chance.high)
    if low == high:
        return low
    return _("%(low)s to %(high)s") % {"low": low, "high": high}


def ever(forecast: Forecast) -> str:
    """How many waits like this one still bring an answer, and how certain that is."""
    said = ngettext(
        "After %(days)d silent day about %(share)s like this still brings an answer; it may be "
        "%(between)s.",
        "After %(days)d silent days about %(share)s like this still brings an answer; it may be "
        "%(between)s.",
        forecast.day,
    )
    if forecast.day == 0:
        said = _("At the start about %(share)s like this brings an answer; it may be %(between)s.")
    values = {"days": forecast.day, "share": share(forecast.ever.middle)}
    return said % {**values, "between": between(forecast.ever)}


def brief(forecast: Forecast) -> str:
    """The same for a list, in one sentence."""
    said = ngettext(
        "After %(days)d silent day about %(share)s still brings an answer (%(between)s), and about "
        "%(good)s a good one.",
        "After %(days)d silent days about %(share)s still brings an answer (%(between)s), and "
        "about %(good)s a good one.",
        forecast.day,
    )
    return said % {
        "days": forecast.day,
        "share": share(forecast.ever.middle),
        "between": between(forecast.ever),
        "good": share(forecast.ever_positive.middle),
    }


def good(forecast: Forecast) -> str:
    said = _("Good news still comes to about %(share)s.")
    return said % {"share": share(forecast.ever_positive.middle)}


def by_day(forecast: Forecast, day: date, *, is_promised: bool, now: datetime) -> str:
    said = _("By %(day)s an answer has come to about %(share)s, good news to %(good)s.")
    if is_promised:
        said = _(
            "By %(day)s, as promised, an answer has come to about %(share)s, good news to %(good)s."
        )
    shares = {
        "share": share(forecast.until.middle),
        "good": share(forecast.until_positive.middle),
    }
    return said % {"day": dates.day(day, now=now), **shares}


def rests_on(posterior: Posterior) -> str:
    """What the numbers rest on, and how much of it is the candidate's own."""
    said = _("This rests on published figures alone: none of your own waits has been answered yet.")
    if posterior.own >= ENOUGH:
        said = ngettext(
            "Your own %(count)d answer speaks in it.",
            "Your own %(count)d answers speak in it.",
            posterior.own,
        )
    elif posterior.own:
        said = ngettext(
            "Your own %(count)d answer says little yet; the rest is from published figures.",
            "Your own %(count)d answers say little yet; the rest is from published figures.",
            posterior.own,
        )
    told = said % {"count": posterior.own} if posterior.own else said
    if posterior.others:
        told += " " + _("Waits that others here share speak in it too.")
    return told
