"""A new interview: its forms, filled in by hand or from a typed line, and how they are saved."""

from collections.abc import Mapping
from typing import Any

from dashboard.interviews.attendee_forms import attendee_formset
from dashboard.interviews.forms import InterviewForm
from dashboard.interviews.typed_line import Typed
from dashboard.page import CandidateRequest, written
from interviews.models import Interview, Vacancy
from interviews.services import interviews


def forms_of_new(
    request: CandidateRequest,
    data: Mapping[str, str] | None,
    *,
    typed: Typed | None,
    earlier: Interview | None = None,
    position: Vacancy | None = None,
) -> tuple[InterviewForm, Any]:
    candidate, offered = request.candidate, typed.people if typed else ()
    form = InterviewForm(
        data,
        candidate=candidate,
        continues=earlier,
        position=position,
        initial=_initial(request),
    )
    people = attendee_formset(data, candidate=candidate, interview=earlier, offered=offered)
    return form, people


def created(request: CandidateRequest, form: InterviewForm, people: Any) -> Interview | None:
    def write() -> Interview:
        interview = form.build()
        return interviews.create_interview(
            interview=interview, people=people.attendees(interview.vacancy), now=request.now
        )

    return written(form, write) if people.is_valid() else None


def create_from(request: CandidateRequest, typed: Typed, submission_id: str) -> Interview | None:
    """Save what was typed before; None if the form has to ask for something."""
    form, people = forms_of_new(request, typed.data(submission_id), typed=typed)
    return created(request, form, people)


def _initial(request: CandidateRequest) -> dict[str, str]:
    """Initial values from the URL, such as a recommended position."""
    asked = {"title": "title", "company_name": "company", "source": "source"}
    return {field: request.GET.get(name, "") for field, name in asked.items()}
