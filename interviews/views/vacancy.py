from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from interviews import access
from interviews.forms.vacancy import VacancyForm
from interviews.models import Company
from interviews.services import companies, vacancies
from interviews.views.base import CandidateRequest, back, candidate_page, page, posted, saved


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
