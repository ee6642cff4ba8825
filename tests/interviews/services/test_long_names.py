"""A name that grows by case folding fits its column, on both databases."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError

from interviews.models import Candidate, Company, Competence
from interviews.services.companies import find_or_create_company
from tests.support.people import make_interview, make_result

NOW = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)
LONG = "ß" * 150
LONGEST_COMPETENCE = "ß" * 120


def test_a_company(alice: Candidate) -> None:
    company = find_or_create_company(candidate=alice, name=LONG)
    assert find_or_create_company(candidate=alice, name=LONG.upper()) == company
    assert Company.objects.get().name == LONG


def test_a_company_of_quick_add(alice: Candidate) -> None:
    interview = make_interview(alice, starts_at=NOW, now=NOW, company=LONG)
    assert interview.vacancy.company.name == LONG


def test_a_competence(alice: Candidate) -> None:
    interview = make_interview(alice, starts_at=NOW - timedelta(days=6), now=NOW)
    make_result(interview, now=NOW, competences=[LONGEST_COMPETENCE])
    make_result(interview, now=NOW, competences=[LONGEST_COMPETENCE, f" {LONGEST_COMPETENCE} "])
    assert Competence.objects.get().name == LONGEST_COMPETENCE


def test_a_competence_longer_than_can_be_kept_is_refused(alice: Candidate) -> None:
    interview = make_interview(alice, starts_at=NOW - timedelta(days=6), now=NOW)
    with pytest.raises(ValidationError, match="at most 120 characters"):
        make_result(interview, now=NOW, competences=[LONG])
    assert not Competence.objects.exists()
