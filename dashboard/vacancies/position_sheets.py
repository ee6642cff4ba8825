"""All positions as a file for a spreadsheet."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from dashboard.page import CandidateRequest, candidate_page
from personal_data import position_sheets

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@candidate_page
def position_csv(request: CandidateRequest) -> HttpResponse:
    content = b"".join(position_sheets.position_csv(request.candidate))
    return _file(request, content, "csv", "text/csv; charset=utf-8")


@require_safe
@candidate_page
def position_xlsx(request: CandidateRequest) -> HttpResponse:
    return _file(request, position_sheets.position_xlsx(request.candidate), "xlsx", XLSX)


def _file(request: CandidateRequest, content: bytes, ending: str, kind: str) -> HttpResponse:
    name = f"hearback-positions-{request.now:%Y-%m-%d}.{ending}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=kind, headers=headers)
