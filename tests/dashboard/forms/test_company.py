"""Which company a typed name means."""

import pytest

from dashboard.companies.forms import known_or_new
from interviews.models import Candidate, Company, bare_name


def test_one_that_was_just_typed_beside_it_is_the_same(alice: Candidate) -> None:
    acme = Company(candidate=alice, name="Acme")
    assert known_or_new(alice, " ACME", besides=[None, acme]) is acme
    assert known_or_new(alice, "Bolt", besides=[None, acme]).name == "Bolt"


@pytest.mark.parametrize(
    "name",
    [
        *("ACME", "Acme Inc.", "Acme, Inc", "Acme GmbH", "acme gmbh & co. kg", "Acme S.A."),
        *("Acme Sp. z o.o.", "The Acme Company", "ООО Acme", "Acme 株式会社", "Acme UG (i. Gr.)"),
    ],
)
def test_these_are_most_likely_one_company(name: str) -> None:
    assert bare_name(name) == bare_name("Acme")


@pytest.mark.parametrize("name", ["Acme Two", "Acmes", "Acme Holding", "Me", "Co", "SE", "..."])
def test_these_are_others(name: str) -> None:
    assert bare_name(name) not in ("", bare_name("Acme"))
