"""Chances and promises in words."""

from datetime import UTC, date, datetime
from fractions import Fraction

import numpy as np
import pytest

from insights.forecast import Chance, Forecast, Posterior, text
from insights.statistics import promise_text

NOW = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)
SHARES = [
    ("about 1 in 20", Fraction(1, 20)),
    ("about 1 in 10", Fraction(1, 10)),
    ("about 1 in 5", Fraction(1, 5)),
    ("about a quarter", Fraction(1, 4)),
    ("about a third", Fraction(1, 3)),
    ("about 2 in 5", Fraction(2, 5)),
    ("about half", Fraction(1, 2)),
    ("about 3 in 5", Fraction(3, 5)),
    ("about two thirds", Fraction(2, 3)),
    ("about three quarters", Fraction(3, 4)),
    ("about 4 in 5", Fraction(4, 5)),
    ("about 9 in 10", Fraction(9, 10)),
]


@pytest.mark.parametrize(("said", "share"), SHARES)
def test_a_share_is_called_by_its_own_name(said: str, share: Fraction) -> None:
    assert text.share(float(share)) == said


def test_no_chance_is_called_by_a_name_far_from_it() -> None:
    named = {said: float(share) for said, share in SHARES}
    for n in range(30, 950):
        assert abs(named[text.share(n / 1000)] - n / 1000) <= 0.051
    assert text.share(0) == "less than 1 in 30"
    assert text.share(1) == "more than 19 in 20"


def forecast(day: int = 9) -> Forecast:
    ever, good = Chance(0.25, 0.5, 0.75), Chance(0.02, 0.1, 0.2)
    return Forecast(day, day + 7, ever, good, Chance(0.1, 0.2, 0.3), Chance(0.0, 0.05, 0.1))


def test_one_wait() -> None:
    assert text.ever(forecast()) == (
        "After 9 days of waiting, the chance of an answer is about half (25–75%)."
    )
    assert text.ever(forecast(0)).startswith("At the start, the chance of an answer is about half")
    assert text.good(forecast()) == "The chance of good news is about 1 in 10."
    assert text.by_day(forecast(), date(2026, 12, 1), is_promised=True, now=NOW) == (
        "By the promised date, Tuesday 1 December, the chance of an answer is about 1 in 5, "
        "and of good news about 1 in 20."
    )
    assert text.between(Chance(0.5, 0.5, 0.5)) == "50%"


def test_few_own_answers_say_little() -> None:
    def basis(own: int, others: int = 0) -> str:
        return text.rests_on(Posterior(np.zeros((1, 6)), np.ones(1), own, others))

    assert "published figures only" in basis(0)
    assert basis(1) == "Based mostly on published figures, as you have only 1 answer so far."
    assert basis(9).startswith("Based mostly on published figures, as you have only 9 answers")
    assert basis(10) == "Based on your own 10 answers."
    assert basis(10, 50).endswith("It also uses waits that other people on Hearback share.")


@pytest.mark.parametrize(
    ("kept", "late", "broken", "said"),
    [
        (1, 0, 0, "Acme has made one promise so far and kept it."),
        (0, 1, 0, "Acme has made one promise so far and answered late."),
        (0, 0, 1, "Acme has made one promise so far and didn’t keep it."),
        (1, 0, 3, "Acme has kept 1 of 4 promises on time."),
        (2, 1, 1, "Acme has kept 2 of 4 promises on time. 1 came late."),
        (0, 0, 2, "Acme has kept none of 2 promises on time."),
    ],
)
def test_a_companys_promises(kept: int, late: int, broken: int, said: str) -> None:
    assert promise_text.own("Acme", kept=kept, late=late, broken=broken) == said
