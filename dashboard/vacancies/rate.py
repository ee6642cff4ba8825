"""Is this the right job? Rated by criteria, beside the candidate's other open positions."""

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from dashboard.page import CandidateRequest, candidate_page, page, posted, saved
from dashboard.prefill import to_cancelled
from dashboard.vacancies.rate_forms import RateForm
from interviews import access, queries
from interviews.models import Vacancy
from interviews.ratings.matrix import RatingMatrix, rating_matrix
from interviews.services import vacancies

# As many as a chart and a table can show.
SHOWN = 25


@require_http_methods(["GET", "HEAD", "POST"])
@candidate_page
def rate(request: CandidateRequest, pk: UUID) -> HttpResponse:
    interview = access.get_interview(request.user, pk)
    if interview.is_cancelled:
        return to_cancelled(request, interview)
    vacancy = interview.vacancy
    form = RateForm(posted(request), vacancy=vacancy, candidate=request.candidate)

    @transaction.atomic
    def write() -> None:
        vacancies.set_weights(candidate=request.candidate, weights=form.weights, now=request.now)
        vacancies.rate_vacancy(
            vacancy=vacancy,
            attractiveness=form.cleaned_data["attractiveness"],
            desire=form.cleaned_data["desire"],
            rating_notes=form.cleaned_data["rating_notes"],
            ratings=form.ratings,
            now=request.now,
        )

    if saved(form, write):
        messages.success(request, _("Rating saved."))
        return redirect("dashboard:interview-detail", pk)
    drawn, unweighed = compared_with_others(request, vacancy)
    context = {
        "interview": interview,
        "map": drawn,
        "unweighed": unweighed,
        "preview_url": resolve_url("dashboard:rate-preview", pk),
    }
    return page(request, "dashboard/vacancies/rate.html", context, form=form)


@require_POST
@candidate_page
def rate_preview(request: CandidateRequest, pk: UUID) -> HttpResponse:
    """What the criteria would suggest, while they are chosen; nothing is recorded."""
    interview = access.get_interview(request.user, pk)
    form = RateForm(request.POST, vacancy=interview.vacancy, candidate=request.candidate)
    form.is_valid()  # the criteria may suggest a value before the overall rating is chosen
    return HttpResponse(escape(_proposal(form)))


def _proposal(form: RateForm) -> str:
    if form.mean is None:
        return ""
    own = form.cleaned_data.get("attractiveness")
    values = {"proposed": form.mean, "own": own}
    if own is None or own == form.mean:
        return _("Overall: %(proposed)s of 5.") % values
    return _("Your criteria come to %(proposed)s of 5. Your own rating of %(own)s counts.") % values


def compared_with_others(request: CandidateRequest, vacancy: Vacancy) -> tuple[RatingMatrix, int]:
    """This position and the other open ones, and how many more are not rated yet."""
    others = queries.open_vacancies_of(request.candidate).exclude(pk=vacancy.pk)
    weighed = others.exclude(attractiveness=None, desire=None)
    shown = [vacancy] if vacancy.attractiveness or vacancy.desire else []
    shown += weighed[: SHOWN - len(shown)]
    unweighed = others.filter(attractiveness=None, desire=None).count()
    return rating_matrix(shown, this=vacancy), unweighed
