"""The prior of one candidate's forecast: own numbers, or the published ones."""

from insights.forecast import PUBLISHED, Priors
from interviews.models import Candidate, WaitAssumptions


def assumptions_of(candidate: Candidate) -> Priors:
    """Runs one query, unless the row was fetched along."""
    own: WaitAssumptions | None = getattr(candidate, "assumptions", None)
    if own is None:
        return PUBLISHED
    return Priors(
        told_percent=own.told_percent,
        kept_percent=own.kept_percent,
        positive_percent=own.positive_percent,
        median_days=own.median_days,
        published_worth=own.published_worth,
        counts_others=own.counts_others,
    )
