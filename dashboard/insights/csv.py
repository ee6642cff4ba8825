"""Each chart of Insights as a CSV file, including the rows that the page cuts off."""

from collections.abc import Callable, Mapping

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dashboard.insights.views import bins_of, number, promise_tables, stage_label
from dashboard.page import CandidateRequest, candidate_page
from insights.statistics.figures import Figures
from insights.statistics.figures_now import current_statistics
from personal_data.csv_sheets import sheet
from personal_data.rows import Plain

Rows = list[Mapping[str, Plain]]


@require_safe
@candidate_page
def insights_csv(request: CandidateRequest, name: str) -> HttpResponse:
    if name not in FILES:
        raise Http404
    rows = FILES[name](current_statistics(request.candidate, now=request.now).figures)
    heads = rows[0].keys() if rows else []
    response = HttpResponse(b"".join(sheet(heads, rows)), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="hearback-{name}.csv"'
    return response


def _days(figures: Figures) -> Rows:
    return [
        {_("Days"): days, _("Good news"): good, _("Other answers"): other}
        for days, good, other in bins_of(figures.days)
    ]


def _followed(figures: Figures) -> Rows:
    return [
        {
            _("After"): each.what,
            _("Waits"): each.waits,
            _("Answered within 3 days"): each.within_3,
            _("Answered within 7 days"): each.within_7,
            _("Answered"): each.answered,
            _("Unanswered calls"): each.in_vain,
        }
        for each in figures.followed
    ]


def _helped(figures: Figures) -> Rows:
    return [
        {
            _("Measure"): each.what,
            _("Waits"): each.waits,
            _("Day half were known"): each.half_on,
            _("Answered by day 10"): each.known_10,
            _("Waited at least 10 days"): each.of_10,
            _("Answered by day 20"): each.known_20,
            _("Waited at least 20 days"): each.of_20,
            _("Calls"): each.calls,
            _("Calls without a result"): each.calls_in_vain,
        }
        for each in figures.helped
    ]


def _stages(figures: Figures) -> Rows:
    return [
        {
            _("Stage"): stage_label(each.stage),
            _("Interviews"): each.held,
            _("Next stage"): each.went_on,
            _("Offers"): each.offers,
            _("Rejections"): each.refused,
            _("No response"): each.silent,
            _("Withdrawn"): each.withdrawn,
            _("Open"): each.open,
        }
        for each in figures.stages
    ]


def _promises(figures: Figures) -> Rows:
    return [
        {
            _("Grouped by"): table["head"],
            _("Group"): row["label"],
            _("Kept"): row["counts"].kept,
            _("Late"): row["counts"].late,
            _("Broken"): row["counts"].broken,
            _("Days late"): row["days_late"],
        }
        for table in promise_tables(figures)
        for row in table["rows"]
    ]


def _skill_gaps(figures: Figures) -> Rows:
    return [
        {
            _("Skill gap"): each.name,
            _("Times missing"): each.times,
            _("Last named"): each.last_on,
            _("Working on it since"): each.working_since_on,
            _("Results before"): each.before,
            _("Missing before"): each.before_lacking,
            _("Results since"): each.since,
            _("Missing since"): each.since_lacking,
        }
        for each in figures.lacking
    ]


def _months(figures: Figures) -> Rows:
    return [
        {
            _("Month"): each.month,
            _("Interviews"): each.interviews,
            _("Answers"): each.answers,
            _("Good news"): each.positive,
            _("Median days"): "" if each.median is None else number(each.median),
        }
        for each in figures.months
    ]


FILES: dict[str, Callable[[Figures], Rows]] = {
    "days": _days,
    "followed": _followed,
    "helped": _helped,
    "stages": _stages,
    "promises": _promises,
    "competences": _skill_gaps,
    "months": _months,
}
