"""What the rules and the reminders need to know about the candidate."""

from typing import Any

from django import forms
from django.conf import settings
from django.urls import reverse_lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.time_zones import ZoneField
from dashboard.forms.base import PageForm, PageModelForm, number_messages, pair, section
from dashboard.forms.moments import ClockField
from interviews import working_days
from interviews.models import Candidate
from interviews.rules import Step
from interviews.text import STEPS

# Regions depend on the country: the field is requested again.
OFFER_REGIONS = {
    "hx-get": reverse_lazy("dashboard:candidate-update"),
    "hx-trigger": "change",
    "hx-target": "#div_id_subdivision",
    "hx-select": "#div_id_subdivision",
    "hx-select-oob": "unset",
    "hx-swap": "outerHTML",
    "hx-push-url": "false",
}
MAILED_STEPS = [step for step in Step if step is not Step.DONE]


class CandidateForm(PageForm):
    """For a user who signed up as a coach and now looks for a job as well."""

    timezone = ZoneField(help_text=_("We use it to send reminders at a time when you can call."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lay_out("timezone")


class ZoneForm(PageModelForm):
    """A page of its own: all time zones weigh as much as the other settings together."""

    timezone = ZoneField(help_text=_("We use it to send reminders at a time when you can call."))

    class Meta:
        model = Candidate
        fields = ["timezone"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lay_out("timezone")


class SettingsForm(PageModelForm):
    name = forms.CharField(
        label=_("Your name"),
        max_length=150,
        required=False,
        help_text=_("We sign your draft letters with it."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    country = forms.ChoiceField(
        label=_("Country"), required=False, help_text=_("We skip its weekends and public holidays.")
    )
    subdivision = forms.CharField(label=_("Region"), required=False, widget=forms.Select)
    contact_opens = ClockField(label=_("Calling hours from"))
    contact_closes = ClockField(label=_("to"))
    mailed_steps = forms.MultipleChoiceField(
        label=_("Email me when it’s time to"),
        choices=[(step.value, STEPS[step]) for step in MAILED_STEPS],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Candidate
        fields = [
            *("country", "subdivision", "counting"),
            *("contact_opens", "contact_closes", "notice_days", "has_discreet_subjects"),
        ]
        widgets = {"counting": forms.RadioSelect}
        error_messages = {
            "notice_days": number_messages(
                _("Enter a number of days, such as 30, or leave this empty.")
            )
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        muted = self.instance.muted_steps
        self.initial["name"] = self.instance.user.name
        self.initial["mailed_steps"] = [s.value for s in MAILED_STEPS if s.value not in muted]
        self._offer_countries()
        self.fields["country"].widget.attrs |= OFFER_REGIONS
        self.lay_out(
            section(_("About you"), "name", "notice_days"),
            section(_("Calling hours"), pair("contact_opens", "contact_closes")),
            section(_("Working days"), "country", "subdivision", "counting"),
            section(_("Reminders"), "mailed_steps", "has_discreet_subjects"),
        )

    def _offer_countries(self) -> None:
        country = self.data.get("country", self.initial.get("country") or "")
        self.fields["country"].choices = [  # type: ignore[attr-defined]
            ("", _("No country: Monday to Friday, no holidays")),
            *working_days.country_choices(get_language() or settings.LANGUAGE_CODE),
        ]
        regions = [("", _("Whole country")), *working_days.subdivision_choices(country)]
        self.fields["subdivision"].widget.choices = regions

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        country, region = cleaned.get("country"), cleaned.get("subdivision")
        if not working_days.is_known(country or None, region or None):
            cleaned["subdivision"] = ""  # left over from another country
        return cleaned

    def clean_mailed_steps(self) -> list[str]:
        chosen: list[str] = self.cleaned_data["mailed_steps"]
        self.instance.muted_steps = [s.value for s in MAILED_STEPS if s.value not in chosen]
        return chosen
