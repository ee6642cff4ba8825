"""The mailbox of `make run`: what it stores and shows."""

import http.client
import smtplib
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from devserver.mailbox import pages
from devserver.mailbox.store import Store
from tests.devserver.serving import served
from tests.support.inbox import Inbox

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
MESSAGE = (
    b"From: Hearback <reminders@example.org>\r\n"
    b"To: alice@example.org\r\n"
    b"Subject: Call <b>Nora</b>\r\n"
    b"MIME-Version: 1.0\r\n"
    b'Content-Type: multipart/alternative; boundary="b"\r\n'
    b"\r\n"
    b"--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
    b"<script>1</script> Open http://localhost:8000/a?b=1&c=2.\r\n"
    b"--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
    b"<html><head></head><body><p>Call</p></body></html>\r\n"
    b"--b--\r\n"
)


def kept(folder: Path) -> tuple[Store, str]:
    store = Store(folder)
    return store, store.keep(MESSAGE, ["alice@example.org"], now=NOW)


def test_a_message_outlives_the_process_that_took_it(tmp_path: Path) -> None:
    _, key = kept(tmp_path)
    found = Store(tmp_path).find(key)
    assert found is not None
    assert found.recipients == "alice@example.org"
    assert found.received_at == NOW


def test_the_newest_message_comes_first(tmp_path: Path) -> None:
    store = Store(tmp_path)
    keys = [store.keep(MESSAGE, ["a@example.org"], now=NOW.replace(hour=hour)) for hour in (9, 8)]
    assert [one.key for one in store.newest()] == keys


def test_a_key_is_no_path(tmp_path: Path) -> None:
    (tmp_path / "outside.eml").write_bytes(MESSAGE)
    store = Store(tmp_path / "mailbox")
    assert store.find("../outside") is None


def test_what_a_message_says_is_escaped(tmp_path: Path) -> None:
    store, _ = kept(tmp_path)
    shown = pages.list_page(store.newest()) + pages.message_page(store.newest()[0])
    assert "Call &lt;b&gt;Nora&lt;/b&gt;" in shown
    assert "&lt;script&gt;1&lt;/script&gt;" in shown
    assert "<script" not in shown


def test_addresses_in_the_text_are_links() -> None:
    assert pages.linked("See http://localhost:8000/a?b=1&c=2.") == (
        'See <a href="http://localhost:8000/a?b=1&amp;c=2">http://localhost:8000/a?b=1&amp;c=2</a>.'
    )


def get(port: int, path: str, host: str = "localhost") -> tuple[int, str, str]:
    """Status, policy and body."""
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=10)) as connection:
        connection.request("GET", path, headers={"Host": f"{host}:{port}"})
        response = connection.getresponse()
        policy = response.headers["Content-Security-Policy"]
        return response.status, policy, response.read().decode()


def test_the_html_part_may_run_nothing(tmp_path: Path) -> None:
    store, key = kept(tmp_path)
    with served(store) as port:
        status, policy, body = get(port, f"/messages/{key}/html")
    assert status == 200
    assert "default-src 'none'" in policy
    assert "sandbox allow-popups" in policy
    assert "allow-scripts" not in policy
    assert '<head><base target="_blank">' in body


def test_another_sites_name_for_this_machine_reads_nothing(tmp_path: Path) -> None:
    store, _ = kept(tmp_path)
    with served(store) as port:
        assert get(port, "/", host="mail.example.org")[0] == 403
        assert get(port, "/messages/none")[0] == 404


def test_mail_comes_in_by_smtp() -> None:
    with Inbox() as inbox, smtplib.SMTP("127.0.0.1", inbox.port) as client:
        client.sendmail("reminders@example.org", ["alice@example.org"], MESSAGE)
        assert inbox.take(to="alice@example.org", subject="Nora")["From"].startswith("Hearback")
