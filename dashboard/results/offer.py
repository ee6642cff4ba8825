"""An offer beside the candidate's other open positions, for an informed decision."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from dashboard.page import CandidateRequest, candidate_page, page, posted, saved
from dashboard.prefill import redirect_to
from dashboard.results.offer_forms import OfferForm
from dashboard.vacancies.comparison import compare
from interviews import access
from interviews.models import Interview, Result
from interviews.services import results


@dataclass(frozen=True, slots=True)
class Notice:
    """How soon the candidate can start, and whether that is in time."""

    days: int
    earliest_on: date
    is_too_late: bool


@require_http_methods(["GET", "HEAD", "POST"])
@candidate_page
def offer(request: CandidateRequest, pk: UUID) -> HttpResponse:
    interview = access.get_interview(request.user, pk)
    if Result.of(interview) is None:  # it was undone
        return redirect_to("interview-detail", pk)
    result = offer_of(interview)
    if result.follows_id is not None:
        return redirect_to("offer", access.get_result(request.user, result.follows_id).interview_id)
    form = OfferForm(posted(request))

    def write() -> None:
        if form.is_more_time:
            day = form.cleaned_data["answer_by_on"]
            results.ask_for_time(result=result, answer_by_on=day, now=request.now)
        else:
            answer = form.cleaned_data["answer"]
            results.answer_offer(result=result, answer=answer, now=request.now)

    if saved(form, write):
        return _after(request, interview, form)
    shown, others = compare(request, interview.vacancy)
    context = {
        "interview": interview,
        "result": result,
        "is_open": result.offer_answer in ("", Result.Answer.OPEN),
        "days_left": _days_left(request, result),
        "notice": _notice(request, result),
        "page": shown,
        "others": others,
    }
    return page(request, "dashboard/results/offer.html", context, form=form)


def offer_of(interview: Interview) -> Result:
    """Return its offer, or 404 without one."""
    result = Result.of(interview)
    if result is None or result.kind != Result.Kind.OFFER:
        raise Http404
    return result


def _after(request: CandidateRequest, interview: Interview, form: OfferForm) -> HttpResponse:
    answer = form.cleaned_data["answer"]
    if answer == Result.Answer.ACCEPTED:
        messages.success(request, _("Offer accepted. Congratulations."))
        return redirect_to("withdraw", interview.pk)
    if answer == Result.Answer.DECLINED:
        messages.success(request, _("Offer declined."))
    elif form.is_more_time:
        messages.success(request, _("New answer date saved."))
    else:
        messages.success(request, _("Undone. The offer is open again."))
    return redirect_to("offer", interview.pk)


def _days_left(request: CandidateRequest, result: Result) -> int | None:
    if result.offer_answer_by_on is None:
        return None
    return (result.offer_answer_by_on - request.now.date()).days


def _notice(request: CandidateRequest, result: Result) -> Notice | None:
    days = request.candidate.notice_days
    if days is None:
        return None
    earliest = request.now.date() + timedelta(days=days)
    starts = result.offer_starts_on
    return Notice(days, earliest, is_too_late=starts is not None and starts < earliest)
