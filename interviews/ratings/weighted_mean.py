"""How attractive a position is, proposed from what was rated and how much each of it matters."""

from collections.abc import Mapping

from interviews.models import Candidate, Criterion, Vacancy


def propose(
    ratings: Mapping[Criterion, int | None], weights: Mapping[Criterion, int]
) -> int | None:
    """The weighted mean of what is rated, 1 to 5; a half is rounded up.

    None where nothing is rated that matters: then there is nothing to propose.
    """
    rated = {criterion: rating for criterion, rating in ratings.items() if rating is not None}
    total = sum(weights[criterion] for criterion in rated)
    if total == 0:
        return None
    points = sum(weights[criterion] * rating for criterion, rating in rated.items())
    # In whole numbers: round() would send 2.5 down and 3.5 up.
    return (2 * points + total) // (2 * total)


def ratings_of(vacancy: Vacancy) -> dict[Criterion, int | None]:
    return {criterion: getattr(vacancy, criterion.rating_field) for criterion in Criterion}


def weights_of(candidate: Candidate) -> dict[Criterion, int]:
    return {criterion: getattr(candidate, criterion.weight_field) for criterion in Criterion}
