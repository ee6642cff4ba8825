"""Start and end coachings. Nothing is shared before both sides have agreed.

Either side starts: the candidate invites an address (a `Coaching` without a coach), or a coach asks
one (a `CoachingRequest`). Nobody learns whether an address has an account.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from accounts import audit_log
from accounts.addresses import canonical_address
from accounts.models import DeletionRequest, User
from coaching import coaches, eligibility, mails
from interviews.models import (
    Candidate,
    Coaching,
    CoachingRequest,
    CoachingVacancy,
    CoachNote,
    Vacancy,
)
from interviews.models.coaching.coaching import CoachingQuerySet
from interviews.quarantine import one_by_one
from interviews.rules import limits
from interviews.services import locks

Kind = audit_log.Kind
# How long private notes are kept after the end, in case the coaching is renewed.
PRIVATE_NOTES_KEPT = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Terms:
    """What a candidate shares: `vacancies` None means every position, later ones too; `ends_on` is
    the last day, in the candidate's zone."""

    shares: str
    vacancies: Sequence[Vacancy] | None = None
    ends_on: date | None = None


# --- a candidate invites ------------------------------------------------------------------------


@transaction.atomic
def invite_coach(*, candidate: Candidate, address: str, terms: Terms, now: datetime) -> Coaching:
    """Raise ValidationError if the address is the candidate's own, or is already invited or a
    coach.

    At most one mail is sent until somebody there accepts: a later invitation of the same candidate
    is shown after signing in, without a mail.
    """
    locks.lock_candidate(candidate.pk)
    check_stays(candidate.user)
    close_lapsed_among(Coaching.objects.filter(candidate=candidate), now=now)
    address = canonical_address(address)
    if eligibility.is_own(address, candidate.user):
        raise ValidationError(
            {"address": _("This is your own email address. Enter someone else’s.")}
        )
    going_on = begun_of(candidate, now=now)
    if going_on.filter(Q(address=address) | Q(coach__email=address)).exists():
        raise ValidationError({"address": _("You already share with this coach.")})
    is_asked_again = was_asked(candidate, address)
    coaching = Coaching(candidate=candidate, address=address, invited_at=now)
    set_terms(coaching, terms, now=now)
    if not is_asked_again:
        mails.invite(coaching)
    return coaching


def was_asked(candidate: Candidate, address: str) -> bool:
    """Whether the candidate's last invitation to this address was mailed and never accepted."""
    asked = Coaching.objects.filter(candidate=candidate, address=canonical_address(address))
    last = asked.order_by("-invited_at", "-pk").first()
    return last is not None and last.accepted_at is None


@transaction.atomic
def accept_invitation(*, coaching: Coaching, coach: User, now: datetime) -> Coaching:
    """From now on the coach sees what the candidate chose, and may enter the admin, which shows
    nothing else. Raise ValidationError if the invitation is over, or is not for a verified address
    of the coach: data must only reach the person whom the candidate named."""
    eligibility.lock_users(coach, coaching.candidate.user)
    locks.lock_candidate(coaching.candidate_id)
    coaching = Coaching.objects.select_related("candidate__user").get(pk=coaching.pk)
    owner = coaching.candidate.user
    is_answered = coaching.accepted_at is not None or _is_over(coaching, now=now)
    if is_answered or _leaves(owner):
        raise ValidationError(
            _("This invitation has expired or was already answered. Ask for a new one.")
        )
    check_other(coach, owner)
    check_stays(coach)
    if not is_for(coaching, coach):
        raise ValidationError(
            _(
                "This invitation was sent to another email address. Sign in "
                "with that address to accept it."
            )
        )
    close_lapsed_among(Coaching.objects.filter(candidate=coaching.candidate, coach=coach), now=now)
    if begun_of(coaching.candidate, now=now).filter(coach=coach).exists():
        raise ValidationError(_("You already coach this candidate."))
    coaching.coach, coaching.accepted_at = coach, now
    coaching.save(update_fields=["coach", "accepted_at"])
    coaches.make_coach(user=coach)
    eligibility.close_requests(coach, owner, now=now)
    audit_log.log_action(Kind.SHARED, subject=owner, actor=coach, now=now, detail=coaching.shares)
    mails.tell_accepted(coaching)
    return coaching


def begun_of(candidate: Candidate, *, now: datetime) -> QuerySet[Coaching]:
    """The coach's coachings that have begun, even a moment after `now`: by a click that waited for
    the same lock and got it first."""
    return Coaching.objects.not_over(now).filter(candidate=candidate, coach__isnull=False)


def _is_over(coaching: Coaching, *, now: datetime) -> bool:
    """Also if it was ended a moment after `now`, as above."""
    return coaching.ended_at is not None or coaching.is_over(now)


def is_for(asked: Coaching | CoachingRequest, user: User) -> bool:
    """Whether it went to a verified address of the user."""
    return eligibility.has_proved(user, asked.address)


@transaction.atomic
def decline_invitation(*, coaching: Coaching, now: datetime) -> None:
    """The candidate gets no mail; the page shows that it was declined."""
    locks.lock_candidate(coaching.candidate_id)
    open_still = Coaching.objects.invitations(now).filter(pk=coaching.pk)
    if not open_still.update(ended_at=now):
        raise ValidationError(
            _("This invitation has expired or was already answered. Ask for a new one.")
        )


def check_stays(user: User) -> None:
    """A user whose account is to be deleted neither shares nor sees anything."""
    if _leaves(user):
        raise ValidationError(_("Your account is scheduled for deletion. Cancel deletion first."))


def _leaves(user: User) -> bool:
    return DeletionRequest.objects.filter(user=user).exists()


