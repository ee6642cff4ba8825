"""One PostgreSQL and one Redis for the tests of a process."""

from collections.abc import Iterator

import pytest

from tests.conftest import RESULTS
from tests.faults.environment import Environment


@pytest.fixture(scope="session")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Environment]:
    folder = tmp_path_factory.mktemp("faults")
    with Environment(folder, keep=RESULTS / "faults") as made:
        yield made
