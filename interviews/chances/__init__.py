"""The chance that an answer still comes: values in, chances out.

A survival model with employers who never answer, learned from closed and open waits alike, in
Bayes' way: weak published figures first, then the candidate's own waits, then everybody's who
shares. docs/waiting.md says what it takes for granted and how right it was found to be.
"""

from interviews.chances.assumptions import PUBLISHED, Assumptions
from interviews.chances.belief import Belief
from interviews.chances.curve import Chance, Outlook, Silence, curve, outlook
from interviews.chances.spells import Employer, Ending, Spell

__all__ = [
    "PUBLISHED",
    "Assumptions",
    "Belief",
    "Chance",
    "Employer",
    "Ending",
    "Outlook",
    "Silence",
    "Spell",
    "curve",
    "outlook",
]
