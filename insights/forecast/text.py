"""A chance in words: about how many of how many, since nobody's own wait is a percentage."""

from datetime import date, datetime
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from insights.forecast import Chance, Forecast, Posterior
from interviews.text import dates

# Fewer own answers than these say little of the next one.
ENOUGH = 10


class Share(NamedTuple):
    """From this chance on it is called so."""

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
    """one in two"""
    return str([each.said for each in SHARES if chance >= each.from_chance][-1])


def percent(chance: float) -> str:
    return _("%(percent)d %%") % {"percent": round(100 * chance)}


def between(chance: Chance) -> str:
    """one in four to three in four; a single one where both are called alike"""
    low, high = share(chance.low), share(chance.high)
    if low == high:
        return low
    return _("%(low)s to %(high)s") % {"low": low, "high": high}


def ever(outlook: Forecast) -> str:
    """Of waits like this one, how many still bring an answer, and how sure that is."""
    said = ngettext(
        "After %(days)d silent day about %(share)s like this still brings an answer; it may be "
        "%(between)s.",
        "After %(days)d silent days about %(share)s like this still brings an answer; it may be "
        "%(between)s.",
        outlook.day,
    )
    if outlook.day == 0:
        said = _("At the start about %(share)s like this brings an answer; it may be %(between)s.")
    values = {"days": outlook.day, "share": share(outlook.ever.middle)}
    return said % {**values, "between": between(outlook.ever)}


def brief(outlook: Forecast) -> str:
    """The same for a list, in one sentence."""
    said = ngettext(
        "After %(days)d silent day about %(share)s still brings an answer (%(between)s), and about "
        "%(good)s a good one.",
        "After %(days)d silent days about %(share)s still brings an answer (%(between)s), and "
        "about %(good)s a good one.",
        outlook.day,
    )
    return said % {
        "days": outlook.day,
        "share": share(outlook.ever.middle),
        "between": between(outlook.ever),
        "good": share(outlook.ever_positive.middle),
    }


def good(outlook: Forecast) -> str:
    said = _("Good news still comes to about %(share)s.")
    return said % {"share": share(outlook.ever_positive.middle)}


def by_day(outlook: Forecast, day: date, *, is_promised: bool, now: datetime) -> str:
    said = _("By %(day)s an answer has come to about %(share)s, good news to %(good)s.")
    if is_promised:
        said = _(
            "By %(day)s, as promised, an answer has come to about %(share)s, good news to %(good)s."
        )
    shares = {
        "share": share(outlook.until.middle),
        "good": share(outlook.until_positive.middle),
    }
    return said % {"day": dates.day(day, now=now), **shares}


def rests_on(posterior: Posterior) -> str:
    """What the numbers are taken from, and how much of it is hers."""
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
