import pytest

from interviews.models import Criterion
from interviews.ratings.weighted_mean import rounded_mean

EQUAL = dict.fromkeys(Criterion, 1)
OPEN = dict.fromkeys(Criterion)
WORK, PAY, WAY = Criterion.WORK, Criterion.PAY, Criterion.WAY


@pytest.mark.parametrize(
    ("ratings", "weights", "mean"),
    [
        ({WORK: 4}, {}, 4),
        ({WORK: 5, PAY: 3}, {}, 4),
        # What matters twice as much counts twice: (5 + 5 + 2) / 3.
        ({WORK: 5, PAY: 2}, {WORK: 2}, 4),
        ({WORK: 5, PAY: 2}, {PAY: 2}, 3),
        # A half goes up, below the middle as above it.
        ({WORK: 2, PAY: 3}, {}, 3),
        ({WORK: 3, PAY: 4}, {}, 4),
        ({WORK: 1, PAY: 2}, {}, 2),
        # Just short of a half goes down: 7 / 3.
        ({WORK: 2, PAY: 2, WAY: 3}, {}, 2),
        # What does not matter counts not at all.
        ({WORK: 5, PAY: 1}, {PAY: 0}, 5),
        ({PAY: 1}, {PAY: 0}, None),
        ({}, {}, None),
        (dict.fromkeys(Criterion, 1), dict.fromkeys(Criterion, 2), 1),
        (dict.fromkeys(Criterion, 5), {}, 5),
    ],
)
def test_the_rounded_mean(
    ratings: dict[Criterion, int], weights: dict[Criterion, int], mean: int | None
) -> None:
    assert rounded_mean(OPEN | ratings, EQUAL | weights) == mean
