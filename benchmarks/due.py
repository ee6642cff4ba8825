"""Many candidates, each with one step due, to measure sweeps and senders."""

import json
from datetime import datetime, timedelta
from pathlib import Path

from django.db import connection

from benchmarks.multitude import multiply, settle_statistics
from benchmarks.rows import NOW, candidate, waiting
from interviews.models import Interview, Mail, Reminder, SweepState
from reminders import claim
from reminders.recompute_all import decided_by
from reminders.rendered_mail import rendered_mails_of
from reminders.sweep import sweep


def empty_tables() -> None:
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE accounts_user, interviews_mail CASCADE")


def only(count: int) -> None:
    """Create this many candidates with one interview each, and nobody else."""
    empty_tables()
    waiting(owner := candidate("Model"))
    if count > 1:
        multiply(owner, count - 1)
    # The first sweep of an instance visits all rows; here they are correct.
    SweepState.objects.update_or_create(
        pk=1, defaults={"decided_by": decided_by(), "swept_at": NOW, "started_at": NOW}
    )
    settle_statistics()


def make_due(at: datetime = NOW) -> None:
    """Make all steps due at that moment, without reminders."""
    Reminder.objects.all()._raw_delete("default")
    Mail.objects.all()._raw_delete("default")
    Interview.objects.update(review_at=at)
    settle_statistics()


def sweep_all() -> None:
    while sweep(now=NOW).is_cut_short:
        pass


def keep_messages(path: Path, count: int) -> None:
    """Write this many real mails to a file, one a line."""
    kept: list[str] = []
    moment = NOW
    while len(kept) < count and (mails := claim.claim_mails(now=moment)):
        drafts = rendered_mails_of(mails, now=moment)
        kept += [json.dumps([d.mail.recipient, d.message.decode("ascii")]) for d in drafts]
        moment += timedelta(microseconds=1)
    path.write_text("\n".join(kept))
