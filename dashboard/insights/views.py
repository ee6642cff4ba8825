"""What the candidate's own interviews have taught: stored figures, never computed here."""

from collections.abc import Iterable
from datetime import date
from operator import add
from typing import Any

from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import dateformat
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from dashboard.insights.forecast import BriefForecast, brief_forecast
from dashboard.page import CandidateRequest, candidate_page
from insights.charts.columns import Columns, Count, draw_columns
from insights.statistics.figures import (
    DAYS_SHOWN,
    DayCounts,
    Figures,
    MonthCounts,
    PromiseCounts,
    SkillGap,
    StageCounts,
)
from insights.statistics.figures_now import current_statistics
from insights.statistics.stored import StoredStatistics, pooled_state
from interviews import queries
from interviews.models import Channel, Interview
from interviews.models.core.participation import Participation

WAITS_SHOWN = 6
COMPANIES_SHOWN = 10
COMPETENCES_SHOWN = 10
MONTHS_SHOWN = 12
# With fewer answers, no median is shown.
FEW = 3
# With fewer, there are sentences only: no charts, tables and files of hardly anything.
ENOUGH_ANSWERS = 5
# Columns of days are equally wide: as narrow as so many of them allow.
COLUMNS_MAX = 10
WIDTHS = (1, 2, 3, 5, 7)
# Promises and missing skills are worth a sentence from so many on.
TOLD_FROM = 2


@require_safe
@candidate_page
def insights(request: CandidateRequest) -> HttpResponse:
    found = current_statistics(request.candidate, now=request.now)
    figures = found.figures
    context = {
        "read": found,
        "figures": figures,
        "lead": sentences_of(figures) if found.computed_at else [],
        "has_enough": figures.waits.answered >= ENOUGH_ANSWERS,
        "waits": _open_waits(request, found),
        "days": _days_picture(figures.days),
        "bins": bins_of(figures.days),
        "has_followed": any(each.waits for each in figures.followed),
        "has_helped": any(each.of_10 for each in figures.helped),
        "state": pooled_state(),
        "stages": [(stage_label(each.stage), each, _shares(each)) for each in figures.stages],
        "promises": promise_tables(figures, limit=COMPANIES_SHOWN),
        "more_companies": max(len(figures.promises.companies) - COMPANIES_SHOWN, 0),
        "skill_gaps": [(each, _day(each)) for each in figures.lacking[:COMPETENCES_SHOWN]],
        "months": _months_picture(figures.months[-MONTHS_SHOWN:]),
        "month_rows": month_rows(figures.months[-MONTHS_SHOWN:]),
    }
    return render(request, "dashboard/insights/insights.html", context)


def sentences_of(figures: Figures) -> list[str]:
    """How long it takes, who keeps promises, and what to learn; each only if it can be said."""
    return [said for said in (lead_of(figures), _promises(figures), _to_learn(figures)) if said]


def _promises(figures: Figures) -> str:
    counts = figures.promises.all
    if counts.made < TOLD_FROM:
        return ""
    said = ngettext(
        "They kept %(kept)d of %(made)d promised date.",
        "They kept %(kept)d of %(made)d promised dates.",
        counts.made,
    ) % {"kept": counts.kept, "made": counts.made}
    told = [each for each in figures.promises.companies.values() if each.made >= TOLD_FROM]
    never = max((each for each in told if not each.kept), key=_made, default=None)
    if never is None:
        return said
    values = {"company": never.label, "made": never.made}
    return said + " " + _("%(company)s kept none of %(made)d.") % values


def _made(counts: PromiseCounts) -> int:
    return counts.made


def _to_learn(figures: Figures) -> str:
    gap = max(figures.lacking, key=lambda each: each.times, default=None)
    if gap is None or gap.times < TOLD_FROM:
        return ""
    said = ngettext(
        "What was missing most often is %(name)s: in %(times)d result.",
        "What was missing most often is %(name)s: in %(times)d results.",
        gap.times,
    )
    return said % {"name": gap.name, "times": gap.times}


def lead_of(figures: Figures) -> str:
    """Return what can be said about so many answers: no median of two, no share of three."""
    waits = figures.waits
    if not waits.ended:
        return _("Your insights will appear here after your first interview.")
    if not waits.answered:
        return ngettext(
            "You’ve had %(count)d interview and no answer yet. Insights start with the first "
            "answer.",
            "You’ve had %(count)d interviews and no answer yet. Insights start with the first "
            "answer.",
            waits.ended,
        ) % {"count": waits.ended}
    told = ngettext(
        "You’ve heard back from %(answered)d of %(ended)d interviews.",
        "You’ve heard back from %(answered)d of %(ended)d interviews.",
        waits.answered,
    ) % {"ended": waits.ended, "answered": waits.answered}
    if waits.ended == 1:
        told = _("You’ve heard back from your one interview so far.")
    if waits.answered < FEW or figures.days.median is None:
        few = _("That’s too few to tell much about the next one.")
        return f"{told} {few}"
    if figures.days.median < 1:
        return " ".join([told, _("Half the answers came within a day.")])
    half = ngettext(
        "Half the answers came within %(days)s day.",
        "Half the answers came within %(days)s days.",
        round(figures.days.median),
    ) % {"days": number(figures.days.median)}
    return f"{told} {half}"


