from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from dashboard.page import CandidateRequest, back, candidate_page, page, posted, saved
from dashboard.vacancies.forms import VacancyForm
from interviews import access, queries
from interviews.models import Company
from interviews.services import companies, vacancies


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
        return back(request, "dashboard:interview-list")
    names = queries.company_names_of(request.candidate)
    context = {"vacancy": vacancy, "companies": names}
    return page(request, "dashboard/vacancies/form.html", context, form=form)
