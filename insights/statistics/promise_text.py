"""Sentences about a company's promises, kept and broken, next to a new agreement."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def own(name: str, *, kept: int, late: int, broken: int) -> str:
    """For example: Of four promises by Acme, one was kept on the day, two came late and one was
    broken."""
    made = kept + late + broken
    if made == 1:
        if kept:
            return _("The one promise by %(name)s so far was kept.") % {"name": name}
        if late:
            return _("The one promise by %(name)s so far was kept late.") % {"name": name}
        return _("The one promise by %(name)s so far was broken.") % {"name": name}
    first = ngettext(
        "Of %(made)d promises by %(name)s, %(kept)d was kept on the day",
        "Of %(made)d promises by %(name)s, %(kept)d were kept on the day",
        kept,
    ) % {"made": made, "name": name, "kept": kept}
    if not kept:
        values = {"made": made, "name": name}
        first = _("Of %(made)d promises by %(name)s, none was kept on the day") % values
    if not late:
        return _("%(first)s.") % {"first": first}
    second = ngettext("%(late)d late", "%(late)d late", late) % {"late": late}
    return _("%(first)s, %(second)s.") % {"first": first, "second": second}


def pooled(*, waits: int, answered_percent: int, promises: int, kept_percent: int | None) -> str:
    """The numbers are rounded already (insights/statistics/pooled.py)."""
    said = _(
        "Others here waited some %(waits)d times for an answer from there; about "
        "%(answered)d %% were told."
    ) % {"waits": waits, "answered": answered_percent}
    if kept_percent is None:
        return said
    kept = _("Of some %(promises)d promises about %(kept)d %% were kept on the day.")
    return f"{said} {kept % {'promises': promises, 'kept': kept_percent}}"
