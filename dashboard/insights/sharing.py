"""Whether the candidate's waits count, anonymously, for others on this instance."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from dashboard.page import CandidateRequest, candidate_page
from insights.statistics import pooled
from insights.statistics.stored import pooled_state
from interviews.services import statistics


@require_http_methods(["GET", "HEAD", "POST"])
@candidate_page
def sharing(request: CandidateRequest) -> HttpResponse:
    candidate = request.candidate
    if request.method == "POST":
        if request.POST.get("shares") == "yes":
            statistics.share_waits(candidate=candidate, now=request.now)
            messages.success(
                request,
                _("Thanks. From next week, your waits help improve other people’s forecasts."),
            )
        elif request.POST.get("shares") == "no":
            statistics.stop_sharing_waits(candidate=candidate, now=request.now)
            messages.success(
                request, _("Your waits are no longer used in other people’s forecasts.")
            )
        return redirect("dashboard:sharing")
    context = {
        "state": pooled_state(),
        "candidates_min": pooled.CANDIDATES_MIN,
        "waits_min": pooled.WAITS_MIN,
    }
    return render(request, "dashboard/insights/sharing.html", context)
