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
    assert text.share(0) == "hardly one in fifty"
    assert text.share(1) == "nearly all"


def forecast(day: int = 9) -> Forecast:
    ever, good = Chance(0.25, 0.5, 0.75), Chance(0.02, 0.1, 0.2)
    return Forecast(day, day + 7, ever, good, Chance(0.1, 0.2, 0.3), Chance(0.0, 0.05, 0.1))


def test_one_wait() -> None:
    assert text.ever(forecast()) == (
        "After 9 silent days about one in two like this still brings an answer; it may be one in "
        "four to three in four."
    )
    assert text.ever(forecast(0)).startswith("At the start about one in two like this")
    assert text.good(forecast()) == "Good news still comes to about one in ten."
    assert text.by_day(forecast(), date(2026, 12, 1), is_promised=True, now=NOW) == (
        "By Tuesday 1 December, as promised, an answer has come to about one in five, good news to "
        "one in twenty."
    )
    assert text.between(Chance(0.5, 0.5, 0.5)) == "one in two"


def test_few_own_answers_say_little() -> None:
    def basis(own: int, others: int = 0) -> str:
        return text.rests_on(Posterior(np.zeros((1, 6)), np.ones(1), own, others))

    assert "published figures alone" in basis(0)
    assert basis(1) == "Your own 1 answer says little yet; the rest is from published figures."
    assert basis(9).startswith("Your own 9 answers say little yet")
    assert basis(10) == "Your own 10 answers speak in it."
    assert basis(10, 50).endswith("Waits that others here share speak in it too.")


@pytest.mark.parametrize(
    ("kept", "late", "broken", "said"),
    [
        (1, 0, 0, "The one promise by Acme so far was kept."),
        (0, 1, 0, "The one promise by Acme so far was kept late."),
        (0, 0, 1, "The one promise by Acme so far was broken."),
        (1, 0, 3, "Of 4 promises by Acme, 1 was kept on the day."),
        (2, 1, 1, "Of 4 promises by Acme, 2 were kept on the day, 1 late."),
        (0, 0, 2, "Of 2 promises by Acme, none was kept on the day."),
    ],
)
def test_a_companys_promises(kept: int, late: int, broken: int, said: str) -> None:
    assert promise_text.own("Acme", kept=kept, late=late, broken=broken) == said
