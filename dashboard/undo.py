"""Taking back what was just done. The way back travels with the message that says it was done,
signed, so that nothing is stored for it: once the page is left, it is gone."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Self
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import signed_tokens
from coaching import access as let_in
from coaching import proposals
from dashboard.page import CandidateRequest, back, candidate_page
from interviews import access
from interviews.services import contacts, interviews, results, vacancies

SALT = "hearback.undo"
# A page left open for longer than this is an old page.
LASTS = timedelta(hours=1)


class Undoable(StrEnum):
    CONTACT = "contact"
    RESULT = "result"
    SNOOZE = "snooze"
    NOTHING_AGREED = "nothing-agreed"
    RATINGS = "ratings"
    PROPOSAL = "proposal"


@dataclass(frozen=True, slots=True)
class Undo:
    """What to take back: the fact's key, or the interview's, what stood there before, and, where
    no fact was added, what the tap has put there: if that stands no longer, nothing is undone."""

    what: Undoable
    pk: UUID
    was: Any = None
    put: Any = None

    @classmethod
    def of(cls, what: Undoable, pk: UUID, put_off_until: datetime | None) -> Self:
        """`put_off_until` is what the fact has cleared."""
        return cls(what, pk, put_off_until.isoformat() if put_off_until else None)

    def offer(self, request: HttpRequest, said: str) -> None:
        token = signed_tokens.sign([self.what, str(self.pk), self.was, self.put], salt=SALT)
        messages.success(request, said, extra_tags=token)

    @classmethod
    def read(cls, token: str) -> Self | None:
        """None for a token that is not ours, or of an old page."""
        return signed_tokens.read(token, cls._of_signed, salt=SALT, max_age=LASTS)

    @classmethod
    def _of_signed(cls, signed: list[Any]) -> Self:
        what, pk, was, put = signed
        return cls(Undoable(what), UUID(pk), was, put)

    @property
    def put_off_until(self) -> datetime | None:
        return datetime.fromisoformat(self.was) if self.was else None


@require_POST
@candidate_page
def undo(request: CandidateRequest) -> HttpResponse:
    taken_back = Undo.read(request.POST.get("token", ""))
    try:
        if taken_back is None:
            raise Http404
        with transaction.atomic():
            TAKE_BACK[taken_back.what](request, taken_back)
    except (Http404, ValidationError):
        messages.error(request, _("There is nothing left to take back."))
    else:
        messages.success(request, _("Taken back."))
    return back(request, "dashboard:today")


def _contact(request: CandidateRequest, undo: Undo) -> None:
    contact = access.get_contact(request.user, undo.pk)
    contacts.delete_contact(contact=contact, now=request.now)
    _put_off_again(request, contact.interview_id, undo)


def _result(request: CandidateRequest, undo: Undo) -> None:
    result = access.get_result(request.user, undo.pk)
    results.delete_result(result=result, now=request.now)
    _put_off_again(request, result.interview_id, undo)


def _put_off_again(request: CandidateRequest, pk: UUID, undo: Undo) -> None:
    """A fact clears what was put off; without the fact it is put off again."""
    if undo.put_off_until is not None and undo.put_off_until > request.now:
        interviews.restore_snooze(
            interview=access.get_interview(request.user, pk),
            until=undo.put_off_until,
            now=request.now,
        )


def _snooze(request: CandidateRequest, undo: Undo) -> None:
    interview = access.get_interview(request.user, undo.pk)
    if interview.snoozed_until is None or interview.snoozed_until.isoformat() != undo.put:
        raise Http404  # a fact or another choice came after it
    interviews.restore_snooze(interview=interview, until=undo.put_off_until, now=request.now)


def _nothing_agreed(request: CandidateRequest, undo: Undo) -> None:
    interview = access.get_interview(request.user, undo.pk)
    interviews.take_back_nothing_agreed(interview=interview, now=request.now)


def _ratings(request: CandidateRequest, undo: Undo) -> None:
    attractiveness, desire = undo.was
    vacancy = access.get_interview(request.user, undo.pk).vacancy
    if [vacancy.attractiveness, vacancy.desire] != undo.put:
        raise Http404
    vacancies.rate_vacancy(
        vacancy=vacancy,
        attractiveness=attractiveness,
        desire=desire,
        now=request.now,
    )


def _proposal(request: CandidateRequest, undo: Undo) -> None:
    """As it stood before she declined it, or had done it: not answered, or accepted."""
    proposal = let_in.get_proposal(request.user, undo.pk, now=request.now)
    if proposal.state != undo.put:
        raise Http404
    proposals.answer_proposal(proposal=proposal, answer=undo.was, now=request.now)


TAKE_BACK: dict[Undoable, Callable[[CandidateRequest, Undo], None]] = {
    Undoable.CONTACT: _contact,
    Undoable.RESULT: _result,
    Undoable.SNOOZE: _snooze,
    Undoable.NOTHING_AGREED: _nothing_agreed,
    Undoable.RATINGS: _ratings,
    Undoable.PROPOSAL: _proposal,
}
