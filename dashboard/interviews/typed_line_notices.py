"""What a typed line may overlook: another interview at that hour, or the same one, added before;
and that it may be about an application alone."""

import re
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from urllib.parse import urlencode

from django.urls import reverse
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
    passed = list(_passed(typed))
    if draft.day is None:
        return passed
    midnight = datetime.combine(draft.day, time(), candidate.zone)
    rows = (
        queries.interviews_of(candidate)
        .not_cancelled()
        .filter(starts_at__gte=midnight, starts_at__lt=midnight + timedelta(days=1))
        .order_by("starts_at", "pk")
    )
    about = [said for row in rows for said in _about(typed, row, candidate)]
    return list(dict.fromkeys([*passed, *about]))


def _passed(typed: Typed) -> Iterator[str]:
    """A weekday by which they answer may be the one before today, or the next."""
    promise = typed.draft.promise
    if promise and promise.passed and promise.by:
        values = {"passed": short_day(promise.passed, typed), "by": short_day(promise.by, typed)}
        yield (
            _(
                "We took %(by)s as the promised date. If they meant %(passed)s, which has passed, "
                "choose it on the next page."
            )
            % values
        )


APPLIED = re.compile(
    r"\b(?:applied|beworben|candidat\w*|postul\w*|solicit\w*|откликнул\w*)\b", re.IGNORECASE
)


def position_address(typed: Typed) -> str:
    """Where the line is a position without an interview: "applied on 20 Nov". Empty if it says
    nothing of the kind, or a time of day, which only an interview has."""
    draft = typed.draft
    if draft.clock is not None or not APPLIED.search(typed.text):
        return ""
    said = {"company": draft.company, "title": draft.position}
    said["applied_on"] = draft.day.isoformat() if draft.day and draft.day <= typed.on else ""
    given = {name: value for name, value in said.items() if value}
    return f"{reverse('dashboard:position-create')}?{urlencode(given)}"


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
