"""What a candidate may rely on, whatever the waits were: properties of generated ones."""

from collections import Counter
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from insights.forecast import Employer, Ending, Forecast, Priors, Silence, Spell, curve
from insights.forecast.fit import fit

DUST = 1e-9
DAYS = 40

employers = st.sampled_from(Employer)
promised = st.none() | st.integers(0, 30)
spells = st.builds(
    Spell, st.integers(0, 90), st.sampled_from(Ending), employers, promised, st.booleans()
)
counted = st.lists(spells, max_size=12).map(Counter)
assumptions = st.builds(
    Priors,
    told_percent=st.integers(1, 99),
    kept_percent=st.integers(1, 99),
    positive_percent=st.integers(1, 99),
    median_days=st.integers(1, 90),
    published_worth=st.integers(1, 100),
    counts_others=st.booleans(),
)
posteriors = st.builds(fit, counted, counted, assumptions)


@settings(deadline=None, max_examples=60)
@given(posteriors, employers, promised)
def test_chances_are_chances(posterior, employer, promised_in) -> None:
    for each in curve(posterior, Silence(0, employer, promised_in), last=DAYS):
        chances = (each.ever, each.ever_positive, each.until, each.until_positive)
        for chance in chances:
            assert 0 <= chance.low <= chance.middle <= chance.high <= 1
        assert each.ever_positive.middle <= each.ever.middle + DUST
        assert each.until_positive.middle <= each.until.middle + DUST
        assert each.until.middle <= each.ever.middle + DUST
        assert each.until_positive.middle <= each.ever_positive.middle + DUST


@settings(deadline=None, max_examples=60)
@given(posteriors, employers, promised)
def test_silence_never_makes_an_answer_likelier(posterior, employer, promised_in) -> None:
    never_rises(curve(posterior, Silence(0, employer, promised_in), last=DAYS), "ever")


@settings(deadline=None, max_examples=60)
@given(posteriors, employers, promised, st.integers(1, DAYS))
def test_nor_one_by_a_fixed_day(posterior, employer, promised_in, by: int) -> None:
    wait = Silence(0, employer, promised_in)
    never_rises(curve(posterior, wait, last=by, by=by), "until")


@settings(deadline=None, max_examples=60)
@given(posteriors, employers, promised)
def test_nor_one_within_a_week_unless_a_promised_day_explains_it(
    posterior, employer, promised_in
) -> None:
    begins = 0 if promised_in is None else promised_in + 1
    never_rises(
        curve(posterior, Silence(0, employer, promised_in), first=begins, last=DAYS), "until"
    )


def never_rises(days: list[Forecast], what: str) -> None:
    values = [getattr(each, what).middle for each in days]
    for before, after in pairwise(values):
        assert after <= before + DUST, values
