"""Coaches, and the morning mail that each wants."""

from datetime import UTC, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from interviews.models import Candidate, Coach

CHANGED_FIELDS = ("timezone", "digest_weekdays", "digest_time", "digest_due_at")


@transaction.atomic
def make_coach(*, user: User) -> Coach:
    """Return the user's coach, with the right to enter the admin, which shows only what is shared.
    Raise ValidationError if an operator has removed that right."""
    if not user.is_staff:
        if Coach.objects.filter(user=user).exists():  # the right was granted before
            sentence = _(
                "Your access to Coaching has been turned off. Ask this site’s "
                "administrator to turn it on again."
            )
            raise ValidationError(sentence)
        User.objects.filter(pk=user.pk).update(is_staff=True)
        user.is_staff = True
    coach = coach_of(user)
    if coach._state.adding:
        coach.save()
    return coach


def coach_of(user: User) -> Coach:
    """Return the user's coach, unsaved if nothing was chosen yet. The default zone is that of the
    user's own job search."""
    found = Coach.objects.select_related("organisation").filter(user=user).first()
    if found is not None:
        return found
    candidate = Candidate.objects.filter(user=user).first()
    return Coach(user=user, timezone=candidate.timezone if candidate else "UTC")


@transaction.atomic
def change_coach(*, coach: Coach, now: datetime) -> Coach:
    """Save the changed instance; the next morning mail follows its new days, hour and zone."""
    coach.digest_due_at = next_digest(coach, after=now)
    coach.full_clean()
    coach.save(update_fields=None if coach._state.adding else CHANGED_FIELDS)
    return coach


def next_digest(coach: Coach, *, after: datetime) -> datetime | None:
    """The first chosen morning after this moment; None without days. A skipped local time is read
    with the offset before the change, as everywhere."""
    day = after.astimezone(coach.zone).date()
    for ahead in range(8):
        on = day + timedelta(days=ahead)
        at = datetime.combine(on, coach.digest_time, coach.zone).astimezone(UTC)
        if on.weekday() in coach.digest_weekdays and at > after:
            return at
    return None
