from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from interviews import access
from interviews.forms.company import CompanyForm
from interviews.services import companies
from interviews.views.base import CandidateRequest, back, candidate_page, page, posted, saved


@require_http_methods(["GET", "HEAD", "POST"])
@candidate_page
def company_update(request: CandidateRequest, pk: UUID) -> HttpResponse:
    company = access.get_company(request.user, pk)
    form = CompanyForm(posted(request), instance=company)
    if saved(form, lambda: companies.change_company(company=company)):
        return back(request, "interviews:interview-list")
    return page(request, "interviews/company_form.html", {"company": company}, form=form)
