"""Reminders through real processes: worker and beat, a real broker, a real SMTP server."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from interviews.models import Mail
from tests.support.people import make_candidate, make_interview, make_user
from tests.support.running import Running


def test_a_worker_that_starts_looks_at_once(start_running: Callable[..., Running]) -> None:
    """What came due while nothing ran does not wait for beat's next round."""
    alice = make_candidate(make_user("Alice"))
    now = datetime.now(UTC)
    interview = make_interview(alice, starts_at=now - timedelta(hours=2), now=now)
    interview.review_at = now
    interview.save(update_fields=["review_at"])
    running = start_running(SWEEP_SECONDS="3600")
    mail = running.inbox.take(to="alice@example.org")
    assert mail["Message-ID"] == Mail.objects.get().message_id
