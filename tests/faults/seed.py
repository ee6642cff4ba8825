"""`python -m tests.faults.seed COUNT [PORT]`: create this many candidates in the database of
DATABASE_URL, each with a due wait that no sweep has seen yet; with a port each has a browser at the
push service there, and is told by it first."""

import os
import sys
from datetime import UTC, datetime, timedelta


def seed(count: int, port: int | None = None, *, now: datetime) -> None:
    from benchmarks.multitude import multiply, settle_statistics
    from interviews.models import Candidate, Interview, SweepState
    from reminders.recompute_all import decided_by
    from tests.faults.subscriptions import subscribe_all
    from tests.support.people import keep_hours, make_candidate, make_user
    from tests.support.step_factories import stand

    # Notifications wait for the contact hours: at least eight are left of the day there.
    zone = "Europe/Berlin" if now.hour < 12 else "America/Los_Angeles"
    owner = make_candidate(make_user("Alice"), zone)
    # Long enough ago that the call is due on a Sunday night in a week of holidays as well.
    stand(owner, "call", now=now - timedelta(days=14))
    keep_hours(owner, now=now, is_open=True)
    multiply(Candidate.objects.get(pk=owner.pk), count - 1)
    Interview.objects.update(review_at=now + timedelta(days=1))
    # Not an upgrade, which would visit all of them.
    SweepState.objects.update_or_create(pk=1, defaults={"decided_by": decided_by()})
    if port is not None:
        subscribe_all(port, now=now)
    settle_statistics()


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    seed(*map(int, sys.argv[1:]), now=datetime.now(UTC))
