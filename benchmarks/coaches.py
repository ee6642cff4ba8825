"""A coach of 500 candidates with 10,000 interviews, compared with a coach of five and with bare
lists.

`python -m benchmarks.coaches` measures only this; with DATABASE_URL=sqlite:///… on SQLite.
"""

import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import cache
from statistics import median
from time import perf_counter

from django.db import connection
from django.db.models import Model
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.keys import new_key
from accounts.models import User
from benchmarks.database import database
from benchmarks.figure import Figure, table
from benchmarks.scale import scaled
from interviews.models import (
    Agreement,
    Candidate,
    Coaching,
    Company,
    Contact,
    Interlocutor,
    Interview,
    Participation,
    Result,
    Vacancy,
)
from tests.support.people import (
    make_agreement,
    make_candidate,
    make_coaching,
    make_contact,
    make_interview,
    make_result,
    make_user,
)
from tests.support.step_factories import stand

FEW, MANY = 5, 500
INTERVIEWS_EACH = 20
TIMES = 31
PAGES = {"This morning": "/admin/", "caseload": "/admin/interviews/candidate/"}
BARE = {
    "This morning": "/bare/interviews/interview/",
    "caseload": "/bare/interviews/candidate/",
}
TIMES_MOST = {"This morning": 2.0, "caseload": 1.8}
NOUNS: tuple[type[Model], ...] = (
    *(User, Candidate, Company, Vacancy, Interlocutor, Interview, Participation),
    *(Agreement, Contact, Result, Coaching),
)
OPEN = ("call", "weigh", "close")
KINDS = ("refusal", "no_response", "refusal", "offer")


def coach_figures() -> list[Figure]:
    """Queries and times of both pages; each page and its yardstick in turn."""
    few, many = _clients()
    return [figure for page in PAGES for figure in _figures_of(page, few, many)]


def _figures_of(page: str, few: Client, many: Client) -> Iterator[Figure]:
    path, of = PAGES[page], f"{_kind()}, {scaled(MANY)} candidates with {INTERVIEWS_EACH} each"
    queries = _queries(many, path)
    yield Figure(
        name=f"{page}: queries",
        value=queries,
        unit="queries",
        yardstick=f"{of}; with {FEW} candidates {_queries(few, path)}",
        target=12,
        is_most=True,
    )
    own, bare, small = [], [], []
    for _ in range(TIMES):
        own.append(_milliseconds(many, path))
        small.append(_milliseconds(few, path))
        with override_settings(ROOT_URLCONF="benchmarks.bare_lists"):
            bare.append(_milliseconds(many, BARE[page]))
    yield Figure(
        name=f"{page} against a bare list",
        value=round(median(own) / median(bare), 2),
        unit="times",
        yardstick=f"{of}: medians of {TIMES}, {median(own):.1f} ms; a stock changelist of as many "
        f"rows {median(bare):.1f} ms; the page with {FEW} candidates {median(small):.1f} ms",
        target=TIMES_MOST[page],
        is_most=True,
    )


def _kind() -> str:
    return str(connection.display_name)


@cache
def _clients() -> tuple[Client, Client]:
    """A coach of a few candidates, and one of many."""
    database()
    now = timezone.now()
    return _client("Few", FEW, now), _client("Many", scaled(MANY), now)


def _client(name: str, count: int, now: datetime) -> Client:
    coach = make_user(name, is_staff=True)
    model = _model(coach, name, now)
    _multiply(model, count - 1)
    client = Client()
    client.force_login(coach)
    for path in PAGES.values():
        client.get(path)  # only the first request fills caches
    return client


def _model(coach: User, name: str, now: datetime) -> Candidate:
    """Three waits with a step due, one with a step ahead; all others answered."""
    candidate = make_candidate(make_user(f"Model {name}".replace(" ", "")))
    for step in OPEN:
        row = stand(candidate, step, now=now, company=step)
        thanked_at = row.ends_at + timedelta(hours=1)
        make_contact(row, now=now, at=thanked_at, channel="email", outcome="sent", purpose="thanks")
    make_interview(candidate, starts_at=now + timedelta(days=1), now=now, company="ahead")
    for number in range(INTERVIEWS_EACH - len(OPEN) - 1):
        starts_at = now - timedelta(days=20 + 10 * number)
        row = make_interview(candidate, starts_at=starts_at, now=now, company=f"known {number}")
        due_on = (starts_at + timedelta(days=5)).date()
        make_agreement(row, now=now, due_on=due_on)
        told_at = starts_at + timedelta(days=4)
        make_contact(row, now=now, at=told_at, direction="in", outcome="reached")
        known_at = starts_at + timedelta(days=9)
        kind = KINDS[number % len(KINDS)]
        make_result(row, now=now, kind=kind, known_at=known_at, lessons="skipped")
    make_coaching(coach, candidate)
    return candidate


def _multiply(model: Candidate, count: int) -> None:
    """Copy the candidate with all rows this many times, in bulk."""
    rows = {noun: list(_rows_of(noun, model)) for noun in NOUNS}
    for noun in NOUNS:  # the targets of foreign keys first
        assert rows[noun], noun
    copies: dict[type[Model], list[Model]] = {noun: [] for noun in NOUNS}
    for number in range(count):
        keys: dict[object, object] = {}
        for noun in NOUNS:
            copies[noun] += [_like(row, keys, f"{model.pk}-{number}") for row in rows[noun]]
    for noun in NOUNS:
        noun._default_manager.bulk_create(copies[noun], 500)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _rows_of(noun: type[Model], model: Candidate) -> Iterator[Model]:
    path = {User: "candidate", Candidate: "pk"}.get(noun)
    names = {field.name for field in noun._meta.fields}
    path = path or ("candidate" if "candidate" in names else "interview__candidate")
    yield from noun._default_manager.filter(**{path: model.pk}).order_by("pk")


def _like(row: Model, keys: dict[object, object], name: str) -> Model:
    """Copy the values with a new key and foreign keys to the other copies."""
    values = {
        field.attname: _copied(getattr(row, field.attname), keys, is_key=field.is_relation)
        for field in row._meta.concrete_fields
        if not field.primary_key
    }
    copy = type(row)(**values)
    if not isinstance(row, Participation):
        copy.pk = keys[row.pk] = new_key()
    if isinstance(copy, User):
        copy.email, copy.name = f"{name}@example.org", f"Candidate {name[-6:]}"
        copy.device_key = User._meta.get_field("device_key").get_default()
    return copy


def _copied(value: object, keys: dict[object, object], *, is_key: bool) -> object:
    return keys.get(value, value) if is_key else value


def _queries(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def _milliseconds(client: Client, path: str) -> float:
    began = perf_counter()
    assert client.get(path).status_code == 200
    return (perf_counter() - began) * 1000


if __name__ == "__main__":
    print(table(coach_figures()))
    sys.exit(0)