def number(value: float) -> str:
    """For example: 3, or 3½ between two."""
    whole = int(value)
    return f"{whole}½" if value - whole >= 0.5 else str(whole)


def _open_waits(request: CandidateRequest, found: StoredStatistics) -> list[BriefForecast]:
    """The most urgent first, as on Today."""
    if found.posterior is None:
        return []
    rows = (
        queries.interviews_of(request.candidate)
        .unanswered()
        .filter(starts_at__lt=request.now)
        .order_by(F("step_due_at").asc(nulls_last=True), "pk")
        .prefetch_related("agreements", "contacts")[:WAITS_SHOWN]
    )
    told = (brief_forecast(row, found.posterior, now=request.now) for row in rows)
    return [each for each in told if each is not None]


def bins_of(days: DayCounts) -> list[tuple[str, int, int]]:
    """Days, good answers, other answers, up to the day of the last one."""
    counts = map(add, days.positive, days.negative)
    latest = max((day for day, count in enumerate(counts) if count), default=None)
    if latest is None:
        return []
    width = next((each for each in WIDTHS if latest // each < COLUMNS_MAX), WIDTHS[-1])
    return [
        (
            _bin(first, first + width - 1),
            sum(days.positive[first : first + width]),
            sum(days.negative[first : first + width]),
        )
        for first in range(0, latest + 1, width)
    ]


def _bin(first: int, last: int) -> str:
    if last >= DAYS_SHOWN:
        return f"{first}+"
    return str(first) if first == last else f"{first}–{last}"


def _days_picture(days: DayCounts) -> Columns:
    return draw_columns([Count(label, good, other) for label, good, other in bins_of(days)])


def _months_picture(months: Iterable[MonthCounts]) -> Columns:
    return draw_columns(
        [Count(_month(each, "M"), each.positive, each.answers - each.positive) for each in months]
    )


def month_rows(months: Iterable[MonthCounts]) -> list[tuple[str, MonthCounts]]:
    return [(_month(each, "F Y"), each) for each in months]


def _month(month: MonthCounts, form: str) -> str:
    return dateformat.format(date.fromisoformat(f"{month.month}-01"), form)


def _day(gap: SkillGap) -> date | None:
    since = gap.working_since_on
    return None if since is None else date.fromisoformat(since)


def stage_label(stage: str) -> str:
    return str(dict(Interview.Stage.choices).get(stage, stage))


def _shares(stage: StageCounts) -> list[tuple[str, str, str]]:
    """Kind, start and width of each part of the bar, in percent."""
    parts = (
        ("went-on", stage.went_on),
        ("refused", stage.refused),
        ("silent", stage.silent + stage.withdrawn),
        ("open", stage.open),
    )
    placed, begins = [], 0.0
    for kind, count in parts:
        width = 100 * count / stage.held
        if count:
            placed.append((kind, f"{begins:.1f}%", f"{width:.1f}%"))
        begins += width
    return placed


def promise_tables(figures: Figures, *, limit: int | None = None) -> list[dict[str, Any]]:
    """The tables with content: by company, role, stage and channel."""
    promises = figures.promises
    companies = sorted(promises.companies.values(), key=lambda each: (-each.made, each.label))
    tables: tuple[tuple[str, str, list[PromiseCounts], dict[Any, Any]], ...] = (
        ("companies", _("Company"), companies[:limit], {}),
        ("roles", _("Who was due to answer"), promises.roles, dict(Participation.Role.choices)),
        ("stages", _("Stage"), promises.stages, dict(Interview.Stage.choices)),
        ("channels", _("Channel"), promises.channels, dict(Channel.choices)),
    )
    return [
        {"key": key, "head": head, "rows": [_promise_row(row, labels) for row in rows]}
        for key, head, rows, labels in tables
        if rows
    ]


def _promise_row(row: PromiseCounts, labels: dict[Any, Any]) -> dict[str, Any]:
    late = "" if row.days_late is None else number(row.days_late)
    return {"label": str(labels.get(row.label, row.label)), "counts": row, "days_late": late}
