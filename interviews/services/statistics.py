"""When to compute statistics again, their assumptions, and sharing them with others."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.audit_log import log_action
from accounts.models import AuditEntry
from interviews.models import Candidate, CompanyTally, Statistics, WaitAssumptions


def recompute_statistics_soon(candidate_ids: Iterable[UUID], *, now: datetime) -> None:
    """Call it when a fact of these candidates changed. It locks rows in the order of their keys and
    after every other lock, to avoid deadlocks; the computation locks them only to write."""
    rows = [Statistics(candidate_id=pk, due_at=now) for pk in sorted(set(candidate_ids))]
    Statistics.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["candidate"], update_fields=["due_at"]
    )


@transaction.atomic
def share_waits(*, candidate: Candidate, now: datetime) -> None:
    """From the next weekly computation on, the candidate's waits count anonymously for others.
    Calling it twice changes nothing."""
    rows = Candidate.objects.filter(pk=candidate.pk, shares_waits_at__isnull=True)
    if rows.update(shares_waits_at=now):
        user = candidate.user
        log_action(AuditEntry.Kind.WAITS_SHARED, subject=user, actor=user, now=now)
        recompute_statistics_soon([candidate.pk], now=now)
    candidate.refresh_from_db(fields=["shares_waits_at"])


@transaction.atomic
def stop_sharing_waits(*, candidate: Candidate, now: datetime) -> None:
    """Erase the candidate's tallies at once; rounded figures that include them stay until the next
    weekly computation."""
    rows = Candidate.objects.filter(pk=candidate.pk, shares_waits_at__isnull=False)
    if rows.update(shares_waits_at=None):
        CompanyTally.objects.filter(candidate=candidate).delete()
        user = candidate.user
        log_action(AuditEntry.Kind.WAITS_UNSHARED, subject=user, actor=user, now=now)
    candidate.refresh_from_db(fields=["shares_waits_at"])


@transaction.atomic
def change_assumptions(*, assumptions: WaitAssumptions, now: datetime) -> WaitAssumptions:
    """Use the candidate's numbers instead of the published figures."""
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
