"""A coach proposes a step; the candidate accepts or declines. The rules do not know it."""

from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from coaching import mails
from interviews.models import Coaching, Proposal

Action, Answer = Proposal.Action, Proposal.Answer
LONGEST_AHEAD = timedelta(days=366)


@transaction.atomic
def propose(*, proposal: Proposal, now: datetime) -> Proposal:
    """Save an unsaved proposal and mail it, unless the candidate has paused reminders. Raise
    ValidationError if it could not be shown or done, or the same one is still unanswered."""
    candidate = proposal.interview.candidate
    # One at a time: the second of two clicks finds the first one's proposal.
    list(Coaching.objects.select_for_update(no_key=True).filter(pk=proposal.coaching_id))
    _check_interview(proposal, now=now)
    if proposal.by_on is not None:
        _check_day(proposal, proposal.by_on, today=now.astimezone(candidate.zone).date())
    same = (
        Proposal.objects.current(now)
        .unanswered()
        .filter(coaching=proposal.coaching, interview=proposal.interview, action=proposal.action)
    )
    if same.filter(by_on=proposal.by_on, words=proposal.words).exists():
        raise ValidationError(_("You’ve already suggested this."))
    proposal.proposed_at = now
    proposal.full_clean()
    proposal.save()
    if candidate.reminders_paused_at is None:
        mails.propose(proposal, now=now)
    return proposal


def _check_interview(proposal: Proposal, *, now: datetime) -> None:
    interview = proposal.interview
    if interview.is_cancelled:
        raise ValidationError(_("This interview was cancelled, so there’s nothing to suggest."))
    if proposal.action == Action.PREPARE and interview.ends_at <= now:
        raise ValidationError({"action": _("The interview is over. Choose another suggestion.")})


def _check_day(proposal: Proposal, by_on: date, *, today: date) -> None:
    interview = proposal.interview
    starts_on = interview.starts_at.astimezone(interview.candidate.zone).date()
    if by_on < today:
        raise ValidationError({"by_on": _("Choose today or a later date.")})
    if proposal.action == Action.PREPARE and by_on > starts_on:
        raise ValidationError({"by_on": _("Choose a date before the interview.")})
    if by_on > today + LONGEST_AHEAD:
        raise ValidationError({"by_on": _("Choose a date within the next year.")})


@transaction.atomic
def answer_proposal(*, proposal: Proposal, answer: str, now: datetime) -> bool:
    """The candidate's answer, which can be changed while the proposal stands; empty takes it back.
    Return whether it still stood."""
    current = Proposal.objects.current(now).filter(pk=proposal.pk)
    answered_at = now if answer else None
    return current.update(answer=answer, answered_at=answered_at, done_at=None) == 1


@transaction.atomic
def mark_done(*, proposal: Proposal, now: datetime) -> bool:
    """The candidate did what was accepted; return whether it was still to be done."""
    to_do = Proposal.objects.current(now).filter(answer=Answer.ACCEPTED, done_at__isnull=True)
    return to_do.filter(pk=proposal.pk).update(done_at=now) == 1


@transaction.atomic
def withdraw_proposal(*, proposal: Proposal, now: datetime) -> bool:
    """The coach withdraws it; return whether it was still open, since an answered one stays."""
    open_still = Proposal.objects.current(now).unanswered().filter(pk=proposal.pk)
    is_withdrawn = open_still.update(withdrawn_at=now) == 1
    if is_withdrawn:
        mails.forget_proposal(proposal)
    return is_withdrawn
