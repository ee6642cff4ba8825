"""What the run is told of its own tests, which a test that moved would leave in silence."""

from pathlib import Path

import pytest

from tests.conftest import DIALECT, KINDS

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize("place", [*DIALECT, *KINDS])
def test_every_place_that_is_named_holds_tests(place: str) -> None:
    found = [*ROOT.glob(f"{place}*.py"), *ROOT.glob(f"{place}/**/test_*.py")]
    assert any(each.name.startswith("test_") for each in found)
