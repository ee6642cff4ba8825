"""What one candidate's waits say about each company, for those who share (`pooled.py`)."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from insights.promise_outcome import Outcome
from insights.statistics.promises import SettledPromise
from insights.statistics.spans import Span

# Nobody counts for more than this many of a company's waits: the newest.
WAITS_MAX = 3
# After this many days of silence, an open wait counts as unanswered.
SILENT = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class CompanyTallyRow:
    company: str
    waits: int
    answered: int
    kept: int
    late: int
    broken: int


def tally_companies(
    waits: Sequence[Span], made: Iterable[SettledPromise], *, now: datetime
) -> list[CompanyTallyRow]:
    """Count the waits that are over; `waits` are in the order of time."""
    over: dict[str, list[Span]] = defaultdict(list)
    for wait in waits:
        if not wait.is_withdrawn and (wait.kind or now - wait.ended_at > SILENT):
            over[wait.company].append(wait)
    promises: dict[int, list[Outcome]] = defaultdict(list)
    for each in made:
        promises[id(each.wait)].append(each.outcome)
    return [_tally(company, rows[-WAITS_MAX:], promises) for company, rows in over.items()]


def _tally(
    company: str, waits: Sequence[Span], promises: dict[int, list[Outcome]]
) -> CompanyTallyRow:
    outcomes = [outcome for wait in waits for outcome in promises[id(wait)]]
    return CompanyTallyRow(
        company=company,
        waits=len(waits),
        answered=sum(each.is_answered for each in waits),
        kept=outcomes.count(Outcome.KEPT),
        late=outcomes.count(Outcome.LATE),
        broken=outcomes.count(Outcome.BROKEN),
    )
