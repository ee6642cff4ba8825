"""BENCH_SCALE shrinks the large figures for a quick look; its output is no measurement."""

import os

SCALE = float(os.environ.get("BENCH_SCALE") or 1)


def scaled(count: int, *, least: int = 1) -> int:
    return max(least, round(count * SCALE))
