"""The table and the file of figures; nothing is measured here."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

import benchmarks.__main__ as benchmarks
from benchmarks.figure import Figure

FAST = Figure("decisions", 30_000, "1/s", "one core", 10_000)
SLOW = Figure("share", 0.25, "of raw", "smtplib alone", 0.5)
LIGHT = Figure("page", 55, "kB", "the largest", 60, is_most=True)
FREE = Figure("page", 12.5, "ms", "a bare template")


def test_table() -> None:
    assert benchmarks.table([FAST, SLOW, FREE]).splitlines() == [
        "figure     value   target  unit    met  measured against",
        "decisions  30,000  10,000  1/s     yes  one core",
        "share      0.25    0.5     of raw  NO   smtplib alone",
        "page       12.5            ms           a bare template",
    ]


@pytest.mark.parametrize("by_variable", [True, False])
def test_file(by_variable: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "figures.json"
    monkeypatch.setattr(benchmarks, "FIGURES", (lambda: FAST, lambda: SLOW))
    if by_variable:
        monkeypatch.setenv("JSON", str(path))
    status = benchmarks.main([] if by_variable else ["--json", str(path)])
    assert status == 1
    written = json.loads(path.read_text(encoding="utf-8"))
    assert written[0] == {
        "name": "decisions",
        "value": 30_000,
        "unit": "1/s",
        "yardstick": "one core",
        "target": 10_000,
        "met": True,
    }
    assert [figure["met"] for figure in written] == [True, False]


def test_a_figure_that_may_be_at_most_its_target() -> None:
    assert LIGHT.is_met
    assert not replace(LIGHT, value=60.1).is_met
    assert "is_most" not in LIGHT.to_json()


def test_a_figure_without_a_target_misses_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "figures.json"
    monkeypatch.setattr(benchmarks, "FIGURES", (lambda: FAST, lambda: FREE))
    assert benchmarks.main(["--json", str(path)]) == 0
    written = json.loads(path.read_text(encoding="utf-8"))
    assert (written[1]["target"], written[1]["met"]) == (None, None)
