"""The yardstick for Today: a URLconf with a bare Django view of as many rows with the same
timelines, without sign-in, layout and actions."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path
from django.utils import timezone

from dashboard.today.shelves import PAGE_LENGTH
from interviews.current_step import CurrentStep
from interviews.models import Candidate, Interview
from interviews.wait_line.axis import Reach, axis_for
from interviews.wait_line.from_interview import axis_row_of

ROWS = engines["django"].from_string(
    "{% for row, line in rows %}<li><h2>{{ row.vacancy }}</h2>"
    "<p>{{ row.step }} {{ row.step_due_at }}</p>"
    "<a href='/interviews/{{ row.pk }}/'>{{ row.step_person.name }}</a>"
    "{% include 'parts/axis_row.html' %}</li>{% endfor %}"
)


def rows(request: HttpRequest, pk: UUID) -> HttpResponse:
    candidate = Candidate.objects.get(pk=pk)
    now = timezone.now().astimezone(candidate.zone)
    found = Interview.objects.of(candidate).undone().with_parties().order_by("step_due_at")
    shown = found.prefetch_related("agreements", "contacts")[:PAGE_LENGTH]
    axis = axis_for(Reach.SIX_WEEKS, now=now)
    lines = [(row, axis_row_of(CurrentStep.of(row, now=now), axis)) for row in shown]
    return HttpResponse(ROWS.render({"rows": lines}))


urlpatterns = [path("<uuid:pk>/", rows)]
