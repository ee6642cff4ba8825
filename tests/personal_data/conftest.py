"""alice with one of everything, and somebody else who begins with nothing."""

from datetime import timedelta

import pytest
from pytest_django import DjangoDbBlocker

from integrations.feed_address import create_feed
from interviews.models import Candidate, CoachingVacancy
from interviews.services.own_letters import keep_letter
from interviews.services.statistics import change_assumptions
from tests.personal_data.exports import NOW, Facts, exported, facts_in
from tests.site.world import World, make_world
from tests.support.kept_data import Kept
from tests.support.people import (
    make_agreement,
    make_assumptions,
    make_candidate,
    make_coaching,
    make_contact,
    make_interview,
    make_mail_proposal,
    make_note,
    make_proposal,
    make_result,
    make_user,
)
from tests.support.step_factories import reminder_of


def _world() -> World:
    alice = make_candidate(make_user("Alice"))
    made = make_world(alice, now=NOW)
    create_feed(candidate=alice, now=NOW)
    make_mail_proposal(made.full, now=NOW)
    keep_letter(candidate=alice, occasion="thanks", subject="Ω", body="{name}", now=NOW)
    change_assumptions(assumptions=make_assumptions(alice), now=NOW)
    bob = make_user("Bob", is_staff=True)
    coaching = make_coaching(bob, alice)
    CoachingVacancy.objects.create(coaching=coaching, vacancy=made.full.vacancy)
    make_proposal(made.full, bob, now=NOW, words="Τώρα")
    make_note(made.full, bob, now=NOW, text="Εύγε")
    return made


def _facts() -> Facts:
    alice = make_candidate(make_user("Alice"))
    row = make_interview(alice, starts_at=NOW, now=NOW, invitation_uid="1")
    before = NOW - timedelta(days=1)
    ended = make_interview(
        alice, starts_at=before, now=NOW, company="Bolt", people=(("Ben", "peer"),)
    )
    later = NOW + timedelta(hours=3)
    make_agreement(row, now=later)
    make_contact(row, now=later)
    make_result(row, now=later, competences=["SQL"])
    reminder_of(ended, now=later)
    keep_letter(candidate=alice, occasion="thanks", subject="A", body="{name}", now=NOW)
    return facts_in(exported(alice.user, now=later))


@pytest.fixture(scope="session")
def kept_world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Kept[World]:
    return Kept(_world, django_db_blocker)


@pytest.fixture(scope="session")
def kept_facts(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Kept[Facts]:
    return Kept(_facts, django_db_blocker)


@pytest.fixture
def world(db: None, kept_world: Kept[World]) -> World:
    return kept_world.put_back()


@pytest.fixture
def facts(db: None, kept_facts: Kept[Facts]) -> Facts:
    """An export that is small: two interviews, and one of each fact about the first."""
    return kept_facts.put_back()


@pytest.fixture
def newcomer(db: None) -> Candidate:
    """In another zone, as after a hasty sign-up."""
    return make_candidate(make_user("Nora"), zone="UTC")
