"""Input is shown as text: on no page and in no mail does it become markup, an attribute, a script
link, or another line of a file."""

from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from integrations.vcard import read_cards
from interviews.models import Mail
from reminders.sender import send_batch
from reminders.smtp import Delivery
from tests.site.coached import address_to
from tests.site.marking import mark_all
from tests.site.test_strangers_words import coachs_paths
from tests.site.visitors import VisitedSite
from tests.site.world import forget_mails, link_paths, sample_pages
from tests.support.inbox import Inbox
from tests.support.kept_data import rolled_back

pytestmark = pytest.mark.django_db
AROUND = "</textarea></script>'\"><zanzibar x=1 onzanzibar=1>{}<!--"
WORD = "Zanzibar"


class Typed(HTMLParser):
    """`faults` is what the reader's browser would take for markup."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.faults: list[str] = []
        self.texts = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "zanzibar" or any(name.startswith("onzanzibar") for name, _ in attrs):
            self.faults.append(self.get_starttag_text() or tag)
        self.texts += any(WORD in (value or "") for _name, value in attrs)

    def handle_data(self, data: str) -> None:
        self.texts += WORD in data

    def handle_comment(self, data: str) -> None:
        if WORD in data:
            self.faults.append(f"a comment: {data}")


@pytest.fixture(scope="module")
def site(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[VisitedSite]:
    with rolled_back(django_db_blocker):
        site = VisitedSite(now=timezone.now())
        assert mark_all(WORD, around=AROUND) > 250
        site.alice.refresh_from_db()
        address_to(site.world, site.alice.user.emailaddress_set.get().email)
        yield site


def faults(site: VisitedSite, visitor: str, paths: list[str]) -> list[str]:
    found, texts = [], 0
    for path in paths:
        answer = site.ask(visitor, "get", path)
        assert answer.status_code in (200, 302, 403), path
        page = Typed(answer.content.decode())
        found += [f"{path}: {fault}" for fault in page.faults]
        texts += page.texts
    assert texts > len(paths) / 2, "hardly a page shows what was typed"
    return found


def test_on_the_owners_pages(site: VisitedSite) -> None:
    paths = [path for each in sample_pages(site.world).values() for path in each]
    assert faults(site, "owner", [*paths, f"/search/?q={WORD}"]) == []


def test_on_the_pages_of_a_mails_links(site: VisitedSite) -> None:
    found, client = [], Client()
    for path in link_paths(site.world):
        page = Typed(client.get(path, follow=True).content.decode())
        found += [f"{path}: {fault}" for fault in page.faults]
    assert found == []


def test_in_the_admin(site: VisitedSite) -> None:
    lists = [path for path in coachs_paths() if "autocomplete" not in path and "__" not in path]
    interview = f"/admin/interviews/interview/{site.world.full.pk}/"
    assert faults(site, "operator", [*lists, f"{interview}change/", f"{interview}history/"]) == []


def test_what_is_echoed_of_an_address(site: VisitedSite) -> None:
    found = []
    for path in ("/search/", "/people/", "/today/", "/interviews/new/", "/settings/", "/nowhere/"):
        names = ("q", "title", "company", "source", "stage", "page", "country")
        asked = dict.fromkeys(names, AROUND.format(WORD))
        found += Typed(site.ask("owner", "get", path, data=asked).content.decode()).faults
    assert found == []


def test_in_mails(site: VisitedSite, inbox: Inbox, settings: object) -> None:
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", inbox.port  # type: ignore[attr-defined]
    forget_mails()
    with Delivery() as delivery:
        assert send_batch(now=timezone.now(), delivery=delivery) == 1
    assert not Mail.objects.exclude(state="sent").exists()
    message = inbox.take(seconds=10)
    html = message.get_body(("html",))
    assert html is not None
    page = Typed(html.get_content())
    assert page.faults == []
    assert page.texts > 5


def test_in_cards_and_calendar(site: VisitedSite) -> None:
    cards = site.ask("owner", "get", "/people/cards.vcf").content
    assert len(read_cards(_upload(cards)).cards) == cards.count(b"BEGIN:VCARD")
    token = site.alice.calendar_feed.token
    feed = site.ask("nobody", "get", f"/calendar/{token}.ics")
    assert feed["Content-Type"].startswith("text/calendar")
    assert feed["X-Content-Type-Options"] == "nosniff"


def _upload(content: bytes) -> object:
    from io import BytesIO

    return BytesIO(content)
