"""How long the candidate's own applications took to lead to an interview."""

from dataclasses import dataclass
from statistics import median

from django.db.models import Min, Q

from interviews.models import Candidate, Vacancy

# With fewer there is nothing usual; of many, the newest say more.
LEAST, MOST = 3, 100


@dataclass(frozen=True, slots=True)
class Usual:
    days: int
    count: int


def usual_days(candidate: Candidate) -> Usual | None:
    """The median days from the application to the first interview; None with too few. One query."""
    took_place = Q(interviews__cancelled_at=None)
    rows = Vacancy.objects.filter(candidate=candidate, applied_on__isnull=False)
    rows = rows.annotate(first_at=Min("interviews__starts_at", filter=took_place))
    rows = rows.filter(first_at__isnull=False).order_by("-applied_on", "pk")
    known = rows.values_list("applied_on", "first_at")[:MOST]
    days = [(first_at.astimezone(candidate.zone).date() - on).days for on, first_at in known]
    days = [each for each in days if each >= 0]
    return Usual(round(median(days)), len(days)) if len(days) >= LEAST else None
