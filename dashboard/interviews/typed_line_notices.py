"""What a typed line may overlook: another interview at that hour, or the same one, added before."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from django.utils.translation import gettext as _

from dashboard.interviews.typed_line import Typed
from dashboard.interviews.typed_line_reading import short_day
from interviews import queries
from interviews.models import Candidate, Interview
from interviews.quick_add.names import is_same
from interviews.rules.facts import MINUTES_DEFAULT
from interviews.text import dates


def notices(typed: Typed, candidate: Candidate) -> list[str]:
    """One query; none for a line without a day."""
    draft = typed.draft
    if draft.day is None:
        return []
    midnight = datetime.combine(draft.day, time(), candidate.zone)
    rows = (
        queries.interviews_of(candidate)
        .not_cancelled()
        .filter(starts_at__gte=midnight, starts_at__lt=midnight + timedelta(days=1))
        .order_by("starts_at", "pk")
    )
    return list(dict.fromkeys(said for row in rows for said in _about(typed, row, candidate)))


def _about(typed: Typed, row: Interview, candidate: Candidate) -> Iterator[str]:
    draft, company = typed.draft, row.vacancy.company.name
    assert draft.day is not None
    if is_same(draft.company, [company]) and is_same(draft.position, [row.vacancy.title]):
        values = {"interview": str(row.vacancy), "day": short_day(draft.day, typed)}
        yield _("Already there: %(interview)s, %(day)s.") % values
    elif draft.clock is not None:
        starts = datetime.combine(draft.day, draft.clock, candidate.zone)
        ends = starts + timedelta(minutes=draft.minutes or MINUTES_DEFAULT)
        if row.starts_at < ends and starts < row.ends_at:
            at = dates.clock(row.starts_at.astimezone(candidate.zone))
            yield _("You meet %(company)s at %(time)s.") % {"company": company, "time": at}
