"""The one place where a step, its rule and its values become text in the reader's language.

Everything here takes a step as the rules gave it or as it was stored, names as text, and `now`
local to the candidate; nothing here needs the case.
"""

from interviews.text.labels import RULES, STATES, STEPS, action, rule_label, state_label, step_label
from interviews.text.reasons import outlook, why
from interviews.text.subjects import discreet_subject, subject, subject_of_several

__all__ = [
    "RULES",
    "STATES",
    "STEPS",
    "action",
    "discreet_subject",
    "outlook",
    "rule_label",
    "state_label",
    "step_label",
    "subject",
    "subject_of_several",
    "why",
]
