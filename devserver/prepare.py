"""python -m devserver.prepare --demo 1: bring catalogues and database up to date.

In a process of its own, so that its memory is freed. It prints the demo's sign-in, or nothing if no
demo was loaded.
"""

import argparse
import io
import os

import django

from config.translations import compile_changed


def main() -> None:
    parser = argparse.ArgumentParser(prog="prepare")
    parser.add_argument("--demo", choices=["0", "1"], required=True)
    options = parser.parse_args()
    compile_changed()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    if told := _prepared_database(is_demo_wanted=options.demo == "1"):
        print(told)


def _prepared_database(*, is_demo_wanted: bool) -> str:
    """Migrate, and load the demo into an empty database."""
    from django.contrib.auth import get_user_model
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)
    told = io.StringIO()
    if is_demo_wanted and not get_user_model().objects.exists():
        call_command("load_demo", stdout=told)
    return told.getvalue().strip()


if __name__ == "__main__":
    main()
