"""Whatever was recorded, everything can be opened: each page, mail, feed, export and coach's page,
before and after the background work. A fixed sample of possible facts; make test-random uses
others, and more of them."""

import os
from collections.abc import Iterator
from copy import copy
from datetime import datetime, time, timedelta
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import pytest
from django.core.cache import cache
from django.db import transaction
from django.db.models import Model
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings

from accounts.keys import new_key
from accounts.models import User
from coaching import coaches
from coaching.digest import write_digests
from insights.statistics.pooled import compute_pooled
from insights.statistics.refresh import compute_due
from integrations.feed_address import create_feed
from interviews.actions.registry import offer_of
from interviews.models import (
    Agreement,
    Candidate,
    Company,
    Competence,
    Contact,
    Interlocutor,
    Interview,
    Participation,
    Reminder,
    Result,
    Statistics,
    Vacancy,
)
from personal_data import retention
from personal_data.export import export
from reminders.claim import claim_mails
from reminders.lease import mark_sent
from reminders.rendered_mail import rendered_mails_of
from reminders.signed_links import action_url
from reminders.sweep import sweep
from tests.site.addresses import Address, every_address
from tests.site.searches import record, searches
from tests.site.visitors import VISITORS, read_table
from tests.support.people import make_candidate, make_coaching, make_interview, make_user

NOW = timezone.now().replace(second=0, microsecond=0)
EXAMPLES, MANY = (150, 5_000) if "TEST_SEED" in os.environ else (8, 60)
# Whose keys an address takes, by the first word of its path; a coach's also by its model.
NOUNS: dict[str, tuple[type[Model], str]] = {
    "interviews": (Interview, "candidate"),
    "agreements": (Agreement, "interview__candidate"),
    "contacts": (Contact, "interview__candidate"),
    "results": (Result, "interview__candidate"),
    "people": (Interlocutor, "candidate"),
    "vacancies": (Vacancy, "candidate"),
    "companies": (Company, "candidate"),
    "competences": (Competence, "candidate"),
    "interview": (Interview, "candidate"),
    "candidate": (Candidate, "pk"),
}
FIRST = ("dashboard:today", "dashboard:interview-detail", "dashboard:interview-list")


@pytest.fixture
def alice(db: None) -> Candidate:
    return make_candidate(make_user("Alice"))


@pytest.fixture
def bob(db: None) -> User:
    return make_user("Bob", is_staff=True)


@pytest.fixture
def as_owner(alice: Candidate) -> Client:
    client = Client()
    client.force_login(alice.user)
    return client


@pytest.fixture
def as_coach(alice: Candidate, bob: User) -> Client:
    make_coaching(bob, alice)
    coach = coaches.make_coach(user=bob)
    coach.timezone, coach.digest_time, coach.digest_weekdays = "UTC", time(0), [*range(7)]
    coaches.change_coach(coach=coach, now=NOW - timedelta(days=1))
    client = Client()
    client.force_login(bob)
    return client


