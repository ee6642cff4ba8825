"""Which company a typed name means."""

from interviews.forms.company import known_or_new
from interviews.models import Candidate, Company


def test_one_that_was_just_typed_beside_it_is_the_same(alice: Candidate) -> None:
    acme = Company(candidate=alice, name="Acme")
    assert known_or_new(alice, " ACME", besides=[None, acme]) is acme
    assert known_or_new(alice, "Bolt", besides=[None, acme]).name == "Bolt"
