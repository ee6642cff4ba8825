"""Coaches: who is one, and the morning mail each wants."""

from datetime import datetime, timedelta

from django.db import transaction

from accounts.models import User
from interviews.models import Candidate, Coach

CHANGED_FIELDS = ("timezone", "digest_weekdays", "digest_time", "digest_due_at")


@transaction.atomic
def make_coach(*, user: User) -> Coach:
    """The user's coach, with the right to enter the admin; one that exists already is left as it
    is. The zone is that of her own job search, if she has one."""
    if not user.is_staff:
        User.objects.filter(pk=user.pk).update(is_staff=True)
        user.is_staff = True
    candidate = Candidate.objects.filter(user=user).first()
    zone = candidate.timezone if candidate else "UTC"
    coach, _is_new = Coach.objects.get_or_create(user=user, defaults={"timezone": zone})
    return coach


@transaction.atomic
def change_coach(*, coach: Coach, now: datetime) -> Coach:
    """Save the changed instance; the next morning mail follows its new days, hour and zone."""
    coach.digest_due_at = next_digest(coach, after=now)
    coach.full_clean()
    coach.save(update_fields=CHANGED_FIELDS)
    return coach


def next_digest(coach: Coach, *, after: datetime) -> datetime | None:
    """The first of her mornings after this moment; None where she chose no day. A local time that
    a clock change skips is read with the offset before the change, as everywhere."""
    day = after.astimezone(coach.zone).date()
    for ahead in range(8):
        on = day + timedelta(days=ahead)
        at = datetime.combine(on, coach.digest_time, coach.zone)
        if on.weekday() in coach.digest_weekdays and at > after:
            return at
    return None
