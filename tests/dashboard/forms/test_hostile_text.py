"""Hypothesis' worst text, through every form and every URL with parameters. Input is accepted,
refused with everything still in the form, or not found: never a server error."""

import functools
import importlib
import pkgutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django import forms
from django.core import mail
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoDbBlocker

import accounts
import dashboard
import staff
from accounts.sanitize import readable
from interviews.models import normalise_name
from tests.dashboard.forms.account_postings import ACCOUNTS
from tests.dashboard.forms.bare_postings import ASKED, ASKED_OF_INTERVIEW, BARE
from tests.dashboard.forms.hostile_text import TEXTS, Shown
from tests.dashboard.forms.postings import INTERVIEWS, Posting
from tests.site.addresses import every_address
from tests.site.visitors import VISITORS, VisitedSite, read_table
from tests.support.kept_data import rolled_back

pytestmark = pytest.mark.django_db
POSTINGS = INTERVIEWS | ACCOUNTS
# Not sent by themselves, but what the forms above are made of; the style guide's sample; and what
# is asked by GET alone (ASKED).
PARTS = {
    *(
        "PageForm",
        "PageModelForm",
        "FactForm",
        "MessageForm",
        "InvitationMixin",
        "SubmissionMixin",
        "VersionMixin",
        "AskedCompanyMixin",
    ),
    *("BaseAttendeeFormSet", "SampleForm", "_Passkey", "ProofForm", "SinceForm"),
}
ADDRESSES = {each.name: each for each in every_address()}
TAKEN = {200, 201, 302, 400, 404, 410, 422}
FORBIDDEN = 403  # of somebody signed out: what was typed stays on the page
# Never shown again; and what a page says to itself.
UNSHOWN = ("password", "code", "credential", "next", "action", "was")
# A few cases for each form; a failure prints how to repeat it.
worst = settings(
    max_examples=6,
    deadline=None,
    print_blob=True,
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(scope="module")
def site(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[VisitedSite]:
    """Made once: each case takes back what it wrote."""
    with rolled_back(django_db_blocker):
        yield VisitedSite(now=timezone.now())


def every_form() -> Iterator[type[forms.BaseForm | forms.BaseFormSet]]:
    for package in (accounts, dashboard, staff):
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if ".migrations" not in found.name:
                for each in vars(importlib.import_module(found.name)).values():
                    is_form = isinstance(each, type) and issubclass(
                        each, forms.BaseForm | forms.BaseFormSet
                    )
                    if is_form and each.__module__.startswith(
                        ("accounts.", "dashboard.", "staff.")
                    ):
                        yield each


@functools.cache
def areas(form: str) -> set[str]:
    """The fields of several lines, by the forms' own word: that of the one that is sent comes last,
    since another may stand on its page, or within it."""
    found: dict[str, bool] = {}
    for each in sorted(every_form(), key=lambda each: each.__name__ == form):
        for name, field in getattr(each, "base_fields", {}).items():
            is_area = isinstance(field.widget, forms.Textarea)
            found[name] = is_area or (each.__name__ != form and found.get(name, False))
    return {name for name, is_area in found.items() if is_area}


def test_every_form_is_sent() -> None:
    """A new one is added to tests/dashboard/forms/postings.py."""
    names = {each.__name__ for each in every_form() if not each.__name__.endswith("FormFormSet")}
    assert names - PARTS == POSTINGS.keys()


def test_every_address_that_takes_a_post_is_sent_one() -> None:
    posted = {each.name for each in POSTINGS.values()} | BARE.keys()
    owner = VISITORS.index("owner")
    taking = {
        name
        for name, line in read_table().items()
        if not name.startswith("admin:") and line.answers[1][owner] not in "MN"
    }
    assert taking - posted - {"account_inactive", "dashboard:candidate-create"} == set()


@worst
@given(data=st.data())
@pytest.mark.parametrize("form", POSTINGS)
def test_every_form_takes_or_refuses(site: VisitedSite, form: str, data: st.DataObject) -> None:
    posting = POSTINGS[form]
    names = [*posting.right, *posting.texts]
    chosen = data.draw(st.lists(st.sampled_from(names), min_size=1, unique=True), label="fields")
    typed = {name: data.draw(TEXTS, label=name) for name in chosen}
    with cleared(), transaction.atomic():
        client = client_of(site, posting)
        answer = client.post(path_of(site, posting), {**posting.right, **typed})
        assert answer.status_code in TAKEN, answer.status_code
        if answer.status_code == 422:
            check_shown(form, answer.content.decode(), typed)
        elif posting.stored and answer.status_code in (200, 302):
            check_stored(form, posting.stored(site), typed)
        transaction.set_rollback(True)


def client_of(site: VisitedSite, posting: Posting) -> Client:
    client = site.client(posting.visitor)
    if posting.before:
        posting.before(client, site)
    return client


def path_of(site: VisitedSite, posting: Posting) -> str:
    if posting.path:
        return posting.path(site)
    return reverse(posting.name, kwargs=site.ids.of(ADDRESSES[posting.name]))


def plain(form: str, name: str, text: str) -> str:
    return readable(text, has_lines=name in areas(form))


def check_shown(form: str, html: str, typed: dict[str, str]) -> None:
    """What was typed is still there, to be put right, and is nothing but text."""
    page = Shown(html)
    assert "zanzibar" not in page.tags
    for name, text in typed.items():
        is_shown = name in page.values and not any(word in name for word in UNSHOWN)
        if is_shown and text.strip():
            assert {text, plain(form, name, text)} & set(page.values[name]), name


def check_stored(form: str, stored: dict[str, str], typed: dict[str, str]) -> None:
    """As it was typed, without unseen signs and without the spaces around it."""
    for name, text in typed.items():
        if name.endswith("_name") and name in stored:  # one company, however it is spelt
            assert normalise_name(stored[name]) == normalise_name(plain(form, name, text).strip())
        elif name in stored:
            assert stored[name] == plain(form, name, text).strip(), name


@worst
@given(data=st.data())
@pytest.mark.parametrize("name", BARE)
def test_every_other_post(site: VisitedSite, name: str, data: st.DataObject) -> None:
    path = reverse(name, kwargs=site.ids.of(ADDRESSES[name]))
    typed = {field: data.draw(TEXTS, label=field) for field in BARE[name]}
    for visitor in ("owner", "nobody"):
        with cleared():
            taken = TAKEN | {FORBIDDEN} if visitor == "nobody" else TAKEN
            assert site.ask(visitor, "post", path, data=typed).status_code in taken


@worst
@given(data=st.data())
@pytest.mark.parametrize("path", [*ASKED, *ASKED_OF_INTERVIEW])
def test_every_address_that_asks(site: VisitedSite, path: str, data: st.DataObject) -> None:
    names = ASKED.get(path) or ASKED_OF_INTERVIEW[path]
    whole = path if path in ASKED else f"/interviews/{site.world.full.pk}/{path}/"
    asked = {field: data.draw(TEXTS, label=field) for field in names}
    with cleared():
        answer = site.ask("owner", "get", whole, data=asked)
    assert answer.status_code in TAKEN
    if answer.status_code == 200:
        assert "zanzibar" not in Shown(answer.content.decode()).tags


@contextmanager
def cleared() -> Iterator[None]:
    """Without the counts and the mails of the case before."""
    cache.clear()
    mail.outbox = []
    yield
