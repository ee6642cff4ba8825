"""A step's name in lists and filters; what is stored is the rules' own word."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from interviews import wording
from interviews.models import Interview, Reminder
from interviews.rules import Step


@admin.display(description=_("step"), ordering="step")
def step_name(row: Interview | Reminder) -> str:
    """Nothing while cancelled: an interview then has no step."""
    return wording.step_label(Step(row.step)) if row.step else "-"


class StepFilter(admin.SimpleListFilter):
    title = _("step")
    parameter_name = "step"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(step.value, wording.step_label(step)) for step in Step]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(step=self.value()) if self.value() else queryset
