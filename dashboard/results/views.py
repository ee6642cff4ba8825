"""How it ended, and what follows."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from dashboard.confirm import confirm_delete
from dashboard.page import CandidateRequest, candidate_page, page, posted, saved
from dashboard.prefill import redirect_to, to_cancelled
from dashboard.results.forms import ResultForm
from interviews import access, queries
from interviews.models import Result
from interviews.services import results
from interviews.text.letters import LetterKind

REJECTIONS = (Result.Kind.REFUSAL, Result.Kind.ASSUMED_REFUSAL)
# The letter that a result calls for; after their own silence nobody needs one.
LETTERS = {
    Result.Kind.REFUSAL: LetterKind.AFTER_REFUSAL,
    Result.Kind.ASSUMED_REFUSAL: LetterKind.AFTER_REFUSAL,
    Result.Kind.WITHDRAWN: LetterKind.LETTING_GO,
}


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
        initial=_initial(request),
    )
    if posted(request) is not None and form.is_next_stage:
        return redirect_to("interview-create", continues=pk)

    def write() -> None:
        skill_gaps = form.cleaned_data["lacking"]
        results.record_result(result=form.build(), competences=skill_gaps, now=request.now)

    if saved(form, write):
        messages.success(request, _("Result saved."))
        is_offer = form.cleaned_data["kind"] == Result.Kind.OFFER
        return redirect("dashboard:offer" if is_offer else "dashboard:result-next", pk)
    context = {"interview": interview, "earlier": form.earlier}
    return page(request, "dashboard/results/form.html", context, form=form)


def _initial(request: CandidateRequest) -> dict[str, Any]:
    """Initial values from the URL: the kind, and the channel and time of a call."""
    initial: dict[str, Any] = {name: request.GET.get(name) for name in ("kind", "via")}
    try:
        moment = parse_datetime(request.GET.get("at", ""))
    except ValueError:
        moment = None
    return initial | {"known_at": moment if moment and timezone.is_aware(moment) else None}


@require_safe
@candidate_page
def result_next(request: CandidateRequest, pk: UUID) -> HttpResponse:
    """What may follow a result: a letter, a recommended position, something to learn."""
    interview = access.get_interview(request.user, pk)
    found = Result.of(interview)
    if found is None:
        raise Http404
    if found.kind == Result.Kind.OFFER:
        return redirect("dashboard:offer", pk)
    if found.next_interview_id is not None:
        return redirect("dashboard:questions", found.next_interview_id)
    names = list(found.competences.values_list("name", flat=True))
    context = {
        "interview": interview,
        "result": found,
        "occasion": LETTERS.get(Result.Kind(found.kind)),
        "may_learn": found.kind in REJECTIONS and not names,
        "skill_gaps": queries.skill_gap_counts(request.candidate, also=names)[: len(names)],
        "recommended": recommended_url(found),
    }
    return render(request, "dashboard/results/next.html", context)


def recommended_url(result: Result) -> str:
    """To a new interview for the recommended position: "Data steward, Bolt" names position and
    company."""
    if not result.recommended_to:
        return ""
    title, comma, company = result.recommended_to.rpartition(", ")
    source = _("referral from %(company)s") % {"company": result.interview.vacancy.company}
    query = {"title": title, "company": company} if comma else {"title": result.recommended_to}
    return f"{reverse('dashboard:interview-create')}?{urlencode(query | {'source': source})}"


@require_http_methods(["GET", "HEAD", "POST"])
@candidate_page
def result_delete(request: CandidateRequest, pk: UUID) -> HttpResponse:
    stored = access.get_result(request.user, pk)
    return confirm_delete(
        request,
        interview=stored.interview,
        question=_("Delete this result?"),
        effect=_("The wait reopens, along with any other stages this result closed."),
        delete=lambda: results.delete_result(result=stored, now=request.now),
    )
