"""Django's admin: a coach's workplace; for operators every model, facts read-only, and changes
through the services."""

from interviews.admin import (
    calendar,
    caseload,
    coaching,
    facts,
    interviews,
    learned,
    ledger,
    people,
    vacancies,
)

__all__ = [
    "calendar",
    "caseload",
    "coaching",
    "facts",
    "interviews",
    "learned",
    "ledger",
    "people",
    "vacancies",
]