def check_other(coach: User, owner: User) -> None:
    if coach == owner:
        raise ValidationError(_("You can’t coach yourself. Invite someone else."))


# --- changing and ending ------------------------------------------------------------------------


@transaction.atomic
def change_terms(*, coaching: Coaching, terms: Terms, now: datetime) -> Coaching:
    """Raise ValidationError if it has ended meanwhile."""
    locks.lock_candidate(coaching.candidate_id)
    # Read it under the lock: it may have been accepted or ended since the page was shown.
    coaching = Coaching.objects.select_related("candidate__user", "coach").get(pk=coaching.pk)
    if _is_over(coaching, now=now):
        raise ValidationError(_("This coaching has ended."))
    set_terms(coaching, terms, now=now)
    if coaching.coach is not None:
        mails.forget_unsent(coaching.coach)
    if coaching.accepted_at is not None:
        owner = coaching.candidate.user
        audit_log.log_action(
            Kind.SHARED, subject=owner, actor=owner, now=now, detail=coaching.shares
        )
    return coaching


@transaction.atomic
def end_coaching(*, coaching: Coaching, actor: User, now: datetime) -> bool:
    """End it at once, by either side; an invitation is withdrawn. Return whether it was still
    open."""
    locks.lock_candidate(coaching.candidate_id)
    coaching = Coaching.objects.select_related("candidate__user", "coach").get(pk=coaching.pk)
    if not Coaching.objects.not_over(now).filter(pk=coaching.pk).update(ended_at=now):
        return False
    if coaching.coach is None:
        mails.forget_invitation(coaching)
        return True
    mails.forget_unsent(coaching.coach)
    owner = coaching.candidate.user
    audit_log.log_action(Kind.UNSHARED, subject=owner, actor=actor, now=now)
    if actor != owner:
        mails.tell_ended(coaching)
    return True


def end_all_of(user: User, *, now: datetime) -> None:
    """End all coachings of a user who leaves, as candidate and as coach."""
    eligibility.lock_users(user)  # an acceptance at this moment comes before or after
    theirs = Coaching.objects.not_over(now).filter(Q(candidate__user=user) | Q(coach=user))
    _end(theirs, actor=user, now=now)


@transaction.atomic
def end_begun_since(candidate: Candidate, since: datetime, *, now: datetime) -> None:
    """End coachings and invitations that somebody else may have started in the candidate's
    place."""
    eligibility.lock_users(candidate.user)
    locks.lock_candidate(candidate.pk)
    begun = Q(accepted_at__gte=since) | Q(invited_at__gte=since)
    rows = Coaching.objects.not_over(now).filter(begun, candidate=candidate)
    _end(rows, actor=candidate.user, now=now)


def _end(rows: QuerySet[Coaching], *, actor: User, now: datetime) -> None:
    for coaching in rows.exclude(coach=None).select_related("candidate__user", "coach"):
        assert coaching.coach is not None
        mails.forget_unsent(coaching.coach)
        subject = coaching.candidate.user
        audit_log.log_action(Kind.UNSHARED, subject=subject, actor=actor, now=now)
    rows.update(ended_at=now)


def close_lapsed(*, now: datetime) -> None:
    """Close coachings past their last day, and erase private notes some time later. One that cannot
    be closed shows nothing either; /healthz reports it, and it is retried."""
    keys = list(Coaching.objects.lapsed(now).values_list("pk", flat=True))
    one_by_one(
        keys,
        lambda pk: close_lapsed_among(Coaching.objects.filter(pk=pk), now=now),
        lambda pk, error: None,
        message="Coaching %s could not be closed",
    )
    long_over = Coaching.objects.filter(ended_at__lt=now - PRIVATE_NOTES_KEPT)
    CoachNote.objects.filter(is_shared=False, coaching__in=long_over).delete()


@transaction.atomic
def close_lapsed_among(rows: CoachingQuerySet, *, now: datetime) -> None:
    """Nothing is visible after the end; this stores it, and allows a new coaching."""
    lapsed = rows.lapsed(now)
    for each in lapsed.select_for_update(of=("self",), no_key=True).select_related(
        "candidate__user"
    ):
        Coaching.objects.filter(pk=each.pk).update(ended_at=each.ends_at)
        if each.accepted_at is not None:
            subject = each.candidate.user
            audit_log.log_action(Kind.UNSHARED, subject=subject, actor=None, now=now)


def set_terms(coaching: Coaching, terms: Terms, *, now: datetime) -> None:
    """Save the coaching with these terms; chosen positions must be the candidate's own."""
    zone = coaching.candidate.zone
    own = [each for each in terms.vacancies or () if each.candidate_id == coaching.candidate_id]
    if terms.ends_on is not None and terms.ends_on < now.astimezone(zone).date():
        raise ValidationError({"ends_on": _("Choose today or a later date.")})
    if terms.ends_on is not None and not limits.is_in_range(terms.ends_on):
        raise ValidationError({"ends_on": _("Check the year. It looks too early or too late.")})
    if terms.vacancies is not None and not own:
        raise ValidationError({"vacancies": _("Choose at least one position.")})
    coaching.shares = terms.shares
    coaching.covers_all = terms.vacancies is None
    coaching.ends_at = None
    if terms.ends_on is not None:
        after = terms.ends_on + timedelta(days=1)
        coaching.ends_at = datetime.combine(after, time.min, zone)
    coaching.full_clean()
    coaching.save()
    coaching.chosen.all().delete()
    CoachingVacancy.objects.bulk_create(
        CoachingVacancy(coaching=coaching, vacancy=each) for each in own
    )
