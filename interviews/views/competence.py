from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from interviews import access
from interviews.forms.competence import CompetenceForm
from interviews.services import competences
from interviews.views.base import CandidateRequest, candidate_page, page, posted, saved


@require_http_methods(["GET", "HEAD", "POST"])
@candidate_page
def competence_update(request: CandidateRequest, pk: UUID) -> HttpResponse:
    competence = access.get_competence(request.user, pk)
    form = CompetenceForm(posted(request), instance=competence)

    def write() -> None:
        competences.plan_competence(competence=competence, now=request.now)

    if saved(form, write):
        messages.success(request, _("Noted."))
        return redirect("interviews:learned")
    context = {"competence": competence}
    return page(request, "interviews/competence_form.html", context, form=form)
