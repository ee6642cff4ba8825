"""The caseload as a CSV file: what the list shows, and nothing more."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.translation import gettext as _

from accounts import audit_log, rate_limits
from coaching import caseload
from coaching.caseload import CandidateFigures
from coaching.morning_line import brief
from coaching.permissions import CoachScope
from interviews.models import Candidate, Coaching, Interview, Result
from personal_data.csv_sheets import sheet
from personal_data.rows import Plain, plain
from staff.coach.admin import coach_of, sharing_of


def sheet_of(request: HttpRequest, queryset: "QuerySet[Candidate]") -> HttpResponse:
    """Each candidate's audit log says that a list with them was exported."""
    coach, sharing = coach_of(request), sharing_of(request)
    if not rate_limits.allow(request, "export", key=str(coach.pk)):
        return rate_limits.refusal(request)
    rows = list(queryset)
    audit_log.log_action_for_each(
        audit_log.Kind.LISTED, subjects=[row.user for row in rows], actor=coach, now=sharing.now
    )
    name = f"caseload-{sharing.now.astimezone(sharing.zone):%Y-%m-%d}.csv"
    figures = caseload.figures_of(sharing, rows, now=sharing.now)
    ends = dict(sharing.active().values_list("candidate", "ends_at"))
    steps = caseload.next_steps_of(rows, now=sharing.now)
    lines = (_line(sharing, row, figures[row.pk], steps.get(row.pk), ends[row.pk]) for row in rows)
    return StreamingHttpResponse(  # type: ignore[return-value]
        sheet(_heads(), lines),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _heads() -> Iterator[str]:
    yield from (
        *(_("candidate"), _("email"), _("urgent"), _("next step"), _("company")),
        *(_("due date"), _("open waits")),
        *(_("last activity"), _("days since last activity"), _("promises kept"), _("promises")),
        *(_("answers"), _("offers"), _("shared"), _("shared until")),
    )


def _line(
    sharing: CoachScope,
    row: Candidate,
    figures: CandidateFigures,
    first: Interview | None,
    ends_at: datetime | None,
) -> dict[str, Plain]:
    """Times become dates of the candidate's calendar."""
    coaching = Coaching(candidate=row, shares=sharing.coachings[row.pk].shares, ends_at=ends_at)
    last = coaching.last_day
    active_at: datetime | None = getattr(row, "active_at", None)
    quiet = active_at and caseload.days_since(active_at, row, now=sharing.now)
    values = (
        *(str(row), row.user.email, getattr(row, "urgent", 0)),
        *(*_next_step(sharing, row, first), getattr(row, "open_waits", 0)),
        *(_day(active_at, row), quiet, figures.kept, figures.promises),
        *(figures.answers, figures.offers, str(coaching.get_shares_display())),
        last.isoformat() if last else "",
    )
    return {str(number): plain(value) for number, value in enumerate(values)}


def _next_step(
    sharing: CoachScope, row: Candidate, first: Interview | None
) -> tuple[str, str, str]:
    """As the list has it: the step, the company, and the day."""
    if first is None:
        return "", "", ""
    _state, _when, step = brief(sharing, first, now=sharing.now, reader=sharing.zone)
    result = Result.of(first)
    by_on = result.offer_answer_by_on if result is not None and result.is_open_offer else None
    day = by_on.isoformat() if by_on else _day(getattr(row, "next_at", None), row)
    return step, str(first.vacancy.company), day


def _day(moment: datetime | None, row: Candidate) -> str:
    return "" if moment is None else moment.astimezone(row.zone).date().isoformat()
