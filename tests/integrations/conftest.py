from datetime import UTC, datetime

import pytest

from interviews.models import Candidate

# A Wednesday; the clocks of Berlin were changed on 25 October and will be on 28 March.
NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)


@pytest.fixture
def now(alice: Candidate) -> datetime:
    return NOW.astimezone(alice.zone)
