import json
import re

from django.test import Client

from interviews.models import Candidate

LINKED = re.compile(r'(?:href|src)="(/static/[^"]+\.(?:css|js|svg))"')


def test_it_may_serve_the_whole_site_and_is_asked_for_anew(client: Client) -> None:
    answer = client.get("/service-worker.js")
    assert answer["Content-Type"] == "text/javascript"
    assert answer["Service-Worker-Allowed"] == "/"
    assert "no-cache" in answer["Cache-Control"]
    assert "worker-src 'self'" in answer["Content-Security-Policy"]
    assert "sessionid" not in answer.cookies


def test_it_keeps_every_file_that_a_page_links(as_alice: Client, client: Client) -> None:
    worker = client.get("/service-worker.js").content.decode()
    linked = set(LINKED.findall(as_alice.get("/today/").content.decode()))
    assert len(linked) > 8
    for path in linked:
        assert f'"{path}"' in worker, path


def test_a_page_names_the_worker_to_whoever_is_signed_in(
    as_alice: Client, client: Client, alice: Candidate
) -> None:
    assert b'data-worker="/service-worker.js"' in as_alice.get("/today/").content
    assert b"data-worker" not in client.get("/").content


def test_it_says_something_general_for_a_push_that_it_cannot_read(client: Client) -> None:
    worker = client.get("/service-worker.js").content.decode()
    found = re.search(r"const SETTINGS = (.*);", worker)
    assert found is not None
    told = json.loads(found[1])
    assert told["notice"] == {
        "title": "Something to look at on Hearback",
        "body": "Open Today to see what it’s time to do.",
        "url": "/today/",
        "topic": "notice",
        "lang": "en",
        "actions": [],
    }
    assert told["devices"] == "/settings/notifications/devices/"
    assert told["act"] == "/act/notification/"
    for event in ("push", "notificationclick", "pushsubscriptionchange"):
        assert f'addEventListener("{event}"' in worker


def test_devices_fetch_it_without_its_comments(client: Client) -> None:
    lines = client.get("/service-worker.js").content.decode().splitlines()
    assert not [line for line in lines if line.lstrip().startswith("//")]
