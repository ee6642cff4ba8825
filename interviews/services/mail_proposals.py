"""What forwarded mails seem to say: the candidate answers it, and may take the answer back.

The facts that an answer records are written by the services of their nouns, in the same
transaction.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.http import Http404
from django.utils.translation import gettext as _

from interviews.current_step import CurrentStep
from interviews.models import Contact, InboundMail, Interview, MailProposal, Result, Vacancy
from interviews.rules import Step
from interviews.services import locks, next_step
from interviews.services.checks import refuse

Status = MailProposal.Status
# The steps that take it that nothing was heard, and how long an open proposal holds their
# reminders back.
PAUSED_STEPS = frozenset({Step.CALL, Step.WRITE, Step.ASSUME_REFUSAL, Step.CLOSE, Step.LET_GO})
PAUSE = timedelta(days=1)


def lock_open(proposal: MailProposal) -> MailProposal:
    """Lock the candidate, so that the second of two taps finds what the first did; return the
    proposal as it is now. One that is answered is refused."""
    locks.lock_candidate(proposal.candidate_id)
    stored = MailProposal.objects.select_related("candidate__user").get(pk=proposal.pk)
    if not stored.is_open:
        raise refuse("__all__", answered(stored))
    return stored


def answered(proposal: MailProposal) -> str:
    if proposal.status == Status.DISMISSED:
        return _("You’ve already answered this email: it has nothing to do with your waits.")
    kind = MailProposal.Kind(proposal.corrected_kind or proposal.kind)
    return _("You’ve already recorded this email as %(kind)s.") % {"kind": kind.label}


@dataclass(frozen=True, slots=True)
class Answer:
    """What the candidate says of it: `kind` is what the mail says, about `interview` or `vacancy`;
    the others are the facts that were recorded."""

    status: MailProposal.Status
    kind: str = ""
    interview: Interview | None = None
    vacancy: Vacancy | None = None
    contact: Contact | None = None
    result: Result | None = None
    recorded_interview: Interview | None = None


@transaction.atomic
def answer_proposal(*, proposal: MailProposal, answer: Answer, now: datetime) -> MailProposal:
    """Store the answer, and erase the mail."""
    stored = lock_open(proposal)
    paused = stored.interview_ids
    stored.undo = {"interview": _key(stored.interview_id), "vacancy": _key(stored.vacancy_id)}
    stored.status, stored.answered_at = answer.status, now
    if answer.status == Status.CORRECTED:
        stored.corrected_kind = answer.kind
    if answer.interview is not None or answer.vacancy is not None:
        stored.interview, stored.vacancy = answer.interview, answer.vacancy
    stored.contact, stored.result = answer.contact, answer.result
    stored.recorded_interview = answer.recorded_interview
    stored.save()
    forget_mail(stored)
    _look_again(paused, now=now)
    return stored


@transaction.atomic
def reopen_proposal(*, proposal: MailProposal, answered_at: datetime | None) -> None:
    """Undo the answer that was given at this moment; the mail itself stays erased."""
    locks.lock_candidate(proposal.candidate_id)
    stored = MailProposal.objects.get(pk=proposal.pk)
    if stored.is_open or stored.answered_at != answered_at:
        raise Http404
    stored.status, stored.answered_at, stored.corrected_kind = Status.OPEN, None, ""
    stored.interview = Interview.objects.filter(pk=stored.undo["interview"]).first()
    stored.vacancy = Vacancy.objects.filter(pk=stored.undo["vacancy"]).first()
    stored.contact = stored.result = stored.recorded_interview = None
    stored.undo = {}
    stored.save()


def _key(pk: UUID | None) -> str | None:
    return None if pk is None else str(pk)


def forget_mail(proposal: MailProposal) -> None:
    """Erase the bytes. Their checksum stays for a time, so that the same mail is known when it
    comes again."""
    InboundMail.objects.filter(proposal=proposal).update(raw=b"")


def forget_dismissed(*, answered_before: datetime) -> None:
    """Erase what is quoted from mails that have nothing to do with any wait."""
    rows = MailProposal.objects.filter(status=Status.DISMISSED, answered_at__lt=answered_before)
    for row in rows.exclude(excerpt=""):
        MailProposal.objects.filter(pk=row.pk, status=Status.DISMISSED).update(
            excerpt="", details=row.details | {"why": ""}
        )


def paused_until(rows: Sequence[Interview], *, now: datetime) -> dict[UUID, datetime]:
    """Until when the reminders of these due rows wait, because an open proposal may be the answer:
    for a day from the oldest of its wait, so that no mails can hold them back for ever. A doubtful
    sender holds nothing. One query; none if no step takes it that nothing was heard."""
    asked = {row.pk: row.candidate_id for row in rows if row.step in PAUSED_STEPS}
    if not asked:
        return {}
    began: dict[UUID, datetime] = {}
    found = MailProposal.objects.news().filter(candidate__in=set(asked.values()))
    for proposal in found.filter(is_doubtful=False).only("interview", "choices", "created_at"):
        for key in proposal.interview_ids & asked.keys():
            began[key] = min(began.get(key, proposal.created_at), proposal.created_at)
    return {key: each + PAUSE for key, each in began.items() if each + PAUSE > now}


def hold_reminders(rows: Sequence[Interview], *, now: datetime) -> set[UUID]:
    """Of those that are in the ledger already: the sweep looks at the paused ones again when the
    pause ends, and revives them. Return the keys of these. The caller holds the candidate's lock.
    """
    paused = paused_until(rows, now=now)
    locks.lock_interviews(paused)
    for key, until in paused.items():
        later = Interview.objects.filter(Q(review_at=None) | Q(review_at__gt=until), pk=key)
        later.update(review_at=until)
    return set(paused)


def _look_again(interview_ids: Iterable[UUID], *, now: datetime) -> None:
    """The answer ends the pause: a step that still is due is reminded of like any other that was
    on the screen when a fact was recorded."""
    locks.lock_interviews(interview_ids)
    rows = Interview.objects.with_facts().filter(pk__in=list(interview_ids), step_due_at__lte=now)
    for row in rows.not_cancelled():
        due = next_step.review_after_change(
            row.candidate, CurrentStep.of(row, now=now).step, now=now
        )
        if row.review_at is None or (due is not None and due < row.review_at):
            row.review_at = due
            row.save(update_fields=["review_at"])
