"""Whether a coach and a candidate are connected already, before one asks the other."""

from datetime import datetime

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from accounts.addresses import canonical_address
from accounts.models import User
from interviews.models import Coaching, CoachingRequest

Answer = CoachingRequest.Answer


def check_not_in(coach: User, address: str, *, now: datetime) -> None:
    """By the address of the candidate that the coach sees, and by no other one."""
    if is_own(address, coach):
        raise ValidationError(
            {"address": _("This is your own email address. Enter someone else’s.")}
        )
    found = (
        may_ask(coach, now=now).filter(candidate__user__email=canonical_address(address)).first()
    )
    if found is None:
        return
    if found.accepted_at is None:
        said = _("This person has already invited you. Answer their invitation first.")
    else:
        said = _("You already coach this person.")
    raise ValidationError({"address": said})


def may_ask(coach: User, *, now: datetime) -> QuerySet[Coaching]:
    """The coach's candidates, and those whose invitation waits for the coach."""
    proved = EmailAddress.objects.filter(user=coach, verified=True).values("email")
    is_invited = Q(coach__isnull=True, accepted_at__isnull=True, address__in=proved)
    return Coaching.objects.not_over(now).filter(Q(coach=coach) | is_invited)


def near_at(coach: User, address: str, *, now: datetime) -> QuerySet[Coaching]:
    """Coachings of a candidate who has verified this address, whether the coach knows it or not."""
    proved = EmailAddress.objects.filter(email=canonical_address(address), verified=True)
    return may_ask(coach, now=now).filter(candidate__user__in=proved.values("user"))


def is_own(address: str, user: User) -> bool:
    return canonical_address(address) == canonical_address(user.email) or has_proved(user, address)


def has_proved(user: User, address: str) -> bool:
    proved = EmailAddress.objects.filter(user=user, verified=True)
    is_among: bool = proved.filter(email=canonical_address(address)).exists()
    return is_among


def close_requests(coach: User, owner: User, *, now: datetime) -> None:
    """Close the coach's other requests to this candidate, for now and after the coaching. Only the
    request to the address that the coach sees counts as accepted."""
    proved = EmailAddress.objects.filter(user=owner, verified=True).values("email")
    asked = CoachingRequest.objects.unanswered().filter(coach=coach)
    asked.filter(address=canonical_address(owner.email)).update(
        answer=Answer.ACCEPTED, answered_at=now
    )
    asked.filter(address__in=proved).update(answer=Answer.DECLINED, answered_at=now)


def lock_users(*users: User) -> None:
    """Wait for a deletion requested at this moment (`end_all_of`), or make it wait. Taken before
    the candidate's lock, to avoid deadlocks."""
    rows = User.objects.select_for_update(no_key=True).order_by("pk")
    list(rows.filter(pk__in=[each.pk for each in users]).values_list("pk", flat=True))
