"""A step's name in lists and filters, which store the rules' keys; and the action that recomputes
it."""

from datetime import datetime
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from accounts.admin.bulk_actions import Task
from accounts.models import User
from interviews import text
from interviews.models import Interview, Reminder
from interviews.rules import Step
from interviews.services import verify_steps


@admin.display(description=_("step"), ordering="step")
def step_name(row: Interview | Reminder) -> str:
    """Return nothing for a cancelled interview, which has no step."""
    return text.step_label(Step(row.step)) if row.step else "-"


class StepFilter(admin.SimpleListFilter):
    title = _("step")
    parameter_name = "step"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(step.value, text.step_label(step)) for step in Step]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(step=self.value()) if self.value() else queryset


def _with_a_step(chosen: QuerySet[Interview]) -> QuerySet[Interview]:
    return chosen.filter(cancelled_at__isnull=True)


def _decide(interview: Interview, _actor: User, now: datetime) -> bool:
    verify_steps.recompute_steps([interview.pk], now=now)
    return True


DECIDE_ANEW = Task(
    question=ngettext_lazy(
        "Recalculate the next step for %(count)d interview?",
        "Recalculate the next steps for %(count)d interviews?",
        "count",
    ),
    done=ngettext_lazy(
        "Next step recalculated for %(count)d interview.",
        "Next steps recalculated for %(count)d interviews.",
        "count",
    ),
    left=ngettext_lazy(
        "%(count)d skipped: it was cancelled and has no step.",
        "%(count)d skipped: they were cancelled and have no step.",
        "count",
    ),
    may=_with_a_step,
    do=_decide,
)
