"""Compute all statistics of one candidate with a constant number of queries."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from insights.forecast import Posterior, Spell
from insights.forecast.fit import fit
from insights.statistics.assumptions import assumptions_of
from insights.statistics.company_tallies import CompanyTallyRow, tally_companies
from insights.statistics.figures import Figures
from insights.statistics.figures_now import count_figures
from insights.statistics.helped import count_helped
from insights.statistics.promises import settled_promises
from insights.statistics.spans import Span, spans_of
from insights.statistics.spells import count_spells
from interviews.models import Candidate

# Up to this age an open wait's figures change from day to day.
MOVING = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class ComputedStatistics:
    """`due_at` is when to compute again if no fact changes before; None: never."""

    figures: Figures
    spells: Mapping[Spell, int]
    posterior: Posterior
    tallies: list[CompanyTallyRow]
    due_at: datetime | None


def compute(
    candidate: Candidate, others: Mapping[Spell, float], *, now: datetime
) -> ComputedStatistics:
    """`others` are the spells of everybody who shares."""
    waits = spans_of(candidate, now=now)
    today = now.astimezone(candidate.zone).date()
    spells = count_spells(waits, today=today)
    made = settled_promises(waits, now=now)
    counted = count_figures(candidate, waits, now=now)
    return ComputedStatistics(
        figures=replace(counted, helped=count_helped(waits, today=today)),
        spells=spells,
        posterior=fit(spells, others, assumptions_of(candidate)),
        tallies=tally_companies(waits, made, now=now),
        due_at=_due_at(candidate, waits, now=now),
    )


def _due_at(candidate: Candidate, waits: list[Span], *, now: datetime) -> datetime | None:
    """Return the candidate's next midnight while a recent wait is open."""
    if not any(not each.kind and now - each.ended_at < MOVING for each in waits):
        return None
    tomorrow = now.astimezone(candidate.zone).date() + timedelta(days=1)
    return datetime.combine(tomorrow, time(), candidate.zone)
