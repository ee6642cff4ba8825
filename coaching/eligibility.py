"""Whether a coach and a candidate know each other already, before one of them asks the other."""

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
    """By the address that the coach sees of a candidate, and by no other one of hers."""
    if is_own(address, coach):
        raise ValidationError({"address": _("This is your own address.")})
    found = (
        may_ask(coach, now=now).filter(candidate__user__email=canonical_address(address)).first()
    )
    if found is None:
        return
    if found.accepted_at is None:
        said = _("Whoever has this address has invited you: answer the invitation.")
    else:
        said = _("You coach whoever has this address already.")
    raise ValidationError({"address": said})


def may_ask(coach: User, *, now: datetime) -> QuerySet[Coaching]:
    """Whom she coaches, and whose invitation waits for her answer."""
    proved = EmailAddress.objects.filter(user=coach, verified=True).values("email")
    is_invited = Q(coach__isnull=True, accepted_at__isnull=True, address__in=proved)
    return Coaching.objects.not_over(now).filter(Q(coach=coach) | is_invited)


def near_at(coach: User, address: str, *, now: datetime) -> QuerySet[Coaching]:
    """Those of a candidate who has proved this address, whether the coach knows it or not."""
    proved = EmailAddress.objects.filter(email=canonical_address(address), verified=True)
    return may_ask(coach, now=now).filter(candidate__user__in=proved.values("user"))


def is_own(address: str, user: User) -> bool:
    return canonical_address(address) == canonical_address(user.email) or has_proved(user, address)


def has_proved(user: User, address: str) -> bool:
    proved = EmailAddress.objects.filter(user=user, verified=True)
    is_among: bool = proved.filter(email=canonical_address(address)).exists()
    return is_among


def close_requests(coach: User, owner: User, *, now: datetime) -> None:
    """Once she is in, whatever else the coach asked this candidate is no question any more, nor
    later, after the end. Only of the address that the coach sees is it said that it let her in."""
    proved = EmailAddress.objects.filter(user=owner, verified=True).values("email")
    asked = CoachingRequest.objects.unanswered().filter(coach=coach)
    asked.filter(address=canonical_address(owner.email)).update(
        answer=Answer.ACCEPTED, answered_at=now
    )
    asked.filter(address__in=proved).update(answer=Answer.DECLINED, answered_at=now)


def lock_users(*users: User) -> None:
    """Whoever asks to be deleted in this moment waits (`end_all_of`), or is waited for. Before the
    candidate's lock, so that nobody waits in a circle."""
    rows = User.objects.select_for_update(no_key=True).order_by("pk")
    list(rows.filter(pk__in=[each.pk for each in users]).values_list("pk", flat=True))
