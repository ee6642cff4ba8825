"""Whether the candidate's waits count, unnamed, for others on this instance."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from interviews.learned import shared
from interviews.learned.reading import shared_state
from interviews.services import learned
from interviews.views.base import CandidateRequest, candidate_page


@require_http_methods(["GET", "HEAD", "POST"])
@candidate_page
def sharing(request: CandidateRequest) -> HttpResponse:
    candidate = request.candidate
    if request.method == "POST":
        if request.POST.get("shares") == "yes":
            learned.share_waits(candidate=candidate, now=request.now)
            messages.success(request, _("Your waits count for others from the next week on."))
        elif request.POST.get("shares") == "no":
            learned.stop_sharing_waits(candidate=candidate, now=request.now)
            messages.success(request, _("Your waits count for nobody else any more."))
        return redirect("interviews:sharing")
    context = {
        "state": shared_state(),
        "candidates_min": shared.CANDIDATES_MIN,
        "waits_min": shared.WAITS_MIN,
    }
    return render(request, "interviews/sharing.html", context)
