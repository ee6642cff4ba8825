"""The server fetches no URL that anybody names: it connects only to its own services."""

import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from tests.dashboard.forms.account_postings import ACCOUNTS
from tests.dashboard.forms.postings import INTERVIEWS
from tests.dashboard.forms.test_hostile_text import cleared, client_of, path_of, site
from tests.site.visitors import VisitedSite
from tests.site.world import pages

__all__ = ["site"]
pytestmark = pytest.mark.django_db

LISTENING: list[list[str]] = []


def _watch(event: str, arguments: tuple[Any, ...]) -> None:
    """Python tells every connection and every look-up of a name, whichever library makes it."""
    if LISTENING and event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname"):
        LISTENING[-1].append(f"{event} {arguments[1:] if event == 'socket.connect' else arguments}")


sys.addaudithook(_watch)


@contextmanager
def recorded_queries() -> Iterator[list[str]]:
    LISTENING.append([])
    try:
        yield LISTENING[-1]
    finally:
        LISTENING.pop()


@pytest.fixture
def trap() -> Iterator[socket.socket]:
    """Something that would answer, if anybody asked."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.setblocking(False)
        yield listening


def urls(trap: socket.socket) -> list[str]:
    port = trap.getsockname()[1]
    return [
        f"http://127.0.0.1:{port}/",
        f"http://localhost:{port}/x.ics",
        f"webcal://localhost:{port}/x.ics",
        f"ftp://127.0.0.1:{port}/",
        "http://169.254.169.254/latest/meta-data/",
        "file:///etc/passwd",
    ]


def assert_unasked(trap: socket.socket) -> None:
    with pytest.raises(BlockingIOError):
        trap.accept()


def test_the_watch_sees_a_connection(trap: socket.socket) -> None:
    with recorded_queries() as seen:
        socket.create_connection(trap.getsockname()).close()
    assert any("socket.connect" in each for each in seen)


@pytest.mark.parametrize("form", INTERVIEWS | ACCOUNTS)
def test_no_form_makes_it_fetch(site: VisitedSite, trap: socket.socket, form: str) -> None:
    posting = (INTERVIEWS | ACCOUNTS)[form]
    with cleared(), transaction.atomic(), recorded_queries() as seen:
        client = client_of(site, posting)
        for url in urls(trap):
            typed = dict.fromkeys((*posting.right, *posting.texts), url)
            client.post(path_of(site, posting), typed)
            client.post(path_of(site, posting), typed | dict(posting.right))
        transaction.set_rollback(True)
    assert seen == []
    assert_unasked(trap)


def test_no_file_and_no_page_after_it_makes_it_fetch(
    site: VisitedSite, trap: socket.socket
) -> None:
    client = site.client("owner")
    with transaction.atomic(), recorded_queries() as seen:
        for url in urls(trap):
            card = (
                f"BEGIN:VCARD\nFN:Nina\nPHOTO;VALUE=uri:{url}\nURL:{url}\nSOURCE:{url}\nEND:VCARD\n"
            )
            event = (
                f"BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nDTSTART:20291202T133000Z\nURL:{url}\n"
                f"ATTACH:{url}\nLOCATION:{url}\nCONFERENCE:{url}\nEND:VEVENT\nEND:VCALENDAR\n"
            )
            for path, text in (("/people/import/", card), ("/interviews/from-invitation/", event)):
                client.post(path, {"file": SimpleUploadedFile("x", text.encode())})
        for url in urls(trap):
            site.world.full.link = url
            site.world.full.save()
            for paths in pages(site.world).values():
                client.get(paths[0])
        transaction.set_rollback(True)
    assert seen == []
    assert_unasked(trap)
