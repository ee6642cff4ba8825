"""Undo what a mail recorded, besides contacts and results (interviews/actions/perform.py).

Each raises Http404 or ValidationError if something newer came after it.
"""

from collections.abc import Callable
from datetime import datetime

from django.http import Http404

from accounts.models import User
from interviews import access
from interviews.actions.perform import Undo, moment, said
from interviews.models import Interview, MailProposal, Result
from interviews.services import interview_undo, interviews, mail_proposals, results, vacancies


def undo_of_answer(proposal: MailProposal, *, at: datetime) -> Undo:
    """`at` is when it was answered: an answer that was given again is not undone by an old page."""
    return Undo("mail-proposal", proposal.pk, put=said(at))


def undo_of_move(interview: Interview, *, starts_at: datetime) -> Undo:
    """Of an interview that is about to be moved to `starts_at`."""
    was = [said(interview.starts_at), said(interview.moved_from_at)]
    return Undo("interview-moved", interview.pk, was, said(starts_at))


def undo_of_cancellation(interview: Interview) -> Undo:
    """Of an interview that is about to be cancelled: the stage before it loses its result."""
    earned = Result.objects.filter(next_interview=interview).first()
    return Undo("interview-cancelled", interview.pk, earned and results.text_of(earned))


def undo_of_replacing(made: Result, was: str, *, snoozed_until: datetime | None) -> Undo:
    """`was` is the text of the result that this one replaced."""
    return Undo("result-replaced", made.pk, [was, said(snoozed_until)])


def undo_of_filling(result: Result, names: list[str]) -> Undo:
    return Undo("result-filled", result.pk, names, _values(result, names))


def _values(result: Result, names: list[str]) -> list[str]:
    return [str(getattr(result, name)) for name in names]


def _ask_again(undo: Undo, user: User, now: datetime) -> None:
    proposal = access.get_mail_proposal(user, undo.pk)
    mail_proposals.reopen_proposal(proposal=proposal, answered_at=moment(undo.put))


def _take_back_interview(undo: Undo, user: User, now: datetime) -> None:
    interview = access.get_interview(user, undo.pk)
    interview_undo.take_back_interview(interview=interview, now=now)


def _move_back(undo: Undo, user: User, now: datetime) -> None:
    interview = access.get_interview(user, undo.pk)
    starts_at, moved_from_at = (moment(each) for each in undo.was)
    if said(interview.starts_at) != undo.put or starts_at is None:
        raise Http404
    interview_undo.move_back(
        interview=interview, starts_at=starts_at, moved_from_at=moved_from_at, now=now
    )


def _reinstate(undo: Undo, user: User, now: datetime) -> None:
    interview = access.get_interview(user, undo.pk)
    interviews.reinstate_interview(interview=interview, now=now)
    earlier = interview.continues
    if earlier is not None and undo.was:
        present = Result.objects.filter(interview=earlier).first()
        if present is None or present.next_interview_id == interview.pk:
            results.put_back_result(interview=earlier, was=undo.was, now=now)


def _replace_again(undo: Undo, user: User, now: datetime) -> None:
    interview = access.get_result(user, undo.pk).interview
    was, snoozed_until = undo.was
    results.put_back_result(interview=interview, was=was, now=now)
    until = moment(snoozed_until)
    if until is not None and until > now:
        interviews.restore_snooze(interview=interview, until=until, now=now)


def _clear(undo: Undo, user: User, now: datetime) -> None:
    result = access.get_result(user, undo.pk)
    if _values(result, undo.was) != undo.put:
        raise Http404
    results.clear_result(result=result, names=undo.was, now=now)


def _reopen_position(undo: Undo, user: User, now: datetime) -> None:
    vacancies.reopen_position(vacancy=access.get_vacancy(user, undo.pk))


# Of these nothing is left, nor the page with Undo.
GONE = frozenset({"interview-added"})
TAKE_BACK: dict[str, Callable[[Undo, User, datetime], None]] = {
    "mail-proposal": _ask_again,
    "interview-added": _take_back_interview,
    "interview-moved": _move_back,
    "interview-cancelled": _reinstate,
    "result-replaced": _replace_again,
    "result-filled": _clear,
    "position-closed": _reopen_position,
}
