"""The promise index and shared waits: nothing below five candidates and ten waits."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from accounts.models import AuditEntry
from insights.statistics.pooled import compute_pooled, pooled_spells
from insights.statistics.refresh import compute_due
from insights.statistics.stored import index_of, pooled_state
from interviews.models import Candidate, CompanyIndex, CompanyTally, Statistics
from interviews.services.statistics import share_waits, stop_sharing_waits
from tests.support.people import (
    make_agreement,
    make_candidate,
    make_contact,
    make_interview,
    make_result,
    make_user,
)

NOW = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)
WEEK = timedelta(days=7)
Crowd = Callable[..., list[Candidate]]


def waited(candidate: Candidate, times: int, company: str, *, kept: bool) -> None:
    for number in range(times):
        starts = NOW - timedelta(days=40 + number)
        row = make_interview(candidate, starts_at=starts, now=NOW, company=company)
        due_on = (row.ends_at + timedelta(days=7)).date()
        made_at = row.ends_at
        make_agreement(row, now=NOW, made_at=made_at, due_on=due_on, due_time=None)
        if kept:
            make_result(row, now=NOW, kind="refusal", known_at=row.ends_at + timedelta(days=3))


@pytest.fixture
def crowd(db: None) -> Crowd:
    """Candidates who share, each with some waits at a company in a spelling of their own."""

    def made(candidates: int, times: int = 2, **named: bool) -> list[Candidate]:
        people = []
        for number in range(candidates):
            candidate = make_candidate(make_user(f"P{number}"))
            spelling = ["Acme", "ACME", " acme "][number % 3]
            waited(candidate, times, spelling, kept=named.get("kept", number % 2 == 0))
            share_waits(candidate=candidate, now=NOW)
            people.append(candidate)
        compute_due(now=NOW)
        return people

    return made


def test_five_candidates_and_ten_waits(crowd: Crowd) -> None:
    crowd(5)
    assert compute_pooled(now=NOW)
    found = index_of("acme")
    assert found is not None
    assert (found.waits, found.answered_percent) == (10, 60)
    assert (found.promises, found.kept_percent) == (10, 60)
    state = pooled_state()
    assert state is not None
    assert (state.candidates, state.waits) == (5, 10)
    assert sum(pooled_spells().values()) == 10


@pytest.mark.parametrize(("candidates", "times"), [(4, 3), (5, 1)])
def test_too_few(crowd: Crowd, candidates: int, times: int) -> None:
    crowd(candidates, times)
    compute_pooled(now=NOW)
    assert index_of("acme") is None
    assert pooled_spells() == {}
    state = pooled_state()
    assert state is not None
    assert (state.candidates, state.waits, state.comparison) == (0, 0, {})


def test_nobody_counts_for_more_than_three_waits(crowd: Crowd) -> None:
    crowd(5, 6)
    compute_pooled(now=NOW)
    found = index_of("acme")
    assert found is not None
    assert found.waits == 15


def test_figures_are_rounded(crowd: Crowd) -> None:
    people = crowd(7)  # 14 waits, 8 of them answered: 57 percent
    compute_pooled(now=NOW)
    found = index_of("acme")
    assert found is not None
    assert (found.waits, found.answered_percent) == (15, 60)
    assert len(people) == 7


def test_once_a_week(crowd: Crowd) -> None:
    crowd(5)
    assert compute_pooled(now=NOW)
    CompanyIndex.objects.update(answered_percent=0)
    assert not compute_pooled(now=NOW + WEEK - timedelta(minutes=1))
    assert CompanyIndex.objects.get().answered_percent == 0
    assert compute_pooled(now=NOW + WEEK)
    assert CompanyIndex.objects.get().answered_percent == 60


def test_who_withdraws_is_forgotten_at_once_and_the_rounded_figure_with_the_week(
    crowd: Crowd,
) -> None:
    first, *_others = crowd(5)
    compute_pooled(now=NOW)
    stop_sharing_waits(candidate=first, now=NOW)
    assert not CompanyTally.objects.filter(candidate=first).exists()
    assert index_of("acme") is not None
    compute_pooled(now=NOW + WEEK)
    assert index_of("acme") is None
    assert pooled_spells() == {}


def test_who_withdraws_during_the_computation_leaves_no_tally(crowd: Crowd) -> None:
    (first,) = crowd(1)
    stop_sharing_waits(candidate=first, now=NOW)
    Statistics.objects.update(due_at=NOW)
    compute_due(now=NOW)
    assert not CompanyTally.objects.exists()


def test_who_deletes_the_account_takes_the_share_along(crowd: Crowd) -> None:
    first, *_others = crowd(5)
    compute_pooled(now=NOW)
    first.user.delete()
    compute_pooled(now=NOW + WEEK)
    assert index_of("acme") is None


def test_nothing_is_shared_unasked(alice: Candidate) -> None:
    waited(alice, 3, "Acme", kept=True)
    compute_due(now=NOW)
    assert not CompanyTally.objects.exists()


def test_sharing_stands_in_the_record(alice: Candidate) -> None:
    for _twice in range(2):
        share_waits(candidate=alice, now=NOW)
    for _twice in range(2):
        stop_sharing_waits(candidate=alice, now=NOW)
    kinds = list(AuditEntry.objects.about(alice.user).values_list("kind", flat=True))
    assert sorted(kinds) == ["waits_shared", "waits_unshared"]


def test_shared_waits_move_everybodys_chances(crowd: Crowd, alice: Candidate) -> None:
    crowd(6, 3, kept=False)  # all silent
    make_interview(alice, starts_at=NOW - timedelta(days=2), now=NOW)
    compute_pooled(now=NOW)
    compute_due(now=NOW)
    posterior = Statistics.objects.get(candidate=alice).posterior
    assert posterior["others"] == 18


def test_the_comparison_needs_as_many_in_each_way(crowd: Crowd) -> None:
    """All of them waited in silence; one alone called, often enough for ten waits."""
    people = crowd(5, 4)
    for row in people[0].interviews.all():
        make_contact(row, now=NOW, at=row.ends_at + timedelta(days=2), direction="out")
    for number in range(9):
        starts = NOW - timedelta(days=80 + number)
        row = make_interview(people[0], starts_at=starts, now=NOW, company=f"B{number}")
        make_contact(row, now=NOW, at=row.ends_at + timedelta(days=2), direction="out")
    compute_due(now=NOW)
    compute_pooled(now=NOW)
    state = pooled_state()
    assert state is not None
    assert "steps" not in state.comparison


def test_what_was_shared_in_silence(crowd: Crowd) -> None:
    crowd(6, 3, kept=True)
    compute_pooled(now=NOW)
    state = pooled_state()
    assert state is not None
    assert state.comparison["silence"] == {
        "waits": 20,
        "known_10_percent": 100,
        "known_20_percent": 100,
    }
