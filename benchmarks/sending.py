"""`python -m benchmarks.sending [COUNT]`: run one sender until nothing is left, or until COUNT
mails are sent; print the time and its memory."""

import logging
import sys
import time
from pathlib import Path

import django

from benchmarks.child import say, wait_for_the_word

EARLY = 1_000


def main(count: int | None) -> None:
    django.setup()
    logging.disable(logging.INFO)
    from django.db import connection
    from django.utils import timezone

    from benchmarks.rows import NOW
    from reminders.sender import send_batch
    from reminders.smtp import Delivery

    connection.ensure_connection()
    done, early = 0, 0
    with Delivery() as delivery:
        delivery.open()
        wait_for_the_word()
        began = time.time()
        while count is None or done < count:
            worked = send_batch(now=max(timezone.now(), NOW), delivery=delivery)
            done += worked
            if not early and done >= EARLY:
                early = resident_kilobytes()
            if not worked and count is None:
                break
            if not worked:
                time.sleep(0.02)  # a wake-up would end the wait at once
        ended = time.time()
    say(began=began, ended=ended, done=done, early=early, late=resident_kilobytes())


def resident_kilobytes() -> int:
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0])


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else None)
