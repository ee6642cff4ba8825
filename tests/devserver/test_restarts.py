"""What `make run` does about a process that ends by itself."""

import sys
from pathlib import Path

import pytest

from devserver.instance import System
from devserver.restarts import PAUSES, STEADY_SECONDS, Restarts
from devserver.watch import watch

GONE = [sys.executable, "-I", "-S", "-c", "print('no room left'); raise SystemExit(3)"]


def pauses_of(*lives: float) -> list[float | None]:
    """What it is given after each, having lived so many seconds."""
    now, given = 0.0, []
    restarts = Restarts(now)
    for life in lives:
        now += life
        pause = restarts.end(now)
        given.append(pause)
        now += pause or 0.0
        restarts.start(now)
    return given


@pytest.mark.parametrize(
    ("lives", "pauses"),
    [
        ([0.0] * 6, [1.0, 2.0, 4.0, 8.0, 16.0, None]),
        ([3600.0] * 8, [1.0] * 8),
        ([0.0, 0.0, STEADY_SECONDS, 0.0], [1.0, 2.0, 1.0, 2.0]),
        ([STEADY_SECONDS - 1] * 6, [*PAUSES, None]),
    ],
    ids=["never up", "now and then", "steady in between", "never up for long"],
)
def test_the_pauses_grow_until_it_is_given_up(
    lives: list[float], pauses: list[float | None]
) -> None:
    assert pauses_of(*lives) == pauses


def test_one_that_does_not_stay_up_is_named_with_its_last_lines(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    system = System(tmp_path)
    system.start("worker", GONE)
    try:
        assert watch(system, pauses=(0.0, 0.0)) == 1
    finally:
        system.stop()
    again = "The worker ended with status 3; it is started again in 0 s.\n"
    given_up = "The worker does not stay up; all is stopped. Its last lines:\nno room left\n"
    assert capfd.readouterr().err == again * 2 + given_up
    assert (tmp_path / "log" / "worker.log").read_text() == "no room left\n" * 3
