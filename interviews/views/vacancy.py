from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from interviews import access
from interviews.forms.vacancy import VacancyForm, WeighForm
from interviews.models import Candidate, Company, Interview, Vacancy
from interviews.services import companies, vacancies
from interviews.views.base import CandidateRequest, back, candidate_page, page, posted, saved
from interviews.views.redirects import to_cancelled


@require_http_methods(["GET", "HEAD", "POST"])
@candidate_page
def vacancy_update(request: CandidateRequest, pk: UUID) -> HttpResponse:
    vacancy = access.get_vacancy(request.user, pk)
    form = VacancyForm(posted(request), instance=vacancy)

    @transaction.atomic
    def write() -> None:
        name = form.cleaned_data["agency_name"]
        vacancy.agency = (
            companies.find_or_create_company(
                candidate=request.candidate, name=name, kind=Company.Kind.AGENCY
            )
            if name
            else None
        )
        vacancies.change_vacancy(vacancy=vacancy)

    if saved(form, write):
        return back(request, "interviews:interview-list")
    names = access.company_names_of(request.candidate)
    context = {"vacancy": vacancy, "companies": names}
    return page(request, "interviews/vacancy_form.html", context, form=form)


@require_http_methods(["GET", "HEAD", "POST"])
@candidate_page
def weigh(request: CandidateRequest, pk: UUID) -> HttpResponse:
    interview = access.get_interview(request.user, pk)
    if interview.is_cancelled:
        return to_cancelled(request, interview)
    vacancy = interview.vacancy
    form = WeighForm(posted(request), vacancy=vacancy)
    if saved(
        form,
        lambda: vacancies.weigh_vacancy(vacancy=vacancy, **form.cleaned_data, now=request.now),
    ):
        messages.success(request, _("What you think of it is noted."))
        return redirect("interviews:interview-detail", pk)
    others = list(open_vacancies(request.candidate).exclude(pk=vacancy.pk))
    weighed = [other for other in others if other.attractiveness or other.desire]
    context = {
        "interview": interview,
        "weighed": weighed,
        "unweighed": len(others) - len(weighed),
    }
    return page(request, "interviews/weigh.html", context, form=form)


def open_vacancies(candidate: Candidate) -> QuerySet[Vacancy]:
    """Those with an interview that is still unanswered."""
    waiting = Interview.objects.unanswered().filter(vacancy=OuterRef("pk"))
    return access.vacancies_of(candidate).filter(Exists(waiting))
