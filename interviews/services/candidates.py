"""Candidates: their settings and mail preferences."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from interviews.models import Candidate, Interview
from interviews.services import locks, next_step, reminders

# What the rules read of a candidate: a change recomputes the steps of all open waits.
RULE_FIELDS = (
    "timezone",
    "country",
    "subdivision",
    "counting",
    "contact_opens",
    "contact_closes",
)

# Not when reminders were paused: the link in a mail may set that at any time.
CHANGED_FIELDS = (
    *(*RULE_FIELDS, "notice_days", "muted_steps"),
    *("has_discreet_subjects", "shows_names_on_lock_screen"),
)


@transaction.atomic
def create_candidate(*, user: User, timezone: str) -> Candidate:
    """Create the user's candidate; an existing one stays unchanged."""
    existing = Candidate.objects.filter(user=user).first()
    if existing is not None:
        return existing
    candidate = Candidate(user=user, timezone=timezone)
    candidate.full_clean()
    candidate.save()
    return candidate


@transaction.atomic
def change_settings(*, candidate: Candidate, now: datetime) -> Candidate:
    """Save the changed instance; recompute steps if zone, holidays, hours or counting changed."""
    locks.lock_candidate(candidate.pk)
    # Ended ones too: in another zone, the result may fall on another day.
    rows = Interview.objects.of(candidate).not_cancelled().order_by("pk")
    interview_ids = list(rows.values_list("pk", flat=True))
    locks.lock_interviews(interview_ids)
    candidate.full_clean()
    before = Candidate.objects.get(pk=candidate.pk)
    candidate.save(update_fields=CHANGED_FIELDS)
    if any(getattr(before, field) != getattr(candidate, field) for field in RULE_FIELDS):
        next_step.recompute_next_step(interview_ids, now=now, is_fact=False)
    reminders.match_to_wishes(candidate)
    return candidate


@transaction.atomic
def pause_reminders(*, candidate: Candidate, now: datetime) -> None:
    """Pause reminder mails, and nothing else. The ledger still gets what becomes due."""
    locks.lock_candidate(candidate.pk)
    Candidate.objects.filter(pk=candidate.pk, reminders_paused_at__isnull=True).update(
        reminders_paused_at=now
    )
    candidate.refresh_from_db(fields=["reminders_paused_at"])


@transaction.atomic
def resume_reminders(*, candidate: Candidate) -> None:
    """Resume reminder mails; steps that became due meanwhile and still stand are mailed."""
    locks.lock_candidate(candidate.pk)
    Candidate.objects.filter(pk=candidate.pk).update(reminders_paused_at=None)
    candidate.refresh_from_db(fields=["reminders_paused_at"])
    reminders.match_to_wishes(candidate)
