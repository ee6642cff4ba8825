"""The form of the assumptions, with the published figure and its source beside each."""

from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from dashboard.forms.base import PageModelForm, number_messages
from insights.forecast import PUBLISHED
from interviews.models import Candidate, WaitAssumptions
from interviews.models.insights.wait_assumptions import DAYS, PERCENT, WORTH

SOURCES = {
    "told_percent": _(
        "Default: {value}. Our estimate from Greenhouse (2022–2024) and Indeed (2023)."
    ),
    "kept_percent": _("Default: {value}. From Talent Board, CandE 2023, North America."),
    "positive_percent": _(
        "Default: {value}. We found no published figure, so this is a starting guess."
    ),
    "median_days": _("Default: {value}. From Horizons Bulgaria (2009), a small and old survey."),
    "published_worth": _(
        "Default: {value}. The lower the number, the sooner your own waits count for more."
    ),
}
USUAL = {
    "told_percent": PUBLISHED.told_percent,
    "kept_percent": PUBLISHED.kept_percent,
    "positive_percent": PUBLISHED.positive_percent,
    "median_days": round(PUBLISHED.median_days),
    "published_worth": PUBLISHED.published_worth,
    "counts_others": PUBLISHED.counts_others,
}


BOUNDS = {
    "told_percent": PERCENT,
    "kept_percent": PERCENT,
    "positive_percent": PERCENT,
    "median_days": DAYS,
    "published_worth": WORTH,
}


class AssumptionsForm(PageModelForm):
    class Meta:
        model = WaitAssumptions
        fields = [*USUAL]

    def __init__(self, *args: Any, candidate: Candidate, **kwargs: Any) -> None:
        own = WaitAssumptions.objects.filter(candidate=candidate).first()
        self.is_own = own is not None
        instance = own or WaitAssumptions(candidate=candidate, **USUAL)
        super().__init__(*args, instance=instance, **kwargs)
        for name, bounds in BOUNDS.items():
            help_text = format_lazy(SOURCES[name], value=USUAL[name])
            self.fields[name] = _number(self.fields[name].label, bounds, help_text)
        self.lay_out(*USUAL)

    def build(self) -> WaitAssumptions:
        assumptions: WaitAssumptions = self.instance
        return assumptions


def _number(label: Any, bounds: tuple[int, int], help_text: Any) -> forms.IntegerField:
    low, high = bounds
    sentence = format_lazy(_("Enter a whole number from {low} to {high}."), low=low, high=high)
    return forms.IntegerField(
        label=label,
        min_value=low,
        max_value=high,
        help_text=help_text,
        error_messages=number_messages(sentence),
    )
