"""Django's admin: every model findable, facts read-only, and changes through the services."""

from interviews.admin import calendar, facts, ledger, people, vacancies

__all__ = ["calendar", "facts", "ledger", "people", "vacancies"]
