"""Which days a proof of search is about, for which office, and whether it names people."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dashboard.forms.base import PageForm, pair, radio
from dashboard.forms.moments import DayField
from interviews.proof.layouts import ANY, layouts
from interviews.proof.rows import DAYS_MOST, Period, Preset, period_of
from interviews.rules import limits

PRESETS = [
    (Preset.THIS_MONTH.value, _("This month")),
    (Preset.LAST_MONTH.value, _("Last month")),
    (Preset.THREE_MONTHS.value, _("Last three months")),
    (Preset.OWN.value, _("Days of your choice")),
]


class ProofForm(PageForm):
    """Sent by GET: nothing is written."""

    sometimes_needed = ("since", "until", "country")

    period = radio(PRESETS, label=_("Period"))
    since = DayField(label=_("From"), required=False)
    until = DayField(label=_("To"), required=False)
    country = forms.ChoiceField(
        label=_("Columns for"),
        required=False,
        help_text=_("Each country’s employment office asks for other columns."),
        error_messages={"invalid_choice": _("Choose a country from the list.")},
    )
    names = forms.BooleanField(
        label=_("Show the names of the people you met or were in touch with"), required=False
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["country"].choices = [  # type: ignore[attr-defined]
            (code, layout.name) for code, layout in layouts().items()
        ]
        self.lay_out("period", pair("since", "until"), "country", "names")

    def clean_country(self) -> str:
        return self.cleaned_data["country"] or ANY

    def clean(self) -> dict[str, Any]:
        super().clean()
        if self.cleaned_data.get("period") == Preset.OWN:
            self._clean_own_days()
        return self.cleaned_data

    def _clean_own_days(self) -> None:
        for name in ("since", "until"):
            if name not in self.errors and self.cleaned_data.get(name) is None:
                self.add_error(name, _("Choose a date."))
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        if since is None or until is None:
            return
        if not (limits.is_in_range(since) and limits.is_in_range(until)):
            self.add_error("since", _("Choose dates of your job search."))
        elif until < since:
            self.add_error("until", _("Choose a date that isn’t before the first one."))
        elif (until - since).days >= DAYS_MOST:
            self.add_error("until", _("Choose a date within a year of the first one."))

    @property
    def chosen(self) -> Period:
        preset = Preset(self.cleaned_data["period"])
        if preset is Preset.OWN:
            return Period(self.cleaned_data["since"], self.cleaned_data["until"])
        return period_of(preset, today=self.today)
