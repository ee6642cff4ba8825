"""A child process: read two hundred hostile mails, and say how it went.

A process of its own, so that nothing else has raised its memory before.
"""

import os
from time import perf_counter

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from benchmarks.child import say, wait_for_the_word  # noqa: E402
from benchmarks.position_importing import memory  # noqa: E402
from integrations.inbound.understand import understand  # noqa: E402
from tests.integrations.inbound.test_hostile import BREAKS, hostile_mails  # noqa: E402
from tests.integrations.inbound.test_understand import MAILS, known, raw_of  # noqa: E402

KILOBYTES = 1024


def main() -> None:
    world = known()
    understand(raw_of(MAILS[0]), world, world.candidates[0])  # the first one loads the phrases
    wait_for_the_word()
    idle, slowest, mails, rejections = memory("VmRSS"), 0.0, 0, 0
    for broken in BREAKS:
        for raw in hostile_mails(broken):
            began = perf_counter()
            rejections += understand(raw, world, world.candidates[0]).kind == "rejection"
            slowest = max(slowest, perf_counter() - began)
            mails += 1
    megabytes = (memory("VmHWM") - idle) / KILOBYTES
    say(mails=mails, slowest=slowest, megabytes=megabytes, rejections=rejections)


if __name__ == "__main__":
    main()
