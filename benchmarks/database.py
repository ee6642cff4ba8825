"""The benchmarks' own database: on the PostgreSQL of DATABASE_URL, or else a SQLite file."""

import atexit
from functools import cache

from django.conf import settings
from django.db import connection


@cache
def database() -> str:
    """Create it once, and return its name for the yardsticks."""
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    atexit.register(connection.creation.destroy_test_db, connection.settings_dict["NAME"], 0)
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
    return connection.display_name
