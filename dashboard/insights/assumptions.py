"""The forecast's assumptions, and the candidate's own."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from dashboard.insights.assumptions_forms import AssumptionsForm
from dashboard.page import CandidateRequest, candidate_page, page, posted, saved
from interviews.services import statistics


@require_http_methods(["GET", "HEAD", "POST"])
@candidate_page
def assumptions_update(request: CandidateRequest) -> HttpResponse:
    form = AssumptionsForm(posted(request), candidate=request.candidate)
    if saved(
        form, lambda: statistics.change_assumptions(assumptions=form.build(), now=request.now)
    ):
        messages.success(request, _("Assumptions saved. Your forecast updates within a minute."))
        return redirect("dashboard:insights")
    return page(request, "dashboard/insights/assumptions.html", {}, form=form)


@require_POST
@candidate_page
def assumptions_delete(request: CandidateRequest) -> HttpResponse:
    statistics.take_published(candidate=request.candidate, now=request.now)
    messages.success(request, _("Defaults restored. Your forecast updates within a minute."))
    return redirect("dashboard:assumptions-update")
