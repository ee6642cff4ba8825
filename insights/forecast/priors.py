"""The published figures used before own waits say anything, with their sources."""

from dataclasses import dataclass

from insights.forecast.spells import Employer

# The shape of the Weibull curve fitted to the shares of Horizons Bulgaria (2009): below 1, so that
# each silent day makes an answer on the next less likely.
SHAPE = 0.5


@dataclass(frozen=True, slots=True)
class Priors:
    """Percents; days as the median time to an answer of those employers who answer.

    `published_worth` says as how many own waits these numbers count.
    """

    told_percent: int = 70  # judgement on several surveys: Beta(7, 3)
    kept_percent: int = 46  # Talent Board CandE 2023, professional candidates in North America
    positive_percent: int = 35  # judgement; no published figure was found
    median_days: float = 3.7  # from Horizons Bulgaria's shares, 2009
    published_worth: int = 10
    counts_others: bool = True


PUBLISHED = Priors()

# How kinds of employers differ from the usual, in log-odds of answering at all: about ten points
# less for agencies, five more for small firms (judgement on SuperJob 2025).
TOLD_LOGIT = {Employer.AGENCY: -0.45, Employer.SMALL: 0.25}
# Large employers and government take longer: a mean of 24 days (NACE 2015–2022) against 15.2
# (Horizons).
SLOWER = {Employer.LARGE: 24 / 15.2, Employer.PUBLIC: 24 / 15.2}
# A rejection takes longer than good news: judgement, soon outweighed by own waits.
REFUSAL_SLOWER = 1.3
# All shared waits together count as this many own ones.
OTHERS_WORTH = 20.0
