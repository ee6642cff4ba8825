"""What holds for every page."""

import re
from io import StringIO

import pytest
from django.core.management import call_command
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from integrations.feed_address import create_feed
from tests.accounts.sign_in_helpers import confirm
from tests.site.reading import Reading
from tests.site.world import (
    MIDWAY,
    POSTS,
    World,
    link_paths,
    named_urls,
    open_pages,
    pages,
    sample_pages,
)
from tests.support.people import make_user

# Answers that are no page.
NO_PAGE = {"dashboard:healthz", "dashboard:metrics", "dashboard:security-txt"}
NO_PAGE |= {"dashboard:change-password", "dashboard:service-worker"}
NO_PAGE |= {
    "dashboard:mail-link-open",
    "dashboard:unsubscribe-open",
    "dashboard:deletion-cancel-open",
}
NO_PAGE |= {"dashboard:coaching-invitation-open", "dashboard:coaching-request-open"}
NO_PAGE |= {"dashboard:manifest", "dashboard:device", "dashboard:calendar-feed"}
NO_PAGE |= {"dashboard:interview-calendar"}
NO_PAGE |= {"dashboard:interlocutor-card", "dashboard:interlocutor-cards"}
NO_PAGE |= {"dashboard:insights-csv", "dashboard:proof-csv", "dashboard:mail-events"}
NO_PAGE |= {"dashboard:mail-inbound"}
NO_PAGE |= {"dashboard:position-import-rest"}
NO_PAGE |= {"dashboard:position-csv", "dashboard:position-xlsx", "dashboard:attachment"}
NO_PAGE |= {"dashboard:quick-add", "dashboard:first-interview-save", "dashboard:today-row"}
NO_PAGE |= {"dashboard:palette"}
# Visited below, or in the test named after it, each in a way of its own.
APART = {"dashboard:mail-link", "dashboard:unsubscribe", "dashboard:deletion-cancel"}
APART |= {"dashboard:candidate-create", "dashboard:coach-update", "dashboard:styleguide"}
APART |= {"dashboard:coaching-invitation", "dashboard:coaching-request"}
APART |= {"dashboard:first-interview"}
APART |= {"dashboard:calendar-link"}  # which asks first who it is
APART |= {"dashboard:mail-proposal"}  # Today fetches open ones, a query more than its budget


def look(response: HttpResponse, path: str, *, status: int = 200) -> None:
    assert response.status_code == status, f"{path}: {response.status_code}"
    reading = Reading(response.content.decode())
    assert reading.h1 == 1, f"{path}: {reading.h1} h1"
    assert not reading.forbidden, f"{path}: {reading.forbidden}"
    policy = response["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "*" not in policy


def test_every_named_address_is_visited(world: World) -> None:
    visited = set(pages(world)) | set(open_pages(world))
    assert visited | POSTS | MIDWAY | NO_PAGE | APART == named_urls()


def test_every_page_has_one_h1_and_nothing_inline(as_alice: Client, world: World) -> None:
    for paths in sample_pages(world).values():
        for path in paths:
            look(as_alice.get(path), path)


def test_the_page_of_a_visitors_first_interview(db: None) -> None:
    visitor = Client()
    visitor.post("/first/", {"q": "Acme, analyst, yesterday 14:00 with Anna, answer by Friday"})
    look(visitor.get("/first/"), "/first/")
    assert "no-store" in visitor.get("/first/")["Cache-Control"]


def test_no_page_of_a_candidate_is_kept_by_a_cache(as_alice: Client, world: World) -> None:
    """Neither in the browser, where the next one could go back to it, nor on the way."""
    for paths in pages(world).values():
        assert "no-store" in as_alice.get(paths[0])["Cache-Control"], paths[0]


def test_every_open_page_too(client: Client, world: World) -> None:
    for paths in open_pages(world).values():
        for path in paths:
            look(client.get(path), path)


def test_a_user_who_is_no_candidate_yet(client: Client, db: None) -> None:
    client.force_login(make_user("Bob"))
    look(client.get("/start/"), "/start/")
    client.force_login(make_user("Dora", is_staff=True))
    look(client.get("/start/"), "/start/")


def test_every_page_of_a_mails_links(client: Client, world: World) -> None:
    for path in link_paths(world):
        look(client.get(path, follow=True), path)
    look(client.get("/act/nonsense/"), "an ended link", status=410)
    for path in ("/unsubscribe/", "/coaching/invitation/", "/coaching/request/"):
        look(Client().get(path), "a link that was not opened", status=410)


def test_pages_that_are_not_there(client: Client, as_alice: Client, db: None) -> None:
    look(client.get("/nowhere/"), "/nowhere/", status=404)
    stranger = "01a20000-0000-7000-8000-000000000001"
    path = f"/interviews/{stranger}/"
    look(as_alice.get(path), path, status=404)
    strict = Client(enforce_csrf_checks=True)
    look(strict.post("/accounts/login/", {}), "a post without its token", status=403)


def test_the_page_of_a_fault_links_what_every_page_links(as_alice: Client) -> None:
    """It is made without a request; only its look comes from elsewhere."""
    linked = re.compile(r'<link rel="stylesheet"\s+href="([^"]+)"')
    page = render_to_string("500.html")
    assert Reading(page).h1 == 1
    found = set(linked.findall(page))
    assert {"/static/css/tokens.css", "/static/css/base.css"} <= found
    assert found <= set(linked.findall(as_alice.get("/today/").content.decode()))


def test_the_calendars_address_is_a_whole_page(as_alice: Client, world: World) -> None:
    create_feed(candidate=world.alice, now=timezone.now())
    confirm(as_alice)
    look(as_alice.get("/settings/calendar/link/"), "/settings/calendar/link/")


def test_refused_forms_are_whole_pages(as_alice: Client, world: World) -> None:
    paths = [path for each in sample_pages(world).values() for path in each]
    refused = 0
    for path in paths:
        if "delete" in path or "cancel" in path or "logout" in path:
            continue
        response = as_alice.post(path, {"kind": "x", "name": "", "title": ""})
        if response.status_code == 422:
            refused += 1
            look(response, path, status=422)
    assert refused > 10


@pytest.mark.parametrize("name", sorted(POSTS))
def test_what_acts_is_not_looked_at(as_alice: Client, world: World, name: str) -> None:
    of_candidate = (
        "reminders-",
        "theme",
        "undo",
        "calendar-",
        "address-",
        "account-delete",
        "deletion-",
    )
    of_candidate += ("assumptions-", "several", "shared-", "first-week-", "forwarding-")
    of_candidate += ("notifications-", "notification-", "push-device-create")
    is_of_candidate = name.removeprefix("dashboard:").startswith(of_candidate)
    path = reverse(name, args=[] if is_of_candidate else [world.full.pk])
    assert as_alice.get(path).status_code == 405


def test_no_migration_is_missing(db: None) -> None:
    said = StringIO()
    call_command("makemigrations", check=True, dry_run=True, stdout=said)
    assert "No changes detected" in said.getvalue()
