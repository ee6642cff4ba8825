"""A new interview: its forms, filled in by hand or from a typed line, and how they are saved."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.shortcuts import resolve_url

from dashboard.interviews.attendee_forms import attendee_formset
from dashboard.interviews.first_steps import page_after
from dashboard.interviews.forms import InterviewForm
from dashboard.interviews.typed_line import Typed
from dashboard.mail_proposals.prefill import answer_with
from dashboard.mail_proposals.shown import ShownMail
from dashboard.page import CandidateRequest, written
from interviews.models import Interview, MailProposal, Vacancy
from interviews.rules import Step
from interviews.services import interviews


def forms_of_new(
    request: CandidateRequest,
    data: Mapping[str, str] | None,
    *,
    typed: Typed | None,
    earlier: Interview | None = None,
    position: Vacancy | None = None,
    mail: ShownMail | None = None,
) -> tuple[InterviewForm, Any]:
    candidate, offered = request.candidate, typed.people if typed else ()
    form = InterviewForm(
        data,
        candidate=candidate,
        continues=earlier,
        position=position,
        initial=_initial(request, mail),
    )
    people = attendee_formset(data, candidate=candidate, interview=earlier, offered=offered)
    return form, people


def created(
    request: CandidateRequest, form: InterviewForm, people: Any, mail: ShownMail | None = None
) -> Interview | None:
    @transaction.atomic
    def write() -> Interview:
        interview = form.build()
        made = interviews.create_interview(
            interview=interview, people=people.attendees(interview.vacancy), now=request.now
        )
        answer_with(mail, made, MailProposal.Kind.INVITATION)
        return made

    return written(form, write) if people.is_valid() else None


def create_from(request: CandidateRequest, typed: Typed, submission_id: str) -> Interview | None:
    """Save what was typed before; None if the form has to ask for something."""
    form, people = forms_of_new(request, typed.data(submission_id), typed=typed)
    return created(request, form, people)


def _initial(request: CandidateRequest, mail: ShownMail | None) -> dict[str, Any]:
    """Initial values from the URL, such as a recommended position, and a mail's first time."""
    asked = {"title": "title", "company_name": "company", "source": "source"}
    filled: dict[str, Any] = {field: request.GET.get(name, "") for field, name in asked.items()}
    return filled | ({"starts_at": mail.starts[0]} if mail and mail.starts else {})


def asks_agreement(interview: Interview, *, now: datetime) -> bool:
    return interview.ends_at <= now and not interview.is_answered


def after_adding(interview: Interview, *, now: datetime) -> str:
    """The URL after saving: of what is over, ask for the agreement; for a next stage, prepare."""
    if asks_agreement(interview, now=now):
        return resolve_url("dashboard:agreement-create", interview.pk)
    if interview.continues_id is not None and interview.step == Step.PREPARE:
        return resolve_url("dashboard:questions", interview.pk)
    return page_after(interview, now=now)
