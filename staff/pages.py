"""The admin's pages: a coach's workplace; for operators every model, with facts read-only and
changes through services."""

from staff import coachings, interviews
from staff.coach import caseload
from staff.operators import calendar, facts, forwarding, insights, people, reminders, vacancies

__all__ = [
    "calendar",
    "caseload",
    "coachings",
    "facts",
    "forwarding",
    "insights",
    "interviews",
    "people",
    "reminders",
    "vacancies",
]
