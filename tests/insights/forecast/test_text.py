"""Chances and promises in words."""

from datetime import UTC, date, datetime
from fractions import Fraction

import numpy as np
import pytest

from insights.forecast import Chance, Forecast, Posterior, text
from insights.statistics import promise_text

NOW = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)
SHARES = [
    ("one in twenty", Fraction(1, 20)),
    ("one in ten", Fraction(1, 10)),
    ("one in five", Fraction(1, 5)),
    ("one in four", Fraction(1, 4)),
    ("one in three", Fraction(1, 3)),
    ("two in five", Fraction(2, 5)),
    ("one in two", Fraction(1, 2)),
    ("three in five", Fraction(3, 5)),
    ("two in three", Fraction(2, 3)),
    ("three in four", Fraction(3, 4)),
    ("four in five", Fraction(4, 5)),
    ("nine in ten", Fraction(9, 10)),
]


@pytest.mark.parametrize(("said", "share"), SHARES)
def test_a_share_is_called_by_its_own_name(said: str, share: Fraction) -> None:
    assert text.share(float(share)) == said


def test_no_chance_is_called_by_a_name_far_from_it() -> None:
    named = {said: float(share) for said, share in SHARES}
    for n in range(30, 950):
        assert abs(named[text.share(n / 1000)] - n / 1000) <= 0.051
    assert text.share(0) == "less than 1 in 30"
    assert text.share(1) == "nearly all"


def forecast(day: int = 9) -> Forecast:
    ever, good = Chance(0.25, 0.5, 0.75), Chance(0.02, 0.1, 0.2)
    return Forecast(day, day + 7, ever, good, Chance(0.1, 0.2, 0.3), Chance(0.0, 0.05, 0.1))


def test_one_wait() -> None:
    assert text.ever(forecast()) == (
        "After 9 days without news, the chance of an answer is one in two (one in four to three "
        "in four)."
    )
    assert text.ever(forecast(0)).startswith("At the start about one in two like this")
    assert text.good(forecast()) == "The chance of good news is one in ten."
    assert text.by_day(forecast(), date(2026, 12, 1), is_promised=True, now=NOW) == (
        "By the promised date, Tuesday 1 December, the chance of an answer is one in five, and "
        "of good news one in twenty."
    )
    assert text.between(Chance(0.5, 0.5, 0.5)) == "one in two"


def test_few_own_answers_say_little() -> None:
    def basis(own: int, others: int = 0) -> str:
        return text.rests_on(Posterior(np.zeros((1, 6)), np.ones(1), own, others))

    assert "published figures only" in basis(0)
    assert basis(1) == "Based mostly on published figures, as you have only 1 answer so far."
    assert basis(9).startswith("Your own 9 answers say little yet")
    assert basis(10) == "Based on your own 10 answers."
    assert basis(10, 50).endswith("It also uses waits that other people on Hearback share.")


@pytest.mark.parametrize(
    ("kept", "late", "broken", "said"),
    [
        (1, 0, 0, "Acme has made one promise so far and kept it."),
        (0, 1, 0, "Acme has made one promise so far and answered late."),
        (0, 0, 1, "Acme has made one promise so far and didn’t keep it."),
        (1, 0, 3, "Acme has kept 1 of 4 promises on time."),
        (2, 1, 1, "Acme has kept 2 of 4 promises on time, 1 late."),
        (0, 0, 2, "Acme has kept none of 2 promises on time."),
    ],
)
def test_a_companys_promises(kept: int, late: int, broken: int, said: str) -> None:
    assert promise_text.own("Acme", kept=kept, late=late, broken=broken) == said
