"""The page that asks before something is deleted."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from dashboard.page import CandidateRequest
from interviews.models import Interview


def confirm_delete(
    request: CandidateRequest,
    *,
    interview: Interview,
    question: str,
    effect: str,
    button: str,
    done: str,
    delete: Callable[[], object],
) -> HttpResponse:
    if request.method != "POST":
        texts = {"question": question, "effect": effect, "button": button}
        context = {"interview": interview, **texts}
        return render(request, "dashboard/interviews/fact_delete.html", context)
    delete()
    messages.success(request, done)
    return redirect("dashboard:interview-detail", interview.pk)
