"""The reading of a line while it is typed, and the field itself for the dialog of the key "n"."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.keys import new_key
from dashboard.interviews import typed_line_reading as reading
from dashboard.interviews.typed_line import typed_in
from dashboard.interviews.typed_line_notices import notices, position_address
from dashboard.page import CandidateRequest, candidate_page


@require_safe
@candidate_page
def quick_add(request: CandidateRequest) -> HttpResponse:
    if "q" not in request.GET:
        return render(request, "dashboard/interviews/_quick_add.html", {"is_dialog": True})
    typed = typed_in(request, request.candidate, now=request.now)
    context: dict[str, object] = {}
    if typed is not None:
        context = {
            **reading.told(typed),
            "notices": notices(typed, request.candidate),
            "position_url": position_address(typed),
            "completions": reading.completions(typed),
            "submission_id": new_key(),
        }
    return render(request, "dashboard/interviews/_quick_add_answer.html", context)
