"""`python -m benchmarks.sweeping`: run one sweeper until nothing is due; print the time."""

import logging
import time

import django

from benchmarks.child import say, wait_for_the_word


def main() -> None:
    django.setup()
    logging.disable(logging.INFO)
    from django.db import connection
    from django.utils import timezone

    from benchmarks.rows import NOW
    from reminders.sweep import sweep

    connection.ensure_connection()
    wait_for_the_word()
    began = time.time()
    while sweep(now=max(timezone.now(), NOW)).reviewed:
        pass
    say(began=began, ended=time.time())


if __name__ == "__main__":
    main()
