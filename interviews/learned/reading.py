"""What was learned, as a page reads it: nothing is reckoned here, and scipy is not loaded."""

from dataclasses import dataclass
from datetime import datetime

from interviews.chances import Belief
from interviews.learned.figures import Figures
from interviews.models import Candidate, CompanyIndex, Learned, LearnedState


@dataclass(frozen=True, slots=True)
class Read:
    """`belief` and `learned_at` are None before the first reckoning; `is_due` while a newer one is
    due."""

    figures: Figures
    belief: Belief | None
    learned_at: datetime | None
    is_due: bool


def read(candidate: Candidate, *, now: datetime) -> Read:
    """One query, unless her row was fetched along."""
    row: Learned | None = getattr(candidate, "learned", None)
    if row is None:
        return Read(Figures(), None, None, is_due=True)
    is_due = row.due_at is not None and row.due_at <= now
    figures = Figures.from_json(row.figures)
    return Read(figures, Belief.from_json(row.belief), row.learned_at, is_due)


def shared_state() -> LearnedState | None:
    return LearnedState.objects.filter(pk=1).defer("spells").first()


def index_of(company: str) -> CompanyIndex | None:
    """`company` is its normalised name."""
    return CompanyIndex.objects.filter(normalised_name=company).first()
