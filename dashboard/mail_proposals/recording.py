"""What an answered mail records: by its kind, through the same services as the forms.

What a mail said before its interview had taken place can only move or cancel that; anything else is
marked as read.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from dashboard.buttons.links import url
from dashboard.interviews.forms import NEXT_STAGE
from dashboard.mail_proposals.case import Case, is_known_time
from dashboard.mail_proposals.undoing import (
    undo_of_cancellation,
    undo_of_filling,
    undo_of_move,
    undo_of_replacing,
)
from interviews import queries
from interviews.actions import perform
from interviews.actions.perform import Undo
from interviews.current_step import CurrentStep
from interviews.models import Agreement, Channel, Contact, Interview, MailProposal, Result, Vacancy
from interviews.services import agreements, contacts, interviews, mail_proposals, results, vacancies
from interviews.services.checks import refuse
from interviews.services.interviews import Attendee
from interviews.services.mail_proposals import Answer, Status
from interviews.text import dates
from interviews.text.from_interview import preview_of

Kind = MailProposal.Kind
Direction, Outcome, Purpose = Contact.Direction, Contact.Outcome, Contact.Purpose
# A letter of the first days thanks: nobody asks about the result before the fourth.
THANKS = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Recorded:
    """What to say of it, how it is undone, the facts, and the page that follows."""

    said: str
    undo: Undo | None = None
    contact: Contact | None = None
    result: Result | None = None
    interview: Interview | None = None
    url: str = ""


@transaction.atomic
def record(case: Case, kind: str) -> Recorded:
    """Record what the mail says, or what the candidate says that it is. Raise ValidationError if it
    is answered already, or does not fit."""
    proposal = mail_proposals.lock_open(case.proposal)
    made = _RECORDERS[kind](case)
    answer = Answer(
        status=Status.RECORDED if kind == proposal.kind else Status.CORRECTED,
        kind=kind,
        interview=case.interview,
        vacancy=None if case.interview else case.vacancy,
        contact=made.contact,
        result=made.result,
        recorded_interview=made.interview,
    )
    mail_proposals.answer_proposal(proposal=proposal, answer=answer, now=case.now)
    return made


def _rejection(case: Case) -> Recorded:
    undo: Undo | None = None
    if case.told_stage is not None:
        return _result(case, Result.Kind.REFUSAL, said=_("Rejection recorded."), page="result-next")
    if (coming := case.coming) is not None:
        undo = undo_of_cancellation(coming)
        interviews.cancel_interview(interview=coming, now=case.now)
    elif not case.vacancy.closing_reason:
        undo = Undo("position-closed", case.vacancy.pk)
    if not case.vacancy.closing_reason:  # why it was closed before stays
        vacancies.close_position(
            vacancy=case.vacancy,
            reason=Vacancy.ClosingReason.REFUSED,
            closed_on=case.at.astimezone(case.now.tzinfo).date(),
            now=case.now,
        )
    said = _("Rejection by %(company)s recorded. The position is closed.")
    return Recorded(said % {"company": case.company}, undo)


def _offer(case: Case) -> Recorded:
    if case.told_stage is None:
        said = _("Choose the interview that the offer follows, or add it first.")
        raise refuse("__all__", said)
    said, by = _("Offer recorded."), case.day
    return _result(case, Result.Kind.OFFER, said=said, page="offer", offer_answer_by_on=by)


def _result(case: Case, kind: str, *, said: str, page: str, **fields: object) -> Recorded:
    """A result that is recorded already is only filled in where it is empty. What was learned from
    one that is replaced stays."""
    stage = case.told_stage
    assert stage is not None
    earlier = Result.objects.filter(interview=stage).first()
    fields["via"] = Result.Via.EMAIL
    if earlier is not None and earlier.kind == kind:
        return _filled(earlier, case, said=said, page=page, **fields)
    was = results.text_of(earlier) if earlier else ""
    result = Result(interview=stage, kind=kind, known_at=case.at, **fields)
    if kind == Result.Kind.OFFER:
        result.offer_answer = Result.Answer.OPEN
    kept = _keep_what_was_learned(result, earlier) if earlier else []
    made = results.record_result(result=result, competences=kept, now=case.now)
    undo = perform.undo_of_result(made, snoozed_until=stage.snoozed_until)
    if was:
        undo = undo_of_replacing(made, was, snoozed_until=stage.snoozed_until)
    return Recorded(said, undo, result=made, url=url(page, stage.pk))


def _keep_what_was_learned(result: Result, earlier: Result) -> list[str]:
    """Return the names of the skill gaps."""
    for name in ("feedback", "recommended_to", "recontact_on"):
        setattr(result, name, getattr(earlier, name))
    if earlier.kind != Result.Kind.NEXT_STAGE:
        result.lessons = earlier.lessons
    return [each.name for each in earlier.competences.all()]


def _filled(result: Result, case: Case, *, said: str, page: str, **fields: object) -> Recorded:
    names = results.fill_result(result=result, now=case.now, **fields)
    result.refresh_from_db()
    undo = undo_of_filling(result, names) if names else None
    said = said if names else _("This was already recorded. Nothing else changed.")
    return Recorded(said, undo, result=result, url=url(page, result.interview_id))


def _invitation(case: Case) -> Recorded:
    """One certain time: an interview that is known with it, another time for it, or the next
    stage."""
    if is_known_time(case):
        return Recorded(_("This interview is already in your list. Nothing else changed."))
    if case.coming is not None:
        return _moved(case)
    assert case.start is not None
    stage = case.told_stage
    added = Interview(
        vacancy=case.vacancy,
        continues=stage,
        stage=NEXT_STAGE.get(Interview.Stage(stage.stage), Interview.Stage.OTHER)
        if stage
        else Interview.Stage.FIRST,
        starts_at=case.start,
    )
    there = stage.participations.select_related("interlocutor") if stage else ()
    people = [Attendee(each.interlocutor, each.role) for each in there]
    made = interviews.create_interview(interview=added, people=people, now=case.now)
    said = _("Interview with %(company)s added: %(moment)s.")
    return Recorded(
        said % {"company": case.company, "moment": dates.moment(made.starts_at, now=case.now)},
        Undo("interview-added", made.pk),
        interview=made,
        url=url("interview-detail", made.pk),
    )


def _moved(case: Case) -> Recorded:
    moved = case.coming
    if moved is None:
        return _invitation(case)
    assert case.start is not None
    undo = undo_of_move(moved, starts_at=case.start)
    moved.starts_at = case.start
    interviews.change_interview(interview=moved, now=case.now)
    said = _("Interview with %(company)s moved to %(moment)s.")
    return Recorded(
        said % {"company": case.company, "moment": dates.moment(case.start, now=case.now)},
        undo,
        interview=moved,
    )


def _cancelled(case: Case) -> Recorded:
    coming = case.coming
    if coming is None:
        return _told(case)
    undo = undo_of_cancellation(coming)
    interviews.cancel_interview(interview=coming, now=case.now)
    said = _("Interview with %(company)s marked as cancelled.") % {"company": case.company}
    return Recorded(said, undo, interview=coming)


def _next_stage(case: Case) -> Recorded:
    made = _told(case, notes=_("You’re through to the next stage. No time yet."))
    said = _("%(company)s: saved. Add the next interview when they name a time.")
    return Recorded(said % {"company": case.company}, made.undo, contact=made.contact)


def _about_other(case: Case) -> Recorded:
    """Papers that came or are asked for: it says nothing about the result (docs/rules.md)."""
    return _contact(case, direction=Direction.IN, outcome=Outcome.REACHED, purpose=Purpose.OTHER)


def _told(case: Case, *, notes: str = "") -> Recorded:
    """They wrote about the result, and it is still open."""
    return _contact(
        case,
        direction=Direction.IN,
        outcome=Outcome.REACHED,
        purpose=Purpose.FOLLOW_UP,
        notes=notes,
    )


def _own_letter(case: Case) -> Recorded:
    stage = case.told_stage
    is_thanks = stage is not None and case.at - stage.ends_at < THANKS
    purpose = Purpose.THANKS if is_thanks else Purpose.FOLLOW_UP
    return _contact(case, direction=Direction.OUT, outcome=Outcome.SENT, purpose=purpose)


def _contact(
    case: Case, *, direction: str, outcome: str, purpose: str, notes: str = ""
) -> Recorded:
    stage = case.told_stage
    if stage is None:
        return Recorded(_("Marked as read. Nothing else changed."))
    was = perform.said(stage.snoozed_until)
    people = queries.interlocutors_of(stage.candidate).exclude(email="")
    contact = Contact(
        interview=stage,
        at=case.at,
        direction=direction,
        channel=Channel.EMAIL,
        outcome=outcome,
        purpose=purpose,
        notes=notes,
        person=people.filter(email__iexact=case.proposal.sender_address).first(),
    )
    contacts.record_contact(contact=contact, now=case.now)
    return Recorded(_saved(stage, case.now), Undo("contact", contact.pk, was), contact=contact)


def _not_yet(case: Case) -> Recorded:
    """If they named a day, it is what was agreed last."""
    made = _told(case)
    if made.contact is None or case.day is None:
        return made
    stage = made.contact.interview
    agreement = Agreement(
        interview=stage,
        contact=made.contact,
        made_at=made.contact.at,
        due_on=case.day,
        channel=Channel.EMAIL,
    )
    try:
        agreements.record_agreement(agreement=agreement, now=case.now)
    except ValidationError:  # a day that has passed when they wrote
        return made
    return Recorded(_saved(stage, case.now), made.undo, contact=made.contact)


def _saved(stage: Interview, now: datetime) -> str:
    """Say what it leads to."""
    current = CurrentStep.of(queries.interviews_of(stage.candidate).get(pk=stage.pk), now=now)
    values = {"company": current.company, "then": preview_of(current)}
    return _("%(company)s: saved. %(then)s") % values


_RECORDERS: dict[str, Callable[[Case], Recorded]] = {
    Kind.RECEIPT: _about_other,
    Kind.QUESTION: _about_other,
    Kind.NOT_YET: _not_yet,
    Kind.INVITATION: _invitation,
    Kind.NEXT_STAGE: _next_stage,
    Kind.REJECTION: _rejection,
    Kind.OFFER: _offer,
    Kind.MOVED: _moved,
    Kind.CANCELLED: _cancelled,
    Kind.OWN_LETTER: _own_letter,
}
