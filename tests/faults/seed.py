"""`python -m tests.faults.seed COUNT`: create this many candidates in the database of DATABASE_URL,
each with a due wait that no sweep has seen yet."""

import os
import sys
from datetime import UTC, datetime, timedelta


def seed(count: int, *, now: datetime) -> None:
    from benchmarks.multitude import multiply, settle_statistics
    from interviews.models import Candidate, Interview, SweepState
    from reminders.recompute_all import decided_by
    from tests.support.people import make_candidate, make_user
    from tests.support.step_factories import stand

    owner = make_candidate(make_user("Alice"))
    # Long enough ago that the call is due on a Sunday night in a week of holidays as well.
    stand(owner, "call", now=now - timedelta(days=14))
    multiply(Candidate.objects.get(pk=owner.pk), count - 1)
    Interview.objects.update(review_at=now + timedelta(days=1))
    # Not an upgrade, which would visit all of them.
    SweepState.objects.update_or_create(pk=1, defaults={"decided_by": decided_by()})
    settle_statistics()


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    seed(int(sys.argv[1]), now=datetime.now(UTC))
