from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from interviews import access
from interviews.forms.result import ResultForm
from interviews.services import results
from interviews.views.base import CandidateRequest, candidate_page, page, posted, saved
from interviews.views.confirm import confirm_delete
from interviews.views.redirects import redirect_to, to_cancelled


@require_http_methods(["GET", "HEAD", "POST"])
@candidate_page
def result(request: CandidateRequest, pk: UUID) -> HttpResponse:
    interview = access.get_interview(request.user, pk)
    if interview.is_cancelled:
        return to_cancelled(request, interview)
    form = ResultForm(
        posted(request),
        interview=interview,
        now=request.now,
        initial={"kind": request.GET.get("kind"), "via": request.GET.get("via")},
    )
    if posted(request) is not None and form.is_next_stage:
        return redirect_to("interview-create", continues=pk)

    def write() -> None:
        lacking = form.cleaned_data["lacking"]
        results.record_result(result=form.build(), competences=lacking, now=request.now)

    if saved(form, write):
        messages.success(request, _("The result is noted."))
        return redirect("interviews:interview-detail", pk)
    context = {"interview": interview, "earlier": form.earlier}
    return page(request, "interviews/result_form.html", context, form=form)


@require_http_methods(["GET", "HEAD", "POST"])
@candidate_page
def result_delete(request: CandidateRequest, pk: UUID) -> HttpResponse:
    stored = access.get_result(request.user, pk)
    return confirm_delete(
        request,
        interview=stored.interview,
        question=_("Take this result back?"),
        effect=_("The wait goes on; so do the other stages that it had closed."),
        delete=lambda: results.delete_result(result=stored, now=request.now),
    )
