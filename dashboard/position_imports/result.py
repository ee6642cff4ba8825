"""After an import: what it brought, what was left, and whom nobody has heard from for too long."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dashboard.page import CandidateRequest, candidate_page
from dashboard.position_imports.labels import REASONS, counted
from dashboard.position_imports.preview import ShownRest, shown_rest
from integrations import position_import_runs as runs
from integrations.imported_positions import long_silent
from integrations.imported_positions.undo import UNDONE_WITHIN, may_be_undone
from integrations.position_import import load_table, rest_file
from interviews import access
from interviews.models import Interview, PositionImport, Result
from interviews.services import results

FOLDER = "dashboard/position_imports"


@dataclass(frozen=True, slots=True)
class ImportResult:
    """`joined` is how many positions the account had already."""

    added: str
    joined: int
    rest_total: int
    rest: list[ShownRest]
    has_file: bool
    undo_until: datetime | None
    silent: Sequence[Interview]


def result_of(found: PositionImport, *, now: datetime) -> ImportResult:
    rest = runs.rest_rows(found)
    if found.state == PositionImport.State.UNDONE:
        rest = []
    table = load_table(found.table) if found.table and rest else None
    is_done = found.state == PositionImport.State.DONE
    until = found.finished_at + UNDONE_WITHIN if found.finished_at else None
    return ImportResult(
        added=counted(found.counts),
        joined=found.counts.get("joined", 0),
        rest_total=len(rest),
        rest=shown_rest(table, rest),
        has_file=table is not None,
        undo_until=until if may_be_undone(found, now=now) else None,
        silent=list(long_silent(position_import=found, now=now)) if is_done else [],
    )


@require_safe
@candidate_page
def position_import_rest(request: CandidateRequest, pk: UUID) -> HttpResponse:
    """The rows that were not imported, in the form of the file itself, each with its reason."""
    found = access.get_position_import(request.user, pk)
    rest = runs.rest_rows(found)
    if not found.table or not rest:
        raise Http404
    sentences = {"why": _("Why it wasn’t imported")}
    sentences |= {reason: str(said) for reason, said in REASONS.items()}
    file = rest_file(load_table(found.table), rest, sentences)
    stem = found.file_name.rpartition(".")[0] or found.file_name
    name = _("%(file)s, not imported") % {"file": stem}
    response = HttpResponse(file.data, content_type=file.content_type)
    disposition = content_disposition_header(True, f"{name}.{file.suffix}")
    response["Content-Disposition"] = disposition or "attachment"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@candidate_page
def position_import_undo(request: CandidateRequest, pk: UUID) -> HttpResponse:
    found = access.get_position_import(request.user, pk)
    if not may_be_undone(found, now=request.now):
        return redirect("dashboard:position-import-detail", pk)
    if request.method != "POST":
        added = counted(found.counts)
        return render(request, f"{FOLDER}/undo.html", {"shown": found, "added": added})
    runs.undo(position_import=found, now=request.now)
    return redirect("dashboard:position-import-detail", pk)


@require_POST
@candidate_page
def position_import_close(request: CandidateRequest, pk: UUID) -> HttpResponse:
    """Close the chosen waits, of those that the page offers."""
    found = access.get_position_import(request.user, pk)
    offered = long_silent(position_import=found, now=request.now)
    wanted = set(request.POST.getlist("close"))
    chosen = [interview for interview in offered if str(interview.pk) in wanted]
    for interview in chosen:
        _close(interview, now=request.now)
    if chosen:
        said = ngettext("%(n)d wait closed.", "%(n)d waits closed.", len(chosen))
        messages.success(request, said % {"n": len(chosen)})
    return redirect("dashboard:position-import-detail", pk)


def _close(interview: Interview, *, now: datetime) -> None:
    kind, via = Result.Kind.NO_RESPONSE, Result.Via.SILENCE
    result = Result(interview=interview, kind=kind, known_at=now, via=via)
    results.record_result(result=result, now=now)
