"""What one candidate can tell of each company, for those who share (`shared.py`)."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from interviews.learned.kept import Made
from interviews.learned.waits import Wait
from interviews.promises import Fate

# Nobody counts for more than so many of a company's waits: the newest.
WAITS_MAX = 3
# Silent for so long, a wait that nobody has closed counts as unanswered.
SILENT = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Tally:
    company: str
    waits: int
    answered: int
    kept: int
    late: int
    broken: int


def tally_companies(waits: Sequence[Wait], made: Iterable[Made], *, now: datetime) -> list[Tally]:
    """Of waits that are over; `waits` in the order of time."""
    over: dict[str, list[Wait]] = defaultdict(list)
    for wait in waits:
        if not wait.is_withdrawn and (wait.kind or now - wait.ended_at > SILENT):
            over[wait.company].append(wait)
    promises: dict[int, list[Fate]] = defaultdict(list)
    for each in made:
        promises[id(each.wait)].append(each.fate)
    return [_tally(company, rows[-WAITS_MAX:], promises) for company, rows in over.items()]


def _tally(company: str, waits: Sequence[Wait], promises: dict[int, list[Fate]]) -> Tally:
    fates = [fate for wait in waits for fate in promises[id(wait)]]
    return Tally(
        company=company,
        waits=len(waits),
        answered=sum(each.is_answered for each in waits),
        kept=fates.count(Fate.KEPT),
        late=fates.count(Fate.LATE),
        broken=fates.count(Fate.BROKEN),
    )
