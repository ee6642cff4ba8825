#!/usr/bin/env python
"""Django's command line for Hearback."""

import os
import sys

# Commands that sign nothing and serve nobody run in a fresh checkout, where no secret is kept yet.
SIGN_NOTHING = {"collectstatic", "makemigrations", "next_step"}


def main() -> None:
    if len(sys.argv) > 1 and sys.argv[1] in SIGN_NOTHING:
        os.environ.setdefault("SECRET_KEY", "signs-nothing")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
