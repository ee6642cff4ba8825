"""Many steps, two channels, and every failure: `make bench` plays more of them, drawn anew."""

import pytest

from benchmarks.channel_simulation import simulate


@pytest.mark.usefixtures("db")
def test_no_second_channel_tells_without_cause() -> None:
    played = simulate(300, seed=20261123, due_within=30)
    assert played.without_cause == []
    assert played.lost == 0
    assert played.followed > 30
