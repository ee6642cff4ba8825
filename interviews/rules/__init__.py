"""What to do next after an interview: facts and a moment in, one step out.

Pure Python, standard library only; docs/rules.md is the specification.
"""

from . import limits
from .calendar import contact_moment, contact_moment_of_date, date_of, instant_of
from .decision import decide
from .facts import (
    Agreement,
    Candidate,
    Case,
    Channel,
    Contact,
    ContactResult,
    Count,
    Direction,
    FeedbackVia,
    Initiator,
    Interlocutor,
    Interview,
    Lessons,
    MayCall,
    Purpose,
    Result,
    ResultKind,
    Role,
    Vacancy,
    WorkingCalendar,
)
from .feasible import possible_from, urgency
from .parsing import CaseError, parse_case
from .reason import Reason, Since
from .step import NextStep, Rule, State, Step, is_later_today, state_of

# Raise it whenever an answer may change: stored steps are then recomputed.
VERSION = "2"

__all__ = [
    "VERSION",
    "Agreement",
    "Candidate",
    "Case",
    "CaseError",
    "Channel",
    "Contact",
    "ContactResult",
    "Count",
    "Direction",
    "FeedbackVia",
    "Initiator",
    "Interlocutor",
    "Interview",
    "Lessons",
    "MayCall",
    "NextStep",
    "Purpose",
    "Reason",
    "Result",
    "ResultKind",
    "Role",
    "Rule",
    "Since",
    "State",
    "Step",
    "Vacancy",
    "WorkingCalendar",
    "contact_moment",
    "contact_moment_of_date",
    "date_of",
    "decide",
    "instant_of",
    "is_later_today",
    "limits",
    "parse_case",
    "possible_from",
    "state_of",
    "urgency",
]
