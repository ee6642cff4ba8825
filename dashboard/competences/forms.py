from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dashboard.forms.base import PageModelForm
from dashboard.forms.moments import DayField
from interviews.models import Competence


class CompetenceForm(PageModelForm):
    """What the candidate does about a missing competence."""

    working_since_on = DayField(
        label=_("Working on it since"),
        required=False,
        help_text=_("We count results from this day separately, so you can see whether it helped."),
    )

    class Meta:
        model = Competence
        fields = ["plan", "working_since_on"]
        widgets = {"plan": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lay_out("plan", "working_since_on")
