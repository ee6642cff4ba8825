"""Proof of search: one page to print, and the same rows as CSV (docs/proof-of-search.md)."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dashboard.page import CandidateRequest, candidate_page, page
from dashboard.proof.forms import ProofForm
from interviews.proof.facts import facts_of
from interviews.proof.layouts import ANY, Column, Layout, layout_for, layouts
from interviews.proof.rows import Period, Preset, Row, rows_of
from interviews.text import proof as text
from personal_data.csv_sheets import sheet
from personal_data.rows import Plain

TEMPLATE = "dashboard/proof/proof.html"


@dataclass(frozen=True, slots=True)
class Proof:
    """`undated` is how many of its positions have no day of application."""

    layout: Layout
    period: Period
    rows: list[Row]
    has_names: bool

    @property
    def since(self) -> str:
        return text.day(self.period.since)

    @property
    def until(self) -> str:
        return text.day(self.period.until)

    @property
    def checked_on(self) -> str:
        return text.day(self.layout.checked_on) if self.layout.checked_on else ""

    @property
    def undated(self) -> int:
        return len({row.position for row in self.rows if not row.position.has_application_day})

    def cells(self, row: Row) -> list[str]:
        said = [
            text.day(row.fact.day) if column.field == "day" else text.cell(row, column.field)
            for column in self.layout.columns
        ]
        return [*said, text.names(row)] if self.has_names else said

    @property
    def lines(self) -> list[list[str]]:
        return [self.cells(row) for row in self.rows]


@require_safe
@candidate_page
def proof(request: CandidateRequest) -> HttpResponse:
    form = _form(request)
    context = {"today": text.day(request.now.date()), "query": request.GET.urlencode()}
    if form.is_valid():
        return page(request, TEMPLATE, context | {"proof": _proof(request, form)}, form=form)
    return page(request, TEMPLATE, context, form=form)


@require_safe
@candidate_page
def proof_csv(request: CandidateRequest) -> HttpResponse:
    form = _form(request)
    if not form.is_valid():
        return page(request, TEMPLATE, {}, form=form)
    found = _proof(request, form)
    heads = [_head(column) for column in found.layout.columns]
    heads += [_("With")] if found.has_names else []
    rows = [_plain(found, row) for row in found.rows]
    response = HttpResponse(b"".join(sheet(heads, rows)), content_type="text/csv; charset=utf-8")
    name = f"hearback-proof-{found.period.since}-{found.period.until}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _form(request: CandidateRequest) -> ProofForm:
    """What the URL does not choose is what most candidates need."""
    country = request.candidate.country
    usual = {
        "period": Preset.THIS_MONTH.value,
        "country": country if country in layouts() else ANY,
    }
    return ProofForm(usual | request.GET.dict(), today=request.now.date())


def _proof(request: CandidateRequest, form: ProofForm) -> Proof:
    has_names = form.cleaned_data["names"]
    facts = facts_of(request.candidate, period=form.chosen, with_names=has_names)
    rows = rows_of(facts, period=form.chosen, now=request.now)
    return Proof(layout_for(form.cleaned_data["country"]), form.chosen, rows, has_names)


def _head(column: Column) -> str:
    return f"{column.heading} ({column.local})" if column.local else column.heading


def _plain(found: Proof, row: Row) -> dict[str, Plain]:
    """Days as 2026-11-30, which every spreadsheet reads as one."""
    cells: dict[str, Plain] = {}
    for column, said in zip(found.layout.columns, found.cells(row), strict=False):
        cells[column.field] = row.fact.day.isoformat() if column.field == "day" else said
    return cells | {"with": text.names(row)} if found.has_names else cells
