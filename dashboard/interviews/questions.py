"""Before the interview: what to ask at its end, readable at a glance, and printed."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dashboard.page import CandidateRequest, candidate_page
from interviews import access
from interviews.rules import Role
from interviews.text.interview_questions import question_sheet


@require_safe
@candidate_page
def questions(request: CandidateRequest, pk: UUID) -> HttpResponse:
    interview = access.get_interview(request.user, pk)
    people = list(interview.participations.select_related("interlocutor"))
    roles = [Role(row.role) for row in people if row.role]
    context = {
        "interview": interview,
        "people": people,
        "sheet": question_sheet(roles, stage=interview.stage),
        "is_over": interview.ends_at <= request.now,
    }
    return render(request, "dashboard/interviews/questions.html", context)
