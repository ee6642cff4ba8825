"""Which addresses are the same: those whose letters are, capitals or not, and no others."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress

from accounts.models import User
from coaching import coachings, eligibility
from interviews.models import Candidate, Coaching, CoachingRequest
from tests.support.people import make_user

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
ROOT = Path(__file__).resolve().parents[3]
ERIN = "erins@example.org"
# PostgreSQL's UPPER makes an S of the second, and of the third where a domain has it.
OTHERS = ["erin\u017f@example.org", "erin\u017f@EXAMPLE.org", "erins@example\u017f.org"]
SAME = ["erins@example.org", "ERINS@example.org", "Erins@Example.ORG"]
ADDRESSES = [*((each, False) for each in OTHERS), *((each, True) for each in SAME)]


def proved(address: str) -> User:
    user = make_user("Erin", is_staff=True)
    EmailAddress.objects.filter(user=user).update(email=address.lower())
    User.objects.filter(pk=user.pk).update(email=address.lower())
    return User.objects.get(pk=user.pk)


@pytest.mark.parametrize(("address", "is_same"), ADDRESSES)
def test_an_invitation_is_for_its_address_alone(
    alice: Candidate, address: str, is_same: bool
) -> None:
    coaching = Coaching.objects.create(candidate=alice, address=ERIN, invited_at=NOW)
    user = proved(address)
    assert coachings.is_for(coaching, user) == is_same
    assert eligibility.is_own(ERIN, user) == is_same


@pytest.mark.parametrize(("address", "is_same"), ADDRESSES)
def test_a_request_is_to_its_address_alone(db: None, address: str, is_same: bool) -> None:
    coach = make_user("Dora", is_staff=True)
    CoachingRequest.objects.create(coach=coach, address=ERIN, asked_at=NOW)
    assert CoachingRequest.objects.to(address).exists() == is_same


@pytest.mark.parametrize(("address", "is_same"), ADDRESSES)
def test_an_account_is_found_by_its_address_alone(db: None, address: str, is_same: bool) -> None:
    user = proved(ERIN)
    found = User.objects.filter(email__lower=address.lower())
    assert list(found) == ([user] if is_same else [])
    if is_same:
        assert User.objects.get_by_natural_key(address) == user


def test_nothing_compares_by_iexact() -> None:
    apps = (ROOT / app for app in ("accounts", "interviews", "config"))
    files = [path for app in apps for path in app.rglob("*.py")]
    compared = re.compile(r"__i(exact|contains|regex)")
    assert [path.name for path in files if compared.search(path.read_text())] == []
