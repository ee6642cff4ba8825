"""What every test shares: alice (the owner), bob (the coach), charlie (a stranger with a job
search); which tests need services, a broker of the run's own, no skips."""

import os
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import django.test
import pytest
from django.db import connection
from hypothesis import HealthCheck, settings
from pytest_django import DjangoDbBlocker

from tests.support.brokers import own_broker
from tests.support.databases import empty_tables
from tests.support.inbox import Inbox
from tests.support.running import Running, start

if TYPE_CHECKING:
    from accounts.models import User
    from interviews.models import Candidate

# A test that uses one of these touches the database or the broker.
SERVICES = {"db", "transactional_db", "broker", "running", "start_running"}
# What depends on the database's dialect or on the broker, and so runs on PostgreSQL and Redis too:
# locks, the sweep, leases, constraints, ordering, searches, JSON, the admin's lists, import and
# export, backups. docs/testing.md says why; `make test-cross` runs the others there as well.
DIALECT = (
    *("tests/accounts/test_four_processes", "tests/accounts/test_rate_limits"),
    *("tests/accounts/test_audit_log", "tests/browser/test_promised_answer"),
    *("tests/staff/test_caseload", "tests/staff/test_lists"),
    *("tests/staff/test_morning", "tests/staff/test_operators"),
    *("tests/coaching/", "tests/interviews/commands/", "tests/insights/statistics/"),
    *("tests/integrations/test_calendar_feed", "tests/personal_data/"),
    *("tests/interviews/models/", "tests/reminders/", "tests/interviews/services/"),
    *("tests/interviews/test_access", "tests/demo/"),
    *("tests/dashboard/site/test_healthz", "tests/dashboard/interlocutors/test_interlocutor_list"),
    *("tests/dashboard/interviews/test_interview_list", "tests/dashboard/search/"),
    "tests/dashboard/mail_proposals/",
    *("tests/dashboard/today/test_today", "tests/integrations/forwarding/"),
)
KINDS = {
    "tests/browser/pages/": "pages",
    "tests/browser/": "stories",
    "tests/site/": "site",
    "tests/devserver/": "processes",
    "tests/faults/": "processes",
    "tests/upgrade/": "processes",
    "tests/services_commands/": "processes",
}
RESULTS = Path(__file__).resolve().parent.parent / "test-results"


def pytest_configure() -> None:
    """The same examples each time, but for a run that was given a seed (make test-random)."""
    mild = [HealthCheck.too_slow, HealthCheck.data_too_large]  # a case is a large value
    settings.register_profile(
        "ours",
        derandomize="TEST_SEED" not in os.environ,
        database=None,
        print_blob=True,
        deadline=None,
        suppress_health_check=mild,
    )
    settings.load_profile("ours")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if any(mark.kwargs.get("transaction") for mark in item.iter_markers("django_db")):
            raise pytest.UsageError(f"{item.nodeid}: use the fixture transactional_db instead.")
        if item.nodeid.startswith(("tests/browser/pages/", "tests/site/")):
            item.add_marker(pytest.mark.pages)
        if _uses_services(item):
            item.add_marker(pytest.mark.services)
            if item.nodeid.startswith(DIALECT):
                item.add_marker(pytest.mark.dialect)
        if getattr(getattr(item, "obj", None), "is_hypothesis_test", False):
            item.add_marker(pytest.mark.drawn)


def _uses_services(item: pytest.Item) -> bool:
    case = getattr(item, "cls", None)
    return bool(
        SERVICES & set(getattr(item, "fixturenames", ()))
        or item.get_closest_marker("django_db")
        or (case and issubclass(case, django.test.TransactionTestCase))
    )


