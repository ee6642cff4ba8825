"""On PostgreSQL: an export is a consistent snapshot, whatever is recorded and deleted meanwhile."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from interviews.models import Candidate, Interview, Vacancy
from personal_data.contents import look_through
from tests.interviews.services.test_closing_together import at_once
from tests.personal_data.exports import NOW, Facts, exported, facts_in
from tests.support.people import make_candidate, make_contact, make_interview, make_user

# Without the one moment the second or third fails.
ROUNDS = 6

pytestmark = [pytest.mark.servers, pytest.mark.usefixtures("transactional_db")]


def test_nothing_points_to_what_was_deleted_meanwhile() -> None:
    alice = make_candidate(make_user("Alice"))
    for _ in range(ROUNDS):
        for number in range(10):
            row = make_interview(alice, starts_at=NOW - timedelta(days=3), now=NOW)
            make_contact(row, now=NOW, notes=str(number))
        facts, _nothing = at_once(lambda: _exported(alice), _deletes_all(alice))
        keys = {row["id"] for row in facts["interviews"]}
        assert {row["interview"] for row in facts["contacts"]} == keys
        assert {row["vacancy"] for row in facts["interviews"]} <= {
            row["id"] for row in facts["vacancies"]
        }


def _exported(candidate: Candidate) -> Facts:
    file = exported(Candidate.objects.get(pk=candidate.pk).user)
    look_through(file)
    return facts_in(file)


def _deletes_all(candidate: Candidate) -> Callable[[], None]:
    def delete() -> None:
        Interview.objects.of(candidate).delete()
        Vacancy.objects.filter(candidate=candidate).delete()

    return delete
