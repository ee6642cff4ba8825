"""Related rows come with their interview, on either database."""

from datetime import UTC, datetime, timedelta

import pytest

from accounts.models import User
from coaching import access as coaching_access
from interviews import access, queries
from interviews.models import Candidate, Interview
from tests.support.people import make_interview, make_note, make_result
from tests.support.queries import count_queries

NOW = datetime(2026, 11, 23, 9, 30, 0, 123456, tzinfo=UTC)
LATER = NOW + timedelta(minutes=1)


@pytest.fixture
def row(alice: Candidate, bob: User) -> Interview:
    return make_interview(alice, starts_at=NOW - timedelta(days=3), now=NOW)


def fetched(row: Interview) -> Interview:
    annotations = {
        "shared_notes": coaching_access.notes_subquery(),
        "skill_gaps": queries.skill_gaps_subquery(),
    }
    return access.get_interview(row.candidate.user, row.pk, annotations=annotations)


def test_nothing(row: Interview) -> None:
    found = fetched(row)
    assert (coaching_access.shared_notes_of(found), queries.skill_gaps_of(found)) == ([], [])


def test_notes_and_what_was_lacking(row: Interview, bob: User) -> None:
    make_note(row, bob, now=NOW, text="“Well” told\n\\ Ωραία")
    make_note(row, bob, now=LATER, text="Shorter", about="letter")
    make_note(row, bob, now=LATER, text="For myself", is_shared=False)
    make_result(row, now=NOW, competences=["SQL", "Ångström", "English"])
    found = fetched(row)
    assert coaching_access.shared_notes_of(found) == [
        coaching_access.SharedNote("Bob", "letter", "Shorter", LATER),
        coaching_access.SharedNote("Bob", "interview", "“Well” told\n\\ Ωραία", NOW),
    ]
    assert queries.skill_gaps_of(found) == ["English", "SQL", "Ångström"]
    assert count_queries(lambda: fetched(row)) == 1
