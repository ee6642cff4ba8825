"""The days and the hour of a coach's morning mail."""

from typing import Any

from django import forms
from django.utils import dates
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from accounts.time_zones import ZoneField
from dashboard.forms.base import PageModelForm, section
from dashboard.forms.moments import ClockField
from interviews.models import Coach


class CoachSettingsForm(PageModelForm):
    name = forms.CharField(
        label=_("Your name"),
        max_length=150,
        required=False,
        help_text=_("Candidates see it next to your suggestions and notes."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    timezone = ZoneField(help_text=_("We use it to send the email before your day starts."))
    digest_weekdays = forms.TypedMultipleChoiceField(
        label=_("Days"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Choose no days to stop the email."),
    )
    digest_time = ClockField(label=_("Time"))

    class Meta:
        model = Coach
        fields = ["digest_weekdays", "digest_time", "timezone"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["name"] = self.instance.user.name
        weekdays = self.fields["digest_weekdays"]
        weekdays.choices = [(day, capfirst(str(name))) for day, name in dates.WEEKDAYS.items()]  # type: ignore[attr-defined]
        self.lay_out(
            section(_("About you"), "name", "timezone"),
            section(_("Morning email"), "digest_weekdays", "digest_time"),
        )