@pytest.fixture
def transactional_db(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Commits are real, and every row is deleted afterwards but those that migrations made:
    Django's own flush would give content types other keys than a running server remembers."""
    with django_db_blocker.unblock():
        yield
        empty_tables()
        connection.close()


@pytest.fixture
def db(request: pytest.FixtureRequest) -> None:
    """Of a test whose commits are real, which `alice` asks for too: pytest-django would see the
    name, and flush."""
    is_real = "transactional_db" in request.fixturenames
    request.getfixturevalue("transactional_db" if is_real else "_django_db_helper")


@pytest.fixture(scope="session")
def broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a real broker of this process's own, which the Celery application uses."""
    from django.conf import settings

    from config.celery import app

    with own_broker(tmp_path_factory.mktemp("broker")) as url:
        # Not broker_url: there Celery lets CELERY_BROKER_URL of the environment win.
        app.conf.broker_read_url = app.conf.broker_write_url = settings.CELERY_BROKER_URL = url
        yield url


@pytest.fixture(autouse=True)
def _broker_where_needed(request: pytest.FixtureRequest) -> None:
    if request.node.get_closest_marker("services"):
        request.getfixturevalue("broker")


@pytest.fixture(autouse=True)
def _no_limit_reached_before() -> None:
    """What one test has tried does not count for the next."""
    from django.core.cache import cache

    cache.clear()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: Any) -> Iterator[None]:
    """A failed test shows what its processes said last and keeps pictures of its pages."""
    report = yield
    if report.failed:
        arguments = getattr(item, "funcargs", {})
        if running := arguments.get("running"):
            report.sections += [(f"{name}'s log", text) for name, text in running.logs().items()]
        if (new_page := arguments.get("new_page")) and call.when == "call":
            new_page.keep_screenshots(RESULTS, item.nodeid)
    return report


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Nothing is skipped in silence: a run that skipped a test has failed."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    with suppress(AttributeError):
        if reporter.stats.get("skipped") and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED


def _kind(nodeid: str, keywords: Mapping[str, Any]) -> str:
    """As docs/testing.md names them."""
    for folder, kind in KINDS.items():
        if nodeid.startswith(folder):
            return kind
    return "database" if "services" in keywords else "pure"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """The seconds that the workers spent on each kind of test."""
    spent: Counter[str] = Counter()
    for reports in terminalreporter.stats.values():
        for report in reports:
            if isinstance(report, pytest.TestReport):
                spent[_kind(report.nodeid, report.keywords)] += report.duration
    told = ", ".join(f"{kind} {seconds:.0f}" for kind, seconds in spent.most_common())
    terminalreporter.write_line(f"worker-seconds: {told}; {sum(spent.values()):.0f} in all")


@pytest.fixture
def inbox() -> Iterator[Inbox]:
    """A real SMTP server in this process; `inbox.take(to=…, subject=…)` waits for a mail."""
    with Inbox() as started:
        yield started


@pytest.fixture
def start_running(
    transactional_db: None, inbox: Inbox, tmp_path: Path
) -> Iterator[Callable[..., Running]]:
    """`start_running(SWEEP_SECONDS="5", …)`: a running Hearback with these settings; with
    `works=False` its web server alone."""
    with ExitStack() as stack:

        def start_one(*, works: bool = True, **settings: str) -> Running:
            url = stack.enter_context(own_broker(tmp_path / "broker"))
            started = start(tmp_path, inbox, broker_url=url, works=works, **settings)
            stack.callback(started.stop)
            return started

        yield start_one


@pytest.fixture
def running(start_running: Callable[..., Running]) -> Running:
    """Web, worker and beat (sweeping each second) as processes on this test's own database
    and broker; its mail arrives at `inbox`, also `running.inbox`."""
    return start_running()


@pytest.fixture
def alice(db: None) -> "Candidate":
    from tests.support import people

    return people.make_candidate(people.make_user("Alice"))


@pytest.fixture
def bob(alice: "Candidate") -> "User":
    from tests.support import people

    coach = people.make_user("Bob", is_staff=True)
    people.make_coaching(coach, alice)
    return coach


@pytest.fixture
def charlie(db: None) -> "Candidate":
    from tests.support import people

    return people.make_candidate(people.make_user("Charlie"), zone="America/New_York")
