"""The candidate's answer to an offer, and the withdrawals after accepting one."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dashboard.forms.base import PageForm
from dashboard.forms.moments import DayField
from interviews import queries
from interviews.models import Candidate, Result, Vacancy

ANSWER_REQUIRED = _("Choose your answer.")


class OfferForm(PageForm):
    """One tap: each answer is a button, "more time" with its day."""

    MORE_TIME = "more_time"
    answer = forms.ChoiceField(
        label=_("Your answer"),
        choices=[*Result.Answer.choices, (MORE_TIME, _("I need more time"))],
        error_messages={"required": ANSWER_REQUIRED, "invalid_choice": ANSWER_REQUIRED},
    )
    answer_by_on = DayField(label=_("They gave me until"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lay_out()
        self.fields["answer_by_on"].label = self.plain_labels["answer_by_on"]

    @property
    def is_more_time(self) -> bool:
        return bool(self.cleaned_data.get("answer") == self.MORE_TIME)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        is_missing = "answer_by_on" not in self.errors and cleaned.get("answer_by_on") is None
        if is_missing and self.is_more_time:
            self.add_error("answer_by_on", _("Choose the date your answer is due."))
        return cleaned


class WithdrawForm(PageForm):
    """Which of the other open positions to withdraw from; all are preselected."""

    vacancies = forms.ModelMultipleChoiceField(
        queryset=Vacancy.objects.none(),
        label=_("Withdraw from"),
        error_messages={
            "required": _("Choose at least one position, or cancel to keep them all."),
            "invalid_choice": _(
                "One of these positions isn’t in your list. Reload the page and choose again."
            ),
            "invalid_pk_value": _(
                "One of these positions isn’t in your list. Reload the page and choose again."
            ),
        },
    )

    def __init__(self, *args: Any, candidate: Candidate, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["vacancies"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        # Positions settled since the page was shown are no error: they are reported.
        field.queryset = queries.vacancies_of(candidate)
        field.choices = []  # the page lists them itself, one page at a time
        self.lay_out()

    def is_chosen(self, vacancy: Vacancy) -> bool:
        if not self.is_bound:
            return True
        return str(vacancy.pk) in (self["vacancies"].value() or [])
