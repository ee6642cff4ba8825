"""Suggest a position's attractiveness from its rated criteria and their weights."""

from collections.abc import Mapping

from interviews.models import Candidate, Criterion, Vacancy


def rounded_mean(
    ratings: Mapping[Criterion, int | None], weights: Mapping[Criterion, int]
) -> int | None:
    """The weighted mean of the rated criteria, 1 to 5, with halves rounded up.

    None if no criterion has both a rating and a weight.
    """
    rated = {criterion: rating for criterion, rating in ratings.items() if rating is not None}
    total = sum(weights[criterion] for criterion in rated)
    if total == 0:
        return None
    points = sum(weights[criterion] * rating for criterion, rating in rated.items())
    # Integer arithmetic: round() would round 2.5 down and 3.5 up.
    return (2 * points + total) // (2 * total)


def ratings_of(vacancy: Vacancy) -> dict[Criterion, int | None]:
    return {criterion: getattr(vacancy, criterion.rating_field) for criterion in Criterion}


def weights_of(candidate: Candidate) -> dict[Criterion, int]:
    return {criterion: getattr(candidate, criterion.weight_field) for criterion in Criterion}
