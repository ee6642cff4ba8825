"""How attractive a position is, how much it is wanted, and its criteria."""

from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dashboard.forms.base import More, PageForm, choices, section
from interviews.models import WEIGHT_FIELDS, Candidate, Criterion, Vacancy, Weight
from interviews.ratings.weighted_mean import rounded_mean, weights_of
from interviews.rules import limits

RATINGS = [(n, n) for n in range(limits.RATING_MIN, limits.RATING_MAX + 1)]
ONE_TO_FIVE = {"required": _("Choose 1 to 5."), "invalid_choice": _("Choose 1 to 5.")}


def rating(label: Any, **options: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        choices=options.pop("choices", RATINGS),
        coerce=int,
        empty_value=None,
        widget=forms.RadioSelect,
        error_messages=ONE_TO_FIVE,
        **options,
    )


class RatingsForm(PageForm):
    """The two ratings alone, as a mail's link asks for them."""

    attractiveness = rating(
        _("How attractive is it?"),
        help_text=_("The work, the people, the pay and the commute. 1 is not at all, 5 is very."),
    )
    desire = rating(_("How interested are you?"), help_text=_("1 is not at all, 5 is very."))
    rating_notes = forms.CharField(
        label=_("Pros and cons"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, vacancy: Vacancy, **kwargs: Any) -> None:
        names = ("attractiveness", "desire", "rating_notes")
        stored = {name: getattr(vacancy, name) for name in names}
        super().__init__(*args, initial=stored, **kwargs)
        self._lay_out()

    def _lay_out(self) -> None:
        self.lay_out(choices("attractiveness", "few"), choices("desire", "few"), "rating_notes")


class RateForm(RatingsForm):
    """With the criteria and the candidate's weights; they suggest the attractiveness."""

    sometimes_needed = WEIGHT_FIELDS

    def __init__(self, *args: Any, vacancy: Vacancy, candidate: Candidate, **kwargs: Any) -> None:
        self.vacancy, self.candidate = vacancy, candidate
        super().__init__(*args, vacancy=vacancy, **kwargs)

    def _lay_out(self) -> None:
        if self.vacancy.is_attractiveness_proposed:
            self.initial["attractiveness"] = ""
        overall = self.fields["attractiveness"]
        overall.required = False
        overall.help_text = _(
            "Your own rating counts. If you don’t give one, we work it out from the criteria above."
        )
        overall.choices = [("", _("Use the criteria above")), *RATINGS]  # type: ignore[attr-defined]
        rated, weighed = [], []
        for criterion in Criterion:
            rated.append(choices(self._add_rating(criterion), "few six"))
            weighed.append(self._add_weight(criterion))
        self.lay_out(
            section(_("Rate what you know so far"), *rated, css_class="criteria"),
            More(_("What matters most to you"), *weighed),
            section(
                _("Overall"),
                choices("attractiveness", "few own"),
                choices("desire", "few"),
                "rating_notes",
            ),
        )

    def _add_rating(self, criterion: Criterion) -> str:
        name = criterion.rating_field
        unrated = format_html(
            '<span aria-hidden="true">–</span><span class="visually-hidden">{}</span>',
            gettext("not rated"),
        )
        self.fields[name] = rating(
            capfirst(criterion.label), required=False, choices=[("", unrated), *RATINGS]
        )
        self.initial[name] = getattr(self.vacancy, name) or ""
        return name

    def _add_weight(self, criterion: Criterion) -> str:
        name = criterion.weight_field
        self.fields[name] = forms.TypedChoiceField(
            label=capfirst(criterion.label),
            choices=Weight.choices,
            coerce=int,
            # Not sent by a smaller form: the earlier choice stays.
            required=False,
            empty_value=getattr(self.candidate, name),
            widget=forms.Select,
        )
        self.initial[name] = getattr(self.candidate, name)
        return name

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        is_open = "attractiveness" not in self.errors and cleaned.get("attractiveness") is None
        if is_open and self.mean is None:
            self.add_error(
                "attractiveness",
                _("Choose 1 to 5, or rate at least one criterion above that matters to you."),
            )
        return cleaned

    @property
    def ratings(self) -> dict[Criterion, int | None]:
        return {each: self.cleaned_data.get(each.rating_field) for each in Criterion}

    @property
    def weights(self) -> dict[Criterion, int]:
        chosen = {each: self.cleaned_data.get(each.weight_field) for each in Criterion}
        stored = weights_of(self.candidate)
        return {each: stored[each] if weight is None else weight for each, weight in chosen.items()}

    @property
    def mean(self) -> int | None:
        return rounded_mean(self.ratings, self.weights)
