"""Chances compared with numbers computed by hand, and what moves them."""

import json
from collections import Counter

import pytest

from insights.forecast import (
    PUBLISHED,
    Employer,
    Ending,
    Posterior,
    Priors,
    Silence,
    Spell,
    curve,
    forecast,
)
from insights.forecast.curve import median_days
from insights.forecast.fit import fit
from insights.forecast.spells import from_json, to_json

# So sure of the published figures that they alone speak.
SURE = Priors(published_worth=100_000)
NOBODY: dict[Spell, int] = {}


def ever(posterior: Posterior, days: int, **traits: object) -> float:
    return forecast(posterior, Silence(days, **traits), by=days).ever.middle


@pytest.mark.parametrize(("days", "waiting"), [(1, 69.7), (7, 38.1), (14, 26), (30, 13.9)])
def test_the_published_curve(days: int, waiting: float) -> None:
    """Of those who are told at all, the share that still waits, in percent; with the delay of a
    refusal taken out by its own factor."""
    posterior = fit(NOBODY, NOBODY, SURE)
    told = forecast(posterior, Silence(0), by=days - 1).until.middle
    assert 100 * (1 - told / 0.70) == pytest.approx(waiting, abs=2)


def test_without_own_waits_seven_of_ten_are_told() -> None:
    first = forecast(fit(NOBODY, NOBODY, PUBLISHED), Silence(0), by=0).ever
    assert first.middle == pytest.approx(0.70, abs=0.005)
    assert (first.low, first.high) == pytest.approx((0.51, 0.87), abs=0.02)  # of Beta(7, 3)


def test_a_kept_promise_is_as_likely_as_published() -> None:
    posterior = fit(NOBODY, NOBODY, PUBLISHED)
    assert forecast(posterior, Silence(0, promised_in=7), by=7).until.middle == pytest.approx(
        0.46, abs=0.01
    )


def test_after_a_broken_promise_less_is_to_be_hoped_for() -> None:
    posterior = fit(NOBODY, NOBODY, PUBLISHED)
    assert ever(posterior, 8, promised_in=7) < ever(posterior, 7, promised_in=7) - 0.05


def test_kinds_of_employers() -> None:
    posterior = fit(NOBODY, NOBODY, SURE)
    usual = ever(posterior, 0)
    assert ever(posterior, 0, employer=Employer.AGENCY) == pytest.approx(usual - 0.10, abs=0.01)
    assert ever(posterior, 0, employer=Employer.SMALL) == pytest.approx(usual + 0.05, abs=0.01)
    slow, quick = (
        median_days(posterior, Silence(0, kind)) for kind in (Employer.PUBLIC, Employer.UNKNOWN)
    )
    assert slow > 1.3 * quick


def test_own_silent_waits_lower_it_and_own_answers_raise_it() -> None:
    usual = ever(fit(NOBODY, NOBODY, PUBLISHED), 3)
    silent = fit({Spell(60, Ending.OPEN): 8}, NOBODY, PUBLISHED)
    told = fit({Spell(2, Ending.NEGATIVE): 8}, NOBODY, PUBLISHED)
    assert ever(silent, 3) < usual - 0.15
    assert ever(told, 3) > usual + 0.05


def test_a_wait_that_has_only_begun_says_next_to_nothing() -> None:
    """Not every silence is a never: one that is a day old hardly counts."""
    begun = fit({Spell(1, Ending.OPEN): 8}, NOBODY, PUBLISHED)
    assert ever(begun, 0) == pytest.approx(0.70, abs=0.06)


def test_others_count_for_less_than_own_waits() -> None:
    silent = {Spell(60, Ending.OPEN): 1000}
    usual = ever(fit(NOBODY, NOBODY, PUBLISHED), 3)
    others = ever(fit(NOBODY, silent, PUBLISHED), 3)
    own = ever(fit(silent, NOBODY, PUBLISHED), 3)
    assert own < others < usual
    unasked = Priors(counts_others=False)
    assert ever(fit(NOBODY, silent, unasked), 3) == pytest.approx(usual)


def test_an_interval_narrows_with_own_waits() -> None:
    wide = forecast(fit(NOBODY, NOBODY, PUBLISHED), Silence(0), by=0).ever
    many = {Spell(3, Ending.NEGATIVE): 40, Spell(50, Ending.OPEN): 20}
    narrow = forecast(fit(many, NOBODY, PUBLISHED), Silence(0), by=0).ever
    assert narrow.high - narrow.low < (wide.high - wide.low) / 2


def test_good_news_follows_own_results() -> None:
    lucky = fit({Spell(3, Ending.POSITIVE): 20}, NOBODY, PUBLISHED)
    unlucky = fit({Spell(3, Ending.NEGATIVE): 20}, NOBODY, PUBLISHED)
    good, bad = (forecast(each, Silence(0), by=0).ever_positive.middle for each in (lucky, unlucky))
    assert good > 0.55
    assert bad < 0.2


@pytest.mark.parametrize(
    "own",
    [
        {Spell(0, Ending.POSITIVE): 1000},
        {Spell(0, Ending.OPEN): 1000},
        {Spell(3650, Ending.OPEN, Employer.AGENCY, 3650): 1000},
        {Spell(day, Ending.NEGATIVE, promised_in=0): 1 for day in range(300)},
    ],
)
def test_odd_histories(own: dict[Spell, int]) -> None:
    for each in curve(fit(own, own, PUBLISHED), Silence(0), last=400):
        assert 0 <= each.ever.low <= each.ever.middle <= each.ever.high <= 1


def test_the_same_spells_give_the_same_belief() -> None:
    own = Counter([Spell(3, Ending.POSITIVE), Spell(9, Ending.OPEN, Employer.LARGE, 4)])
    turned = dict(reversed(own.items()))
    first, second = (ever(fit(each, NOBODY, PUBLISHED), 5) for each in (own, turned))
    assert first == pytest.approx(second, abs=1e-6)


def test_an_answer_without_a_day_says_that_they_answer_and_not_how_late() -> None:
    undated = fit({Spell(60, Ending.NEGATIVE, is_dated=False): 20}, NOBODY, PUBLISHED)
    late = fit({Spell(60, Ending.NEGATIVE): 20}, NOBODY, PUBLISHED)
    nothing = fit(NOBODY, NOBODY, PUBLISHED)
    assert ever(undated, 0) > ever(nothing, 0) + 0.1
    by_week = [forecast(each, Silence(0), by=7).until.middle for each in (undated, late)]
    assert by_week[0] > 2 * by_week[1]


def test_stored_and_read() -> None:
    posterior = fit({Spell(3, Ending.POSITIVE): 4}, NOBODY, PUBLISHED)
    stored = json.dumps(posterior.to_json())
    assert len(stored) < 12_000
    read = Posterior.from_json(json.loads(stored))
    assert read is not None
    assert (read.own, read.others) == (4, 0)
    for day in (0, 5, 50):
        assert ever(read, day) == pytest.approx(ever(posterior, day), abs=0.002)
    assert Posterior.from_json({}) is None


def test_spells_stored_and_read() -> None:
    spells = {Spell(3, Ending.POSITIVE): 4, Spell(9, Ending.OPEN, Employer.LARGE, 4): 1}
    spells[Spell(60, Ending.NEGATIVE, is_dated=False)] = 2
    assert from_json(json.loads(json.dumps(to_json(spells)))) == spells
