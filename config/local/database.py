"""The database of `make run`, prepared in the supervisor's own process: each Python that starts
Django anew costs the better part of a second."""

import io

import django
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import connections


def prepare(*, is_demo_wanted: bool) -> str:
    """Migrate, and load the demo into a database that nobody uses yet; what the demo's users
    sign in with, empty where none was loaded."""
    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
    told = io.StringIO()
    if is_demo_wanted and not get_user_model().objects.exists():
        call_command("load_demo", stdout=told)
    connections.close_all()
    return told.getvalue().strip()
