"""The page that asks before something is deleted."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from interviews.models import Interview
from interviews.views.base import CandidateRequest


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
        return render(request, "interviews/fact_delete.html", context)
    delete()
    messages.success(request, _("Deleted."))
    return redirect("interviews:interview-detail", interview.pk)
