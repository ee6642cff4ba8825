"""Django's admin: every model findable, facts read-only, and changes through the services."""

from interviews.admin import facts, ledger, people, vacancies

__all__ = ["facts", "ledger", "people", "vacancies"]
