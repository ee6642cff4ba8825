"""What is shared with a coach: by level, by position, and for as long as it goes on."""

from datetime import UTC, datetime, timedelta

import pytest
from django.http import Http404

from accounts.keys import new_key
from accounts.models import User
from coaching.permissions import CoachScope, get_own_coaching, scope_of
from interviews.models import Candidate, Coach, Coaching, CoachingVacancy
from tests.support.people import make_candidate, make_coaching, make_interview, make_note, make_user
from tests.support.queries import count_queries

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


def shared(coach: User, now: datetime = NOW) -> CoachScope:
    return scope_of(coach, now=now)


def test_levels_and_positions(bob: User, alice: Candidate, charlie: Candidate) -> None:
    whole = make_interview(alice, starts_at=NOW, now=NOW, company="Whole")
    make_coaching(bob, charlie, shares="steps", covers_all=False)
    chosen = make_interview(charlie, starts_at=NOW, now=NOW, company="Chosen")
    make_interview(charlie, starts_at=NOW, now=NOW, company="Hidden")
    coaching = Coaching.objects.get(candidate=charlie)
    CoachingVacancy.objects.create(coaching=coaching, vacancy=chosen.vacancy)
    sharing = shared(bob)
    assert set(sharing.interviews()) == {whole, chosen}
    assert set(sharing.whole_interviews()) == {whole}
    assert [sharing.may_read(each) for each in (whole, chosen)] == [True, False]
    assert sharing.get_interview(chosen.pk) == chosen
    with pytest.raises(Http404):
        sharing.get_whole_interview(chosen.pk)
    with pytest.raises(Http404):
        sharing.get_candidate(new_key())


def test_once_it_has_ended(bob: User, alice: Candidate) -> None:
    row = make_interview(alice, starts_at=NOW, now=NOW)
    note = make_note(row, bob, now=NOW)
    ends_at = NOW + timedelta(days=1)
    Coaching.objects.update(ends_at=ends_at)
    assert shared(bob, ends_at - timedelta(seconds=1)).get_note(note.pk) == note
    later = shared(bob, ends_at)
    assert not later.interviews().exists()
    for fetch, key in ((later.get_note, note.pk), (later.get_interview, row.pk)):
        with pytest.raises(Http404):
            fetch(key)
    with pytest.raises(Http404):
        get_own_coaching(bob, Coaching.objects.get().pk, now=ends_at)


def test_two_queries_for_any_number_of_candidates(bob: User, alice: Candidate) -> None:
    Coach.objects.create(user=bob, timezone="Asia/Tokyo")
    assert count_queries(lambda: shared(bob)) == 1
    for number in range(5):
        other = make_candidate(make_user(f"Other{number}"), zone="Europe/Athens")
        make_coaching(bob, other, covers_all=False)
    assert count_queries(lambda: shared(bob)) == 2
    sharing = shared(bob)
    assert sharing.zone.key == "Asia/Tokyo"
    assert {zone.key for zone in sharing.zones} == {"Europe/Berlin", "Europe/Athens"}
