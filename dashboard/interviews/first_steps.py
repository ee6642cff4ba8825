"""After the first interview is saved: what follows from it, and what may be set up now."""

from datetime import datetime
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.views.decorators.http import require_safe

from dashboard.cards import cards_of
from dashboard.page import CandidateRequest, candidate_page
from integrations.calendar_feed import whole_calendar
from interviews import access, queries
from interviews.models import Interview
from interviews.wait_line.from_interview import own_line_of


def page_after(interview: Interview, *, now: datetime) -> str:
    """The URL after a fact of this interview was saved. The candidate's only interview, once its
    wait has begun, leads to its first steps."""
    is_begun = interview.ends_at > now or _facts(interview) == 1
    is_first = is_begun and queries.is_only_interview(interview)
    name = "dashboard:first-steps" if is_first else "dashboard:interview-detail"
    return resolve_url(name, interview.pk)


def _facts(interview: Interview) -> int:
    """How often was recorded what was agreed, which may be nothing."""
    return interview.agreements.count() + (interview.nothing_agreed_at is not None)


@require_safe
@candidate_page
def first_steps(request: CandidateRequest, pk: UUID) -> HttpResponse:
    interview = access.get_interview(request.user, pk)
    if interview.is_cancelled or interview.is_answered:
        return redirect("dashboard:interview-detail", pk)
    [card] = cards_of([interview], now=request.now, with_facts=True)
    people = [row.interlocutor for row in interview.participations.select_related("interlocutor")]
    context = {
        "interview": interview,
        "card": card,
        "line": own_line_of(card.current),
        "is_ahead": interview.ends_at > request.now,
        "mail_at": card.current.mail_at,
        "person": next((each for each in people if not each.phone), None),
        "has_people": bool(people),
    }
    return render(request, "dashboard/interviews/first_steps.html", context)


@require_safe
@candidate_page
def interview_calendar(request: CandidateRequest, pk: UUID) -> HttpResponse:
    """The interview and what is awaited after it, for one import into a calendar."""
    interview = access.get_interview(request.user, pk)
    body = b"".join(whole_calendar(request.candidate, now=request.now, only=interview))
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="interview.ics"'
    return response
