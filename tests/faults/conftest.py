"""One PostgreSQL and one Redis for the tests of a process."""

from collections.abc import Iterator

import pytest

from tests.conftest import RESULTS
from tests.faults.environment import Ground


@pytest.fixture(scope="session")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    folder = tmp_path_factory.mktemp("faults")
    with Ground(folder, keep=RESULTS / "faults") as made:
        yield made
