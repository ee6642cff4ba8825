import re
from datetime import datetime

import pytest
from django.test import Client

from integrations import feed_address
from interviews.models import CalendarFeed, Candidate, Interview


@pytest.fixture
def feed(alice: Candidate, now: datetime) -> CalendarFeed:
    return feed_address.create_feed(candidate=alice, now=now)


@pytest.fixture
def url(feed: CalendarFeed) -> str:
    return f"/calendar/{feed.token}.ics"


def test_read_without_a_sign_in(client: Client, url: str, ahead: Interview) -> None:
    response = client.get(url)
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert f"interview-{ahead.pk}" in response.content.decode()
    assert response["Cache-Control"] == "private, no-cache"
    assert response["Referrer-Policy"] == "no-referrer"
    assert "Set-Cookie" not in response


def test_not_read_again_while_nothing_changes(client: Client, url: str, ahead: Interview) -> None:
    etag = client.get(url)["ETag"]
    again = client.get(url, headers={"if-none-match": etag})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", etag)
    assert again["Cache-Control"] == "private, no-cache"
    Interview.objects.filter(pk=ahead.pk).update(place="Somewhere else")
    assert client.get(url, headers={"if-none-match": etag}).status_code == 200


@pytest.mark.parametrize("method", ["PROPFIND", "REPORT", "OPTIONS", "POST", "PUT", "DELETE"])
def test_other_methods_are_told_what_is_allowed(url: str, method: str) -> None:
    response = Client(enforce_csrf_checks=True).generic(method, url)
    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD")


def test_a_secret_that_cannot_be_guessed(feed: CalendarFeed) -> None:
    assert re.fullmatch(r"[\w-]{43}", feed.token)


def test_not_found_once_it_has_ended(
    client: Client, alice: Candidate, url: str, now: datetime
) -> None:
    assert client.get("/calendar/nonsense.ics").status_code == 404
    feed_address.renew_feed(candidate=alice, now=now)
    assert client.get(url).status_code == 404
    token = CalendarFeed.objects.get().token
    assert client.get(f"/calendar/{token}.ics").status_code == 200
    feed_address.delete_feed(candidate=alice)
    assert client.get(f"/calendar/{token}.ics").status_code == 404


def test_not_found_for_who_may_not_sign_in(client: Client, alice: Candidate, url: str) -> None:
    alice.user.is_active = False
    alice.user.save()
    assert client.get(url).status_code == 404


def test_nothing_is_sent_there(client: Client, url: str) -> None:
    assert client.post(url).status_code == 405
