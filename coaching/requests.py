"""A coach asks to be let in, and the candidate answers. Invitations are in coachings.py."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit_log
from accounts.addresses import canonical_address
from accounts.models import User
from coaching import eligibility, mails
from coaching.coachings import (
    Terms,
    begun_of,
    check_other,
    check_stays,
    close_lapsed_among,
    is_for,
    set_terms,
)
from interviews.models import Candidate, Coaching, CoachingRequest
from interviews.services import locks

Kind, Answer = audit_log.Kind, CoachingRequest.Answer


@transaction.atomic
def ask_candidate(*, coach: User, address: str, now: datetime) -> bool:
    """Return whether the request is new; False if this coach has asked this address before. At most
    one mail is sent: none to an address that refuses requests, or to a candidate who accepted the
    coach under another address, which the coach does not learn. Raise ValidationError if the coach
    can see that there is nothing to ask."""
    eligibility.lock_users(coach)  # two clicks at once make one request
    address = canonical_address(address)
    eligibility.check_not_in(coach, address, now=now)
    asked = CoachingRequest.objects.to(address)
    if asked.filter(coach=coach).exists():
        return False
    wants_none = asked.filter(answer=Answer.NOBODY).exists()
    request = CoachingRequest(coach=coach, address=address, asked_at=now)
    if eligibility.near_at(coach, address, now=now).exists():
        # The account's other addresses are unknown to the coach: close the request, which looks
        # like any other.
        request.answer, request.answered_at = Answer.DECLINED, now
    request.full_clean()
    request.save()
    if not wants_none and not request.answer:
        mails.ask(request)
    return True


@transaction.atomic
def accept_request(
    *, request: CoachingRequest, candidate: Candidate, terms: Terms, now: datetime
) -> Coaching:
    """Raise ValidationError if it was answered already, the coach has left or has access, or it was
    not sent to a verified address of the candidate: a forwarded link must not let another candidate
    accept."""
    coach, owner = request.coach, candidate.user
    eligibility.lock_users(coach, owner)
    locks.lock_candidate(candidate.pk)
    check_stays(owner)
    check_other(coach, owner)
    if not CoachingRequest.objects.open_now().filter(pk=request.pk).exists():
        raise ValidationError(
            _("This request was already answered, or the coach is no longer on Hearback.")
        )
    if not is_for(request, owner):
        raise ValidationError(
            _(
                "This request was sent to another email address. "
                "Sign in with that address to answer."
            )
        )
    close_lapsed_among(Coaching.objects.filter(candidate=candidate, coach=coach), now=now)
    if begun_of(candidate, now=now).filter(coach=coach).exists():
        raise ValidationError(_("You already share with this coach."))
    _answer(request, Answer.ACCEPTED, now=now)
    coaching = Coaching(candidate=candidate, coach=coach, invited_at=now, accepted_at=now)
    set_terms(coaching, terms, now=now)
    eligibility.close_requests(coach, owner, now=now)
    audit_log.log_action(Kind.SHARED, subject=owner, actor=owner, now=now, detail=coaching.shares)
    mails.tell_request_accepted(coaching)
    return coaching


@transaction.atomic
def decline_request(*, request: CoachingRequest, for_good: bool, now: datetime) -> None:
    """`for_good`: no coach may ask this address again. The coach gets no mail."""
    _answer(request, Answer.NOBODY if for_good else Answer.DECLINED, now=now)


def _answer(request: CoachingRequest, answer: str, *, now: datetime) -> None:
    unanswered = CoachingRequest.objects.unanswered().filter(pk=request.pk)
    if not unanswered.update(answer=answer, answered_at=now):
        raise ValidationError(_("This request was already answered."))
