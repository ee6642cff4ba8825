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