@settings(max_examples=EXAMPLES, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(search=searches(NOW))
def test_everything_opens(
    alice: Candidate, as_owner: Client, as_coach: Client, search: dict[str, Any]
) -> None:
    cache.clear()  # what was counted of the example before
    with transaction.atomic():
        record(alice, search, now=NOW)
        of_owner, of_coach = addresses_of("owner"), addresses_of("coach")
        open_all(as_owner, [each for each in of_owner if each.name in FIRST], alice)
        work()
        open_all(as_owner, of_owner, alice)
        open_all(as_coach, of_coach, alice)
        take_along(alice, as_owner)
        for days in (0, 1, 6, 15):
            mail(NOW + timedelta(days=days, hours=3))
        transaction.set_rollback(True)


@pytest.mark.drawn
def test_with_many_of_each_noun(alice: Candidate, as_owner: Client, as_coach: Client) -> None:
    row = make_interview(alice, starts_at=NOW - timedelta(days=9), now=NOW)
    crowd(row)
    work()
    mine = [each for each in addresses_of("owner") if not each.parts]
    open_all(as_owner, mine, alice)
    for name in ("interview-detail", "interview-update", "call", "letter", "result", "rate"):
        assert as_owner.get(reverse(f"dashboard:{name}", args=[row.pk])).status_code == 200, name
    assert as_coach.get(f"/admin/interviews/interview/{row.pk}/change/").status_code == 200
    assert as_coach.get(f"/admin/interviews/candidate/{alice.pk}/change/").status_code == 200
    take_along(alice, as_owner)
    mail(NOW)


def crowd(row: Interview) -> None:
    """As many of each noun that a candidate has, around this interview and beside it."""
    alice, number = row.candidate, range(MANY)
    companies = [
        Company(candidate=alice, name=f"Acme {n}", normalised_name=f"acme {n}") for n in number
    ]
    Company.objects.bulk_create(companies)
    people = [Interlocutor(candidate=alice, name=f"Anna {n}", company=companies[n]) for n in number]
    Interlocutor.objects.bulk_create(people)
    vacancies = [Vacancy(candidate=alice, company=companies[n], title=f"Post {n}") for n in number]
    Vacancy.objects.bulk_create(vacancies)
    lacks = [
        Competence(candidate=alice, name=f"SQL {n}", normalised_name=f"sql {n}") for n in number
    ]
    Competence.objects.bulk_create(lacks)
    for n in number:
        again = copy(row)
        again.pk, again.vacancy = new_key(), vacancies[n]
        vacancies[n].row = again
    Interview.objects.bulk_create(each.row for each in vacancies)
    kinds = [kind for kind in Result.Kind.values if kind != "next_stage"]
    results = [
        Result(interview=vacancies[n].row, kind=kinds[n % 5], known_at=row.ends_at)
        for n in number[: MANY // 2]
    ]
    Result.objects.bulk_create(results)
    results[0].competences.set(lacks)
    Participation.objects.bulk_create(
        Participation(interview=row, interlocutor=people[n], position=n + 1, role="peer")
        for n in number
    )
    Contact.objects.bulk_create(
        Contact(interview=row, at=row.ends_at, direction="out", outcome="no_answer") for n in number
    )
    Agreement.objects.bulk_create(Agreement(interview=row, made_at=row.ends_at) for n in number)


def addresses_of(visitor: str) -> list[Address]:
    """Where tests/site/visitors.txt promises this visitor a page."""
    place = VISITORS.index(visitor)
    table = {name: line.answers[0][place] for name, line in read_table().items()}
    admins = visitor == "coach"
    return [
        each
        for each in every_address()
        if table[each.name] in ("PR" if admins else "P")
        and each.name.startswith("admin:" if admins else "dashboard:")
        and each.name not in ("dashboard:metrics", "dashboard:healthz")
    ]


def open_all(client: Client, addresses: list[Address], candidate: Candidate) -> None:
    for address in addresses:
        for path in paths(address, candidate):
            answer = client.get(path)
            assert answer.status_code in (200, 302, 404), (path, answer.status_code)
            if address.name == "dashboard:interview-detail":
                assert answer.status_code == 200, path


def paths(address: Address, candidate: Candidate) -> Iterator[str]:
    if not address.parts:
        yield reverse(address.name)
    elif len(address.parts) == 1 and (part := next(iter(address.parts))) in ("pk", "object_id"):
        words = reverse(address.name, args=[UUID(int=0)]).strip("/").split("/")
        noun = words[2] if words[0] == "admin" else words[0]
        if noun in NOUNS:
            model, owner = NOUNS[noun]
            keys = model._default_manager.filter(**{owner: candidate.pk}).order_by("pk")
            for key in keys.values_list("pk", flat=True):
                yield reverse(address.name, kwargs={part: key})


def work() -> None:
    """What runs in the background has run, and had no trouble with anything."""
    sweep(now=NOW)
    compute_due(now=NOW + timedelta(minutes=5))
    compute_pooled(now=NOW + timedelta(minutes=5))
    write_digests(now=NOW)
    retention.apply_retention(now=NOW)
    assert not Interview.objects.quarantined().exists()
    assert not Statistics.objects.filter(computed_at=None).exists()


def mail(now: datetime) -> None:
    """Every mail that is due can be written, and its links open."""
    sweep(now=now)
    found = rendered_mails_of(claim_mails(now=now), now=now)
    assert [rendered.error for rendered in found if rendered.error] == []
    assert not Reminder.objects.filter(state="set_aside").exists()
    for rendered in found:
        for reminder in rendered.reminders:
            for action in offer_of(reminder.step).mail:
                client = Client()
                landed = client.get(urlsplit(action_url(reminder, action)).path, follow=True)
                assert landed.status_code in (200, 410), action
        mark_sent(rendered.mail, rendered.reminders, now=now)


def take_along(candidate: Candidate, client: Client) -> None:
    feed = create_feed(candidate=candidate, now=NOW)
    assert client.get(f"/calendar/{feed.token}.ics").status_code == 200
    with export(user=candidate.user, now=NOW) as file:
        assert file.read(2) == b"PK"
