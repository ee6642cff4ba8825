"""Count a candidate's figures from the facts, without what takes scipy to compute."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from insights.statistics import counting
from insights.statistics.figures import Figures
from insights.statistics.promises import settled_promises, tabulate
from insights.statistics.skill_gaps import count_skill_gaps
from insights.statistics.spans import Span, spans_of
from insights.statistics.stored import StoredStatistics, read_statistics
from interviews.models import Candidate


def count_figures(candidate: Candidate, waits: Sequence[Span], *, now: datetime) -> Figures:
    return Figures(
        waits=counting.count_waits(waits),
        days=counting.count_days(waits),
        followed=counting.count_followed(waits, today=now.astimezone(candidate.zone).date()),
        stages=counting.count_stages(waits),
        promises=tabulate(settled_promises(waits, now=now)),
        lacking=count_skill_gaps(candidate, waits),
        months=counting.count_months(waits),
    )


def current_statistics(candidate: Candidate, *, now: datetime) -> StoredStatistics:
    """The stored statistics; where a fact is newer, its figures are counted again, so that no page
    contradicts what was just recorded. The forecast follows within a minute."""
    found = read_statistics(candidate, now=now)
    if not found.is_due:
        return found
    counted = count_figures(candidate, spans_of(candidate, now=now), now=now)
    figures = replace(counted, helped=found.figures.helped)
    return replace(found, figures=figures, computed_at=now)
