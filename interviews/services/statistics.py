"""What was learned: when it is to be reckoned anew, what it rests on, and what others may use."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.audit_log import log_action
from accounts.models import AuditEntry
from interviews.models import Candidate, CompanyTally, Statistics, WaitAssumptions


def recompute_statistics_soon(candidate_ids: Iterable[UUID], *, now: datetime) -> None:
    """A fact of theirs has changed. Rows are taken in the order of their keys, and after every
    other lock, so that nobody waits in a circle; whoever reckons holds them only to write."""
    rows = [Statistics(candidate_id=pk, due_at=now) for pk in sorted(set(candidate_ids))]
    Statistics.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["candidate"], update_fields=["due_at"]
    )


@transaction.atomic
def share_waits(*, candidate: Candidate, now: datetime) -> None:
    """From the next weekly reckoning on her waits count, unnamed, for others. Twice is once."""
    rows = Candidate.objects.filter(pk=candidate.pk, shares_waits_at__isnull=True)
    if rows.update(shares_waits_at=now):
        user = candidate.user
        log_action(AuditEntry.Kind.WAITS_SHARED, subject=user, actor=user, now=now)
        recompute_statistics_soon([candidate.pk], now=now)
    candidate.refresh_from_db(fields=["shares_waits_at"])


@transaction.atomic
def stop_sharing_waits(*, candidate: Candidate, now: datetime) -> None:
    """What could be told of her is erased at once; a rounded figure that it is part of stays until
    the next weekly reckoning."""
    rows = Candidate.objects.filter(pk=candidate.pk, shares_waits_at__isnull=False)
    if rows.update(shares_waits_at=None):
        CompanyTally.objects.filter(candidate=candidate).delete()
        user = candidate.user
        log_action(AuditEntry.Kind.WAITS_UNSHARED, subject=user, actor=user, now=now)
    candidate.refresh_from_db(fields=["shares_waits_at"])


@transaction.atomic
def change_assumptions(*, assumptions: WaitAssumptions, now: datetime) -> WaitAssumptions:
    """Hers from now on, in the place of the published figures."""
    candidate = assumptions.candidate
    kept = WaitAssumptions.objects.filter(candidate=candidate).values_list("pk", flat=True).first()
    if kept is not None:
        assumptions.pk = kept
    assumptions.changed_at = now
    assumptions.full_clean(exclude=["candidate"], validate_unique=False)
    assumptions.save(force_insert=kept is None, force_update=kept is not None)
    recompute_statistics_soon([candidate.pk], now=now)
    return assumptions


@transaction.atomic
def take_published(*, candidate: Candidate, now: datetime) -> None:
    WaitAssumptions.objects.filter(candidate=candidate).delete()
    recompute_statistics_soon([candidate.pk], now=now)
