"""Import positions: choose a file, check its columns, look at what it becomes, import it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRedirect

from accounts import rate_limits
from accounts.request_size import takes_file
from accounts.sanitize import readable
from dashboard.forms.upload import UploadForm
from dashboard.page import CandidateRequest, candidate_page, page, posted
from dashboard.position_imports.forms import MappingForm
from dashboard.position_imports.labels import REFUSALS
from dashboard.position_imports.preview import preview_of
from dashboard.position_imports.result import result_of
from integrations import position_import_runs as runs
from integrations.position_import import FILE_BYTES, Refusal, read
from integrations.tasks import wake_importers
from interviews import access, queries
from interviews.models import PositionImport

FOLDER = "dashboard/position_imports"
ACCEPT = ".csv,.tsv,.txt,.xlsx,.xls,.ods,.json,.html,.htm,.xml"
UPLOAD: dict[str, Any] = {"label": gettext_lazy("Your list"), "accept": ACCEPT}
# More rows are saved by a worker, while the page shows how far it is.
AT_ONCE = 200
PROGRESS = "import-progress"
State = PositionImport.State


@takes_file(FILE_BYTES)
@require_http_methods(["GET", "HEAD", "POST"])
@candidate_page
def position_import_create(request: CandidateRequest) -> HttpResponse:
    is_posted = request.method == "POST"
    form = UploadForm(request.POST, request.FILES, **UPLOAD) if is_posted else UploadForm(**UPLOAD)
    if form.is_valid():
        if not rate_limits.allow(request, "position_import", str(request.user.pk)):
            return rate_limits.refusal(request)
        file: UploadedFile = form.cleaned_data["file"]
        table = read(file.read(), file.name or "")
        if not isinstance(table, Refusal):
            name = readable(file.name or "")[:200] or _("Untitled")
            kept = runs.keep_upload(candidate=request.candidate, name=name, table=table)
            return redirect("dashboard:position-import-detail", kept.pk)
        form.add_error("file", str(REFUSALS[table.why]))
    context = {"imports": queries.position_imports_of(request.candidate)}
    return page(request, f"{FOLDER}/create.html", context, form=form)


@require_http_methods(["GET", "HEAD", "POST"])
@candidate_page
def position_import_detail(request: CandidateRequest, pk: UUID) -> HttpResponse:
    """One page for an import, whatever state it is in, so that a reload never loses it."""
    found = access.get_position_import(request.user, pk)
    if found.state == State.MAPPING:
        return _mapping(request, found)
    if request.method == "POST":
        return redirect("dashboard:position-import-detail", pk)
    if found.state == State.RUNNING:
        return render(request, f"{FOLDER}/progress.html", {"shown": found})
    if request.headers.get("HX-Target") == PROGRESS:
        return HttpResponseClientRedirect(request.path)
    context = {"shown": found, "result": result_of(found, now=request.now)}
    return render(request, f"{FOLDER}/result.html", context)


def _mapping(request: CandidateRequest, found: PositionImport) -> HttpResponse:
    is_final = request.POST.get("go") == "preview"
    upload = runs.Upload(found)
    form = MappingForm(posted(request), upload=upload, is_final=is_final)
    if form.is_valid():
        runs.choose(position_import=found, choices=form.chosen)
        if is_final:
            return redirect("dashboard:position-import-preview", found.pk)
        if not request.headers.get("HX-Request"):
            return redirect("dashboard:position-import-detail", found.pk)
        form = MappingForm(None, upload=runs.Upload(found))
    return page(request, f"{FOLDER}/mapping.html", {"shown": found}, form=form)


@require_http_methods(["GET", "HEAD", "POST"])
@candidate_page
def position_import_preview(request: CandidateRequest, pk: UUID) -> HttpResponse:
    """What the file becomes. Nothing is written before it is sent."""
    found = access.get_position_import(request.user, pk)
    if found.state != State.MAPPING:
        return redirect("dashboard:position-import-detail", pk)
    upload = runs.Upload(found)
    reading = upload.reading()
    if request.method == "POST" and reading.rows:
        runs.start(position_import=found, reading=reading)
        _run(found, is_small=len(reading.rows) <= AT_ONCE, now=request.now)
        return redirect("dashboard:position-import-detail", pk)
    context = {"shown": found, "preview": preview_of(upload, reading, now=request.now)}
    return render(request, f"{FOLDER}/preview.html", context)


def _run(found: PositionImport, *, is_small: bool, now: datetime) -> None:
    """Two requests at once start it once; the second finds it running."""
    run = runs.claim(found, now=now) if is_small else None
    while run and run.step(now=now):
        pass
    if not is_small:
        wake_importers()


@require_POST
@candidate_page
def position_import_continue(request: CandidateRequest, pk: UUID) -> HttpResponse:
    """After a failure; a worker takes it from the row where it stopped."""
    found = access.get_position_import(request.user, pk)
    runs.start_again(position_import=found)
    wake_importers()
    return redirect("dashboard:position-import-detail", pk)


@require_POST
@candidate_page
def position_import_delete(request: CandidateRequest, pk: UUID) -> HttpResponse:
    """Delete a file that was not imported."""
    found = access.get_position_import(request.user, pk)
    if runs.delete_upload(position_import=found):
        messages.success(request, _("File deleted."))
    return redirect("dashboard:position-import-create")
