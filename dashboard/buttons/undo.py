"""Undo what was just done. The signed token travels with the success message, so nothing is stored:
once the page is left, it is gone."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import signed_tokens
from accounts.models import User
from coaching import access as coaching_access
from coaching import proposals
from dashboard.mail_proposals import undoing as of_mails
from dashboard.page import CandidateRequest, back, candidate_page
from interviews import access
from interviews.actions import perform
from interviews.actions.perform import UNDO_LASTS, Undo
from interviews.models import Contact
from interviews.services import agreements, interviews

SALT = "hearback.undo"


def offer(request: HttpRequest, *undos: Undo, said: str) -> None:
    signed = [[undo.what, str(undo.pk), undo.was, undo.put] for undo in undos]
    messages.success(request, said, extra_tags=signed_tokens.sign(signed, salt=SALT))


def offer_of_contact(
    request: HttpRequest, made: Contact, *, snoozed_until: datetime | None, said: str
) -> None:
    """`snoozed_until` is as it was before: a contact ends a snooze."""
    offer(request, Undo("contact", made.pk, perform.said(snoozed_until)), said=said)


def read(token: str) -> list[Undo] | None:
    """Return None for a forged token, or one of an old page."""
    return signed_tokens.read(token, _of_signed, salt=SALT, max_age=UNDO_LASTS)


def _of_signed(signed: list[Any]) -> list[Undo]:
    # Until 1.0.0rc1 a token was of a single step.
    each = signed if isinstance(signed[0], list) else [signed]
    return [Undo(what, UUID(pk), was, put) for what, pk, was, put in each]


@require_POST
@candidate_page
def undo(request: CandidateRequest) -> HttpResponse:
    done = read(request.POST.get("token", ""))
    try:
        if not done:
            raise Http404
        with transaction.atomic():  # of several steps all are undone, or none
            for each in done:
                TAKE_BACK[each.what](each, request.user, request.now)
    except (Http404, ValidationError):
        messages.error(request, _("There’s nothing left to undo."))
    else:
        messages.success(request, _("Undone."))
        if any(each.what in of_mails.GONE for each in done):
            return redirect("dashboard:today")
    return back(request, "dashboard:today")


def _answer_as_before(undo: Undo, user: User, now: datetime) -> None:
    """As it stood before it was declined or done: not answered, or accepted."""
    proposal = coaching_access.get_proposal(user, undo.pk, now=now)
    if proposal.state != undo.put:
        raise Http404
    proposals.answer_proposal(proposal=proposal, answer=undo.was, now=now)


def _ask_again(undo: Undo, user: User, now: datetime) -> None:
    interview = access.get_interview(user, undo.pk)
    interviews.take_back_nothing_agreed(interview=interview, now=now)


def _remove_agreement(undo: Undo, user: User, now: datetime) -> None:
    agreements.delete_agreement(agreement=access.get_agreement(user, undo.pk), now=now)


TAKE_BACK = {
    **perform.TAKE_BACK,
    **of_mails.TAKE_BACK,
    "agreement": _remove_agreement,
    "proposal": _answer_as_before,
    "nothing_agreed": _ask_again,
}
