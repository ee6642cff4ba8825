"""The page that asks before something is deleted."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from dashboard.page import CandidateRequest
from interviews.models import Interview


def confirm_delete(
    request: CandidateRequest,
    *,
    interview: Interview,
    question: str,
    effect: str,
    delete: Callable[[], object],
) -> HttpResponse:
    if request.method != "POST":
        context = {"interview": interview, "question": question, "effect": effect}
        return render(request, "dashboard/interviews/fact_delete.html", context)
    delete()
    messages.success(request, _("Agreement deleted."))
    return redirect("dashboard:interview-detail", interview.pk)
