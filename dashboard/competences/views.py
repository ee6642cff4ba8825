from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from dashboard.competences.forms import CompetenceForm
from dashboard.page import CandidateRequest, candidate_page, page, posted, saved
from interviews import access
from interviews.services import competences


@require_http_methods(["GET", "HEAD", "POST"])
@candidate_page
def competence_update(request: CandidateRequest, pk: UUID) -> HttpResponse:
    competence = access.get_competence(request.user, pk)
    form = CompetenceForm(posted(request), instance=competence)

    def write() -> None:
        competences.plan_competence(competence=competence, now=request.now)

    if saved(form, write):
        messages.success(request, _("Skill gap updated."))
        return redirect("dashboard:insights")
    context = {"competence": competence}
    return page(request, "dashboard/competences/form.html", context, form=form)
