"""The chance that an answer still comes.

A survival model with employers who never answer (a cure model), estimated from closed and open
waits by Bayes' rule: weak published figures first, then the candidate's own waits, then those of
everybody who shares. docs/waiting.md states its assumptions and its accuracy.
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
