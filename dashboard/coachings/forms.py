"""What a candidate shares with a coach, and the address to invite."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.addresses import AddressField
from coaching.coachings import Terms
from dashboard.forms.base import PageForm, choices, radio, section
from dashboard.forms.moments import DayField
from interviews import queries
from interviews.models import Candidate, Coaching, Vacancy

ALL, CHOSEN = "all", "chosen"
NOT_YOURS = _("One of these positions isn’t in your list. Reload the page and choose again.")


class TermsForm(PageForm):
    """Next steps only is preselected, the least possible; the candidate chooses the positions."""

    shares = radio(
        [
            (Coaching.Shares.STEPS, _("Next steps only: which position, and what’s due when")),
            (
                Coaching.Shares.INTERVIEWS,
                _(
                    "Next steps and interviews, with notes, contacts, agreements, letters and "
                    "results"
                ),
            ),
        ],
        label=_("What can the coach see?"),
        initial=Coaching.Shares.STEPS,
    )
    reach = radio(
        [
            (ALL, _("All positions, including ones you add later")),
            (CHOSEN, _("Only the positions I choose")),
        ],
        label=_("Which positions?"),
    )
    vacancies = forms.ModelMultipleChoiceField(
        queryset=Vacancy.objects.none(),
        label=_("Your positions"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": NOT_YOURS, "invalid_pk_value": NOT_YOURS},
    )
    ends_on = DayField(
        label=_("Last day"),
        required=False,
        help_text=_("Sharing stops at the end of this day. You can stop it sooner at any time."),
    )

    def __init__(
        self, *args: Any, candidate: Candidate, coaching: Coaching | None = None, **kwargs: Any
    ) -> None:
        kwargs["initial"] = _present(coaching) | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        offered = _offered(candidate, kwargs["initial"].get("vacancies", []))
        field = self.fields["vacancies"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = queries.vacancies_of(candidate)
        field.choices = [(each.pk, str(each)) for each in offered]
        if not offered:
            self._offer_all_alone()
        self.lay_out(*self._layout())

    def _layout(self) -> list[Any]:
        positions = ["vacancies"] if "vacancies" in self.fields else []
        shared = [choices("shares", "tall"), choices("reach", "tall"), *positions]
        return [section(_("Sharing"), *shared), section(_("Sharing ends"), "ends_on")]

    def _offer_all_alone(self) -> None:
        """There is no open position to choose."""
        del self.fields["vacancies"]
        reach = self.fields["reach"]
        assert isinstance(reach, forms.ChoiceField)
        reach.choices = [(ALL, _("All positions you add (you don’t have any yet)"))]

    def terms(self) -> Terms:
        """The chosen terms, once the form is valid."""
        is_all = self.cleaned_data["reach"] == ALL
        return Terms(
            shares=self.cleaned_data["shares"],
            vacancies=None if is_all else list(self.cleaned_data["vacancies"]),
            ends_on=self.cleaned_data["ends_on"],
        )


class InviteForm(TermsForm):
    address = AddressField(
        label=_("The coach’s email address"),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        help_text=_("We’ll email an invitation. Nothing is shared until your coach accepts it."),
    )

    def _layout(self) -> list[Any]:
        return [section(_("Your coach"), "address"), *super()._layout()]


def _present(coaching: Coaching | None) -> dict[str, Any]:
    """The terms chosen before."""
    if coaching is None:
        return {}
    return {
        "shares": coaching.shares,
        "reach": ALL if coaching.covers_all else CHOSEN,
        "vacancies": [each.vacancy_id for each in coaching.chosen.all()],
        "ends_on": coaching.last_day,
    }


def _offered(candidate: Candidate, chosen: list[Any]) -> list[Vacancy]:
    """The positions chosen before, closed ones too, then those that are not closed; no more than a
    page can list."""
    before = list(queries.vacancies_of(candidate).filter(pk__in=chosen)) if chosen else []
    others = queries.unclosed_vacancies_of(candidate).exclude(pk__in=chosen)
    return [*before, *others[: max(queries.OFFERED_MAX - len(before), 0)]]
