"""Pages only: nothing here waits for a sweep or a mail, so only the web server runs, and any
database will do (scripts/run_tests.py excludes these from `services`).

One server serves all pages of a test process, on the process's own database, which is emptied after
each test.
"""

from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from tests.support.brokers import own_broker
from tests.support.inbox import Inbox
from tests.support.running import Running, start


@pytest.fixture(scope="session")
def web_server(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("web")
    with Inbox() as inbox, own_broker(folder / "broker") as url:
        with django_db_blocker.unblock():
            started = start(folder, inbox, broker_url=url, works=False, is_relayed=True)
        yield started
        started.stop()


@pytest.fixture
def running(transactional_db: None, web_server: Running) -> Iterator[Running]:
    """Reset the rate limits after each test, and let the server answer again."""
    yield web_server
    web_server.forget_limits()
    web_server.answer()
