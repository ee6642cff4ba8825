"""What the rules and the reminders need to know about the candidate, a form for each section."""

from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.urls import reverse_lazy
from django.utils.html import format_html
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from accounts.time_zones import TypedZoneField, ZoneField
from dashboard.forms.base import PageForm, PageModelForm, number_messages, pair
from dashboard.forms.moments import ClockField
from interviews import text, working_days
from interviews.models import Candidate
from interviews.rules import Step
from interviews.text import STEPS, dates
from reminders.example import example_subject

# Regions depend on the country: the field is requested again.
OFFER_REGIONS = {
    "hx-get": reverse_lazy("dashboard:settings-hours"),
    "hx-trigger": "change",
    "hx-target": "#div_id_subdivision",
    "hx-select": "#div_id_subdivision",
    "hx-select-oob": "unset",
    "hx-swap": "outerHTML",
    "hx-push-url": "false",
}
BEFORE = (Step.PREPARE, Step.FIX_AGREEMENT)
WAITING = (Step.WEIGH, Step.CALL, Step.WRITE)
ENDING = (Step.ASSUME_REFUSAL, Step.CLOSE, Step.LET_GO, Step.RECONTACT)
MAILED_STEPS = (*BEFORE, *WAITING, *ENDING)
STEP_LABELS = {**STEPS, Step.LET_GO: _("Close the wait for a job you don’t want")}
DAYS_OF = {"months": 30, "weeks": 7, "days": 1}
NOTICE_MAX = 999


class CandidateForm(PageForm):
    """For a user who signed up as a coach and now looks for a job as well."""

    timezone = ZoneField(help_text=_("We use it to send reminders at a time when you can call."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lay_out("timezone")


class YouForm(PageModelForm):
    name = forms.CharField(
        label=_("Your name"),
        max_length=150,
        required=False,
        help_text=_("We sign your draft letters with it."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    notice = forms.IntegerField(
        label=_("Notice period"),
        required=False,
        min_value=0,
        max_value=NOTICE_MAX,
        error_messages=number_messages(_("Enter a whole number, such as 6, or leave this empty.")),
    )
    notice_unit = forms.ChoiceField(
        label=_("Counted in"),
        choices=[
            ("days", pgettext_lazy("unit of a notice period", "Days")),
            ("weeks", pgettext_lazy("unit of a notice period", "Weeks")),
            ("months", pgettext_lazy("unit of a notice period", "Months")),
        ],
        initial="weeks",
    )

    class Meta:
        model = Candidate
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["name"] = self.instance.user.name
        days = self.instance.notice_days
        if days is not None:
            # Not in months: 60 days need not have been meant as two of them.
            unit = "weeks" if days and days % DAYS_OF["weeks"] == 0 else "days"
            self.initial["notice"] = days // DAYS_OF[unit]
            self.initial["notice_unit"] = unit
        self.lay_out("name", pair("notice", "notice_unit"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        notice, length = cleaned.get("notice"), DAYS_OF[cleaned.get("notice_unit", "days")]
        self.instance.notice_days = None if notice is None else notice * length
        return cleaned


class HoursForm(PageModelForm):
    timezone = TypedZoneField()
    country = forms.ChoiceField(
        label=_("Country"), required=False, help_text=_("We skip its weekends and public holidays.")
    )
    subdivision = forms.CharField(label=_("Region"), required=False, widget=forms.Select)
    contact_opens = ClockField(label=_("Calling hours from"))
    contact_closes = ClockField(label=pgettext_lazy("end of the calling hours", "Until"))

    class Meta:
        model = Candidate
        fields = [
            *("timezone", "country", "subdivision"),
            *("contact_opens", "contact_closes", "counting"),
        ]
        widgets = {"counting": forms.RadioSelect}

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["timezone"].help_text = _("It’s %(clock)s there now.") % {
            "clock": dates.clock(now)
        }
        self._offer_countries()
        self.fields["country"].widget.attrs |= OFFER_REGIONS
        self.lay_out(
            "timezone",
            pair("country", "subdivision"),
            pair("contact_opens", "contact_closes"),
            "counting",
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


class RemindersForm(PageModelForm):
    wants_reminders = forms.BooleanField(label=_("Send me reminders"), required=False)
    mailed_steps = forms.MultipleChoiceField(
        label=_("Remind me when it’s time to"),
        choices=[
            (label, [(step.value, STEP_LABELS[step]) for step in steps])
            for label, steps in (
                (_("Before and after an interview"), BEFORE),
                (_("While you wait"), WAITING),
                (_("At the end of a wait"), ENDING),
            )
        ],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Candidate
        fields = ["has_discreet_subjects"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        muted = self.instance.muted_steps
        self.initial["wants_reminders"] = self.instance.reminders_paused_at is None
        self.initial["mailed_steps"] = [s.value for s in MAILED_STEPS if s.value not in muted]
        self.fields["has_discreet_subjects"].help_text = format_html(
            '{} <q class="subject-named">{}</q> <q class="subject-discreet">{}</q>',
            self.fields["has_discreet_subjects"].help_text,
            example_subject(),
            text.discreet_subject(1),
        )
        self.lay_out("wants_reminders", "mailed_steps", "has_discreet_subjects")

    def clean_mailed_steps(self) -> list[str]:
        chosen: list[str] = self.cleaned_data["mailed_steps"]
        self.instance.muted_steps = [s.value for s in MAILED_STEPS if s.value not in chosen]
        return chosen
