"""Django's admin: a coach's workplace; for operators every model, facts read-only, and changes
through the services."""

from staff import coachings, interviews
from staff.coach import caseload
from staff.operators import calendar, facts, insights, people, reminders, vacancies

__all__ = [
    "calendar",
    "caseload",
    "coachings",
    "facts",
    "insights",
    "interviews",
    "people",
    "reminders",
    "vacancies",
]
