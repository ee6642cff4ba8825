"""Pages alone: nothing here waits for a sweep or a mail, so the web server is all that runs, and
one database is as good as another (scripts/run_tests.py leaves these out of `services`)."""

from collections.abc import Callable

import pytest

from tests.support.running import Running


@pytest.fixture
def running(start_running: Callable[..., Running]) -> Running:
    return start_running(works=False)
