from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from dashboard.companies.forms import CompanyForm
from dashboard.page import CandidateRequest, back, candidate_page, page, posted, saved
from interviews import access
from interviews.services import companies


@require_http_methods(["GET", "HEAD", "POST"])
@candidate_page
def company_update(request: CandidateRequest, pk: UUID) -> HttpResponse:
    company = access.get_company(request.user, pk)
    form = CompanyForm(posted(request), instance=company)
    if saved(form, lambda: companies.change_company(company=company)):
        return back(request, "dashboard:interview-list")
    return page(request, "dashboard/companies/form.html", {"company": company}, form=form)
