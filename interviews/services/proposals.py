"""A coach proposes a step; the candidate accepts or declines. The rules do not hear of it."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from interviews.models import Proposal
from interviews.services import coaching_mails


@transaction.atomic
def propose(*, proposal: Proposal, now: datetime) -> Proposal:
    """Save the built one, and mail it, unless the candidate has stopped reminder mail. Raises
    ValidationError where the day is over, or the same stands unanswered already."""
    candidate = proposal.interview.candidate
    today = now.astimezone(candidate.zone).date()
    if proposal.by_on is not None and proposal.by_on < today:
        raise ValidationError({"by_on": _("This day is over.")})
    same = (
        Proposal.objects.standing(now)
        .unanswered()
        .filter(coaching=proposal.coaching, interview=proposal.interview, action=proposal.action)
    )
    if same.filter(by_on=proposal.by_on, words=proposal.words).exists():
        raise ValidationError(_("You have proposed this already."))
    proposal.proposed_at = now
    proposal.full_clean()
    proposal.save()
    if candidate.reminders_paused_at is None:
        coaching_mails.propose(proposal, now=now)
    return proposal


@transaction.atomic
def answer_proposal(*, proposal: Proposal, answer: str, now: datetime) -> bool:
    """By the candidate; she may change her mind while it stands, and take an answer back (empty).
    Whether it still stood."""
    standing = Proposal.objects.standing(now).filter(pk=proposal.pk)
    return standing.update(answer=answer, answered_at=now if answer else None) == 1


@transaction.atomic
def withdraw_proposal(*, proposal: Proposal, now: datetime) -> bool:
    """By the coach; whether it was still open: what was answered stays."""
    open_still = Proposal.objects.standing(now).unanswered().filter(pk=proposal.pk)
    is_withdrawn = open_still.update(withdrawn_at=now) == 1
    if is_withdrawn:
        coaching_mails.forget_proposal(proposal)
    return is_withdrawn
