"""The chance that an answer still comes: values in, chances out.

A survival model with employers who never answer, learned from closed and open waits alike, in
Bayes' way: weak published figures first, then the candidate's own waits, then everybody's who
shares. docs/waiting.md says what it takes for granted and how right it was found to be.
"""

from insights.forecast.curve import Chance, Forecast, Silence, curve, forecast
from insights.forecast.posterior import Posterior
from insights.forecast.priors import PUBLISHED, Priors
from insights.forecast.spells import Employer, Ending, Spell

__all__ = [
    "PUBLISHED",
    "Chance",
    "Employer",
    "Ending",
    "Forecast",
    "Posterior",
    "Priors",
    "Silence",
    "Spell",
    "curve",
    "forecast",
]
