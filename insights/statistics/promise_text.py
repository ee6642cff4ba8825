"""Sentences about a company's promises, kept and broken, next to a new agreement."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def own(name: str, *, kept: int, late: int, broken: int) -> str:
    """For example: Acme has kept 1 of 4 promises on time. 2 came late."""
    made = kept + late + broken
    if made == 1:
        if kept:
            return _("%(name)s has made one promise so far and kept it.") % {"name": name}
        if late:
            return _("%(name)s has made one promise so far and answered late.") % {"name": name}
        return _("%(name)s has made one promise so far and didn’t keep it.") % {"name": name}
    first = ngettext(
        "%(name)s has kept %(kept)d of %(made)d promises on time.",
        "%(name)s has kept %(kept)d of %(made)d promises on time.",
        kept,
    ) % {"made": made, "name": name, "kept": kept}
    if not kept:
        values = {"made": made, "name": name}
        first = _("%(name)s has kept none of %(made)d promises on time.") % values
    if not late:
        return first
    second = ngettext("%(late)d came late.", "%(late)d came late.", late) % {"late": late}
    return f"{first} {second}"


def pooled(*, waits: int, answered_percent: int, promises: int, kept_percent: int | None) -> str:
    """The numbers are rounded already (insights/statistics/pooled.py)."""
    said = _(
        "People on Hearback have waited for this company about %(waits)d times. About "
        "%(answered)d%% got an answer."
    ) % {"waits": waits, "answered": answered_percent}
    if kept_percent is None:
        return said
    kept = _("It kept about %(kept)d%% of roughly %(promises)d promises on time.")
    return f"{said} {kept % {'promises': promises, 'kept': kept_percent}}"
