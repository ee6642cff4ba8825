"""Files of a position: attach, download, delete."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from accounts.request_size import takes_file
from dashboard.forms.upload import UploadForm
from dashboard.page import CandidateRequest, candidate_page, page, posted, saved
from interviews import access
from interviews.models import ATTACHMENT_BYTES_MAX, Vacancy
from interviews.services import attachments

UPLOAD: dict[str, Any] = {
    "label": gettext_lazy("PDF or text, up to 2 MB"),
    "accept": ".pdf,.txt,application/pdf,text/plain",
}


@takes_file(ATTACHMENT_BYTES_MAX)
@require_http_methods(["GET", "HEAD", "POST"])
@candidate_page
def attachment_create(request: CandidateRequest, pk: UUID) -> HttpResponse:
    vacancy = access.get_vacancy(request.user, pk)
    form = UploadForm(posted(request), request.FILES or None, **UPLOAD)

    def write() -> None:
        file = form.cleaned_data["file"]
        attachments.attach_file(vacancy=vacancy, name=file.name, content=file.read())

    if saved(form, write):
        messages.success(request, _("File attached."))
        return redirect("dashboard:position-detail", pk)
    context = {"vacancy": vacancy}
    return page(request, "dashboard/vacancies/attach.html", context, form=form)


@require_safe
@candidate_page
def attachment(request: CandidateRequest, pk: UUID) -> HttpResponse:
    """Always as a download: a browser must not show what somebody uploaded as a page of ours."""
    row = access.get_attachment(request.user, pk)
    response = HttpResponse(bytes(row.content), content_type=row.content_type)
    disposition = content_disposition_header(as_attachment=True, filename=row.name)
    response["Content-Disposition"] = disposition or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@candidate_page
def attachment_delete(request: CandidateRequest, pk: UUID) -> HttpResponse:
    row = access.get_attachment(request.user, pk, with_content=False)
    vacancy: Vacancy = row.vacancy
    if request.method != "POST":
        context = {"attachment": row, "vacancy": vacancy}
        return render(request, "dashboard/vacancies/attachment_delete.html", context)
    attachments.delete_attachment(attachment=row)
    messages.success(request, _("File deleted."))
    return redirect("dashboard:position-detail", vacancy.pk)
