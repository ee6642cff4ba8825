"""Read stored statistics for a page. Nothing is computed, and scipy is not loaded; `figures_now`
counts anew."""

from dataclasses import dataclass
from datetime import datetime

from insights.forecast import Posterior
from insights.statistics.figures import Figures
from interviews.models import Candidate, CompanyIndex, Statistics, StatisticsState


@dataclass(frozen=True, slots=True)
class StoredStatistics:
    """`posterior` and `computed_at` are None before the first computation; `is_due` while a newer
    one is pending."""

    figures: Figures
    posterior: Posterior | None
    computed_at: datetime | None
    is_due: bool


def read_statistics(candidate: Candidate, *, now: datetime) -> StoredStatistics:
    """Runs one query, unless the row was fetched along."""
    row: Statistics | None = getattr(candidate, "statistics", None)
    if row is None:
        return StoredStatistics(Figures(), None, None, is_due=True)
    is_due = row.due_at is not None and row.due_at <= now
    figures = Figures.from_json(row.figures)
    return StoredStatistics(figures, Posterior.from_json(row.posterior), row.computed_at, is_due)


def pooled_state() -> StatisticsState | None:
    return StatisticsState.objects.filter(pk=1).defer("spells").first()


def index_of(company: str) -> CompanyIndex | None:
    """`company` is its normalised name."""
    return CompanyIndex.objects.filter(normalised_name=company).first()
