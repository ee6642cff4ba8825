"""Limits hold across web processes: they count in one place."""

import http.client
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.support.brokers import own_broker
from tests.support.inbox import Inbox
from tests.support.people import PASSWORD, make_user
from tests.support.running import Running, start

PROCESSES = 4
TRIES = 20
LIMIT = 5  # of ACCOUNT_RATE_LIMITS: wrong tries on one account in five minutes


@pytest.fixture
def four(transactional_db: None, inbox: Inbox, tmp_path: Path) -> Iterator[list[Running]]:
    """Web processes on one database and one cache, each at a port of its own."""
    with own_broker(tmp_path / "broker") as url:
        running: list[Running] = []
        try:
            for number in range(PROCESSES):
                var = tmp_path / str(number)
                running.append(start(var, inbox, broker_url=url, works=False))
            yield running
        finally:
            for one in running:
                one.system.stop()


def give(port: int, password: str) -> str:
    """The page that answers to it, or where it leads."""
    connection = http.client.HTTPConnection("localhost", port, timeout=30)
    connection.request("GET", "/accounts/login/")
    asked = connection.getresponse()
    page = asked.read().decode()
    token = page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    data = {"login": "alice@example.org", "password": password, "csrfmiddlewaretoken": token}
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Cookie": str(asked.getheader("Set-Cookie")).split(";")[0],
    }
    connection.request("POST", "/accounts/login/", urlencode(data), headers)
    answered = connection.getresponse()
    said = answered.read().decode()
    connection.close()
    return answered.getheader("Location") or said


def test_twenty_wrong_passwords_from_four_processes_stop_at_the_limit(four: list[Running]) -> None:
    make_user("Alice")
    ports = [four[number % PROCESSES].port for number in range(TRIES)]
    with ThreadPoolExecutor(PROCESSES) as browsers:
        answers = [*browsers.map(lambda port: give(port, "wrong and wrong"), ports)]
    looked_at = [answer for answer in answers if "The email address or password" in answer]
    stopped = [answer for answer in answers if "Too many attempts" in answer]
    assert (len(looked_at), len(stopped)) == (LIMIT, TRIES - LIMIT)
    assert all("Too many attempts" in give(one.port, PASSWORD) for one in four)
