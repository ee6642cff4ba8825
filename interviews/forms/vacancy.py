from django import forms
from django.utils.translation import gettext_lazy as _

from interviews.forms.base import PageForm, PageModelForm, choices, link_field
from interviews.forms.company import company_field
from interviews.models import Vacancy
from interviews.rules import limits

RATINGS = [(n, n) for n in range(limits.RATING_MIN, limits.RATING_MAX + 1)]


class VacancyForm(PageModelForm):
    """What the advertisement said; the agency by its name, made if it is new."""

    agency_name = company_field(_("Recruiting agency"))
    url = link_field(_("Link to the advertisement"))

    class Meta:
        model = Vacancy
        fields = ["title", "url", "source"]
        error_messages = {"title": {"required": _("Write the title of the position.")}}

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.agency is not None:
            self.initial["agency_name"] = self.instance.agency.name
        self.lay_out("title", "agency_name", "url", "source")


class WeighForm(PageForm):
    attractiveness = forms.TypedChoiceField(
        label=_("How attractive is it?"),
        help_text=_("The work, the people, the pay, the way there. 1 is not at all, 5 very."),
        choices=RATINGS,
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose 1 to 5.")},
    )
    desire = forms.TypedChoiceField(
        label=_("How much do you want it?"),
        help_text=_("1 is not at all, 5 very much."),
        choices=RATINGS,
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose 1 to 5.")},
    )
    rating_notes = forms.CharField(
        label=_("What speaks for and against it"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: object, vacancy: Vacancy, **kwargs: object) -> None:
        stored = {name: getattr(vacancy, name) for name in self.base_fields}
        super().__init__(*args, initial=stored, **kwargs)
        self.lay_out(choices("attractiveness", "few"), choices("desire", "few"), "rating_notes")
