"""No page, list, search, feed, file or error contains a stranger's texts."""

from collections.abc import Iterator

import pytest
from django.contrib import admin
from django.db.models import ForeignKey
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from accounts.models import User
from interviews.models import Candidate
from tests.site.addresses import every_address
from tests.site.ids import Ids
from tests.site.marking import mark_all
from tests.site.visitors import VisitedSite, fill
from tests.site.world import sample_pages
from tests.support.kept_data import rolled_back
from tests.support.people import make_candidate, make_coaching, make_user

pytestmark = pytest.mark.django_db
WORD = "Zanzibar"
SOUGHT = "zanz"  # enough to find it, and not the word itself, which a page repeats
OTHERS = ("nobody", "owner", "coach")


class Strangers(VisitedSite):
    """As the site, after dora came, whose every text holds the word, and whom erin coaches."""

    def __init__(self) -> None:
        now = timezone.now()
        of_dora = fill(make_candidate(make_user("Dora")), now=now)
        assert mark_all(WORD) > 250
        Candidate.objects.update(country="NZ")
        self.dora = Candidate.objects.get(pk=of_dora.alice.pk)
        super().__init__(now=now)
        make_coaching(User.objects.get(name="Erin"), self.dora)
        self.ids_of_dora = Ids(of_dora)


@pytest.fixture(scope="module")
def site(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Strangers]:
    with rolled_back(django_db_blocker):
        yield Strangers()


def told(answer: HttpResponse) -> bool:
    headers = "\n".join(f"{name}: {value}" for name, value in answer.headers.items())
    return WORD.lower() in f"{answer.content.decode()}\n{headers}".lower()


def test_the_word_would_be_found(site: Strangers) -> None:
    """On dora's own pages, and on an operator's."""
    as_dora = Client()
    as_dora.force_login(site.dora.user)
    assert told(as_dora.get("/today/"))
    assert told(as_dora.get(f"/search/?q={SOUGHT}"))
    assert told(site.ask("operator", "get", f"/admin/interviews/company/?q={SOUGHT}"))


def test_no_page_of_the_owner(site: Strangers) -> None:
    paths = [path for each in sample_pages(site.world).values() for path in each]
    paths += [f"/search/?q={SOUGHT}", f"/people/?q={SOUGHT}", "/people/cards.vcf", "/device/"]
    paths += [f"/calendar/{site.alice.calendar_feed.token}.ics", "/settings/hours/?country=NZ"]
    assert [path for path in paths if told(site.ask("owner", "get", path))] == []


def test_no_answer_about_what_is_a_strangers(site: Strangers) -> None:
    """Every URL with dora's ids in it, errors included."""
    found = []
    for address in every_address():
        ids = site.ids_of_dora.of(address)
        if not ids or "token" in ids:
            continue
        for visitor in OTHERS:
            for method in ("get", "post"):
                if told(site.ask(visitor, method, reverse(address.name, kwargs=ids))):
                    found.append(f"{visitor}: {method} {address.name}")
    assert found == []


def test_no_list_of_the_coach(site: Strangers) -> None:
    found = []
    for path in coachs_paths():
        answer = site.ask("coach", "get", path)
        if told(answer) or "=NZ" in answer.content.decode():
            found.append(path)
    assert found == []


def coachs_paths() -> Iterator[str]:
    """Lists with all that narrows them, and what fields would complete."""
    yield "/admin/"
    for model, listed in admin.site._registry.items():
        label, name = model._meta.app_label, model._meta.model_name
        path = f"/admin/{label}/{name}/"
        yield from (path, f"{path}?q={SOUGHT}", f"{path}?_facets=True", f"{path}?all=")
        for each in listed.search_fields:
            yield f"{path}?{each}__icontains={SOUGHT}"
        for field in model._meta.fields:
            if isinstance(field, ForeignKey):
                asked = f"app_label={label}&model_name={name}&field_name={field.name}"
                yield f"/admin/autocomplete/?term={SOUGHT}&{asked}"


def test_filtering_by_what_is_not_shown_finds_nothing_more(site: Strangers) -> None:
    """An admin's list takes filters from its address: none of them reaches a stranger's rows."""
    path = f"/admin/interviews/interview/?candidate__user__email__icontains={SOUGHT}"
    answer = site.ask("coach", "get", path)
    assert answer.status_code in (200, 302, 400)
    assert not told(answer)
