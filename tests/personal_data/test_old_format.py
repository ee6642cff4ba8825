"""An export of version 1, as it was made by the release before, comes in."""

from io import BytesIO
from pathlib import Path

import pytest

from integrations.content_lines_read import UnreadableError
from interviews.models import Candidate, Contact, Interview, Result
from personal_data.import_ import import_export, restore
from tests.personal_data.exports import NOW, members

BEFORE = BytesIO((Path(__file__).parents[1] / "data" / "before" / "export.zip").read_bytes())


def alone() -> BytesIO:
    """As a browser leaves it that unpacks what it fetches."""
    return BytesIO(members(BEFORE)["hearback.json"])


@pytest.mark.parametrize("make", [lambda: BEFORE, alone], ids=["the zip", "hearback.json"])
def test_every_row_comes_in(newcomer: Candidate, make) -> None:
    text = alone().getvalue().decode()
    brought = import_export(file=make(), candidate=newcomer, now=NOW)
    assert brought.interviews == Interview.objects.of(newcomer).count() > 10
    for model, column in ((Contact, "outcome"), (Result, "lessons")):
        found = model.objects.filter(interview__candidate=newcomer).count()
        assert found == text.count(f'"{column}": ') > 0


def test_an_operator_makes_the_account(db: None) -> None:
    brought = restore(file=alone(), now=NOW)
    assert brought.candidate.user.email == "mara@hearback.example"


@pytest.mark.parametrize("change", [(b", ", b",\n"), (b"\n", b"")])
def test_one_that_is_laid_out_anew_is_refused(
    newcomer: Candidate, change: tuple[bytes, bytes]
) -> None:
    file = BytesIO(alone().getvalue().replace(*change))
    with pytest.raises(UnreadableError):
        import_export(file=file, candidate=newcomer, now=NOW)
    assert not Interview.objects.of(newcomer).exists()
