from collections.abc import Callable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from integrations import position_import
from integrations.imported_positions import save_positions
from integrations.position_import import PositionRow
from interviews.models import Candidate, PositionImport

HEADINGS = "Company,Position,Link,Applied,Status,Rejected on,Interview,Contact,Email,Notes"
BERLIN = ZoneInfo("Europe/Berlin")
Import = Callable[..., PositionImport]


def rows_of(text: str, now: datetime) -> tuple[PositionRow, ...]:
    """Read lines below the usual headings."""
    table = position_import.read(f"{HEADINGS}\n{text}".encode(), "file.csv")
    assert isinstance(table, position_import.Table)
    today = now.astimezone(BERLIN).date()
    proposal = position_import.propose(table, today=today)
    reading = position_import.understand(table, proposal, zone=BERLIN, today=today)
    assert reading.rest == ()
    return reading.rows


@pytest.fixture
def bring(alice: Candidate, now: datetime) -> Import:
    """Save lines below the usual headings for alice."""

    def bring(text: str, *, at: datetime = now) -> PositionImport:
        return save(alice, rows_of(text, at), at)

    return bring


def save(candidate: Candidate, rows: Sequence[PositionRow], now: datetime) -> PositionImport:
    saved = PositionImport.objects.create(
        candidate=candidate, file_name="file.csv", rows_total=len(rows)
    )
    save_positions(position_import=saved, rows=rows, now=now)
    saved.state, saved.finished_at = PositionImport.State.DONE, now
    saved.save()
    return saved
