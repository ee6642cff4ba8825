"""The yardstick for Positions: a URLconf with a bare Django view of as many rows with the same
interviews and timelines, without sign-in, layout, filters and states."""

from uuid import UUID

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path
from django.utils import timezone

from dashboard.vacancies.position_list import PAGE_LENGTH, SORTS
from dashboard.vacancies.position_rows import TOUCHES_SHOWN
from interviews.current_step import CurrentStep
from interviews.models import Candidate, Interview, Vacancy
from interviews.wait_line.axis import Reach, axis_for
from interviews.wait_line.from_interview import axis_row_of

ROWS = engines["django"].from_string(
    "{% for row, stages, line in rows %}<li><h2>{{ row }}</h2><p>{{ row.state }}</p>"
    "{% for each in stages %}<a href='/interviews/{{ each.pk }}/'>{{ each.stage }}</a>{% endfor %}"
    "{% if line %}{% include 'parts/axis_row.html' %}{% else %}{{ row.applied_on }}{% endif %}"
    "</li>{% endfor %}"
)


def rows(request: HttpRequest, pk: UUID) -> HttpResponse:
    candidate = Candidate.objects.get(pk=pk)
    now = timezone.now().astimezone(candidate.zone)
    axis = axis_for(Reach.SIX_WEEKS, now=now)
    interviews = Interview.objects.not_cancelled().with_parties().order_by("starts_at")
    found = Vacancy.objects.filter(candidate=candidate).select_related("company")
    found = found.prefetch_related(
        Prefetch("interviews", interviews), "interviews__agreements", "interviews__contacts", "tags"
    )
    shown = []
    for row in found.order_by(*SORTS[""])[:PAGE_LENGTH]:
        stages = list(row.interviews.all())
        line = (
            axis_row_of(CurrentStep.of(stages[-1], now=now), axis, most_touches=TOUCHES_SHOWN)
            if stages
            else None
        )
        shown.append((row, stages, line))
    return HttpResponse(ROWS.render({"rows": shown}))


urlpatterns = [path("<uuid:pk>/", rows)]
