"""The only place where a step, its rule and its values become text in the reader's language.

Functions take a step as computed or stored, names as text, and `now` local to the candidate; none
needs the case.
"""

from interviews.text.labels import (
    STATES,
    STEPS,
    action,
    action_from,
    brief_state,
    late,
    late_since,
    outcome_label,
    rule_label,
    state_label,
    step_label,
)
from interviews.text.sentences import (
    call_later,
    coach_line,
    discreet_subject,
    preview,
    step_alone,
    subject,
    subject_of_several,
    why,
)

__all__ = [
    "STATES",
    "STEPS",
    "action",
    "action_from",
    "brief_state",
    "call_later",
    "coach_line",
    "discreet_subject",
    "late",
    "late_since",
    "outcome_label",
    "preview",
    "rule_label",
    "state_label",
    "step_alone",
    "step_label",
    "subject",
    "subject_of_several",
    "why",
]
