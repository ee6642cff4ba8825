"""The yardstick for Today: a URLconf with a bare Django view of as many rows with the same
timelines, without sign-in, layout and actions."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path
from django.utils import timezone

from dashboard.today.views import PAGE_LENGTH
from interviews.current_step import CurrentStep
from interviews.models import Candidate, Interview
from interviews.wait_line.from_interview import line_of

ROWS = engines["django"].from_string(
    "{% for row, line in rows %}<li><h2>{{ row.vacancy }}</h2>"
    "<p>{{ row.step }} {{ row.step_due_at }}</p>"
    "<a href='/interviews/{{ row.pk }}/'>{{ row.step_person.name }}</a>"
    "{% include 'parts/wait_line.html' %}</li>{% endfor %}"
)


def rows(request: HttpRequest, pk: UUID) -> HttpResponse:
    candidate = Candidate.objects.get(pk=pk)
    now = timezone.now().astimezone(candidate.zone)
    found = Interview.objects.of(candidate).undone().with_parties().order_by("step_due_at")
    shown = found.prefetch_related("agreements", "contacts")[:PAGE_LENGTH]
    return HttpResponse(
        ROWS.render({"rows": [(row, line_of(CurrentStep.of(row, now=now))) for row in shown]})
    )


urlpatterns = [path("<uuid:pk>/", rows)]
