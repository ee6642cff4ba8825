"""A position: added in one short form, changed in a longer one, closed, and its files."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dashboard.companies.forms import AskedCompanyMixin, company_field, known_or_new
from dashboard.forms.base import (
    More,
    PageForm,
    PageModelForm,
    SubmissionMixin,
    link_field,
    pair,
    radio,
    section,
)
from dashboard.forms.moments import DayField
from interviews.models import Candidate, Company, Vacancy
from interviews.models.validators import validate_known_year

ADVERTISED = {"true": True, "false": False}
TAGS_LENGTH = 500


class VacancyForm(AskedCompanyMixin, PageModelForm):
    """The content of the job ad and the application; the agency is found by name, or created."""

    asked_names: tuple[str, ...] = ("agency_name",)

    sometimes_needed = ("declared_state",)

    agency_name = company_field(_("Recruitment agency"))
    url = link_field(_("Link to the job ad"))
    source = forms.CharField(
        label=_("Where did you find it?"),
        max_length=200,
        required=False,
        help_text=_("Such as a job board, or a person’s name."),
    )
    was_advertised = forms.TypedChoiceField(
        label=_("Was it advertised?"),
        choices=[("", ""), ("true", _("Yes")), ("false", _("No"))],
        coerce=ADVERTISED.get,
        empty_value=None,
        required=False,
        help_text=_("Some employment offices ask for it."),
    )
    applied_on = DayField(label=_("Applied on"), required=False, validators=[validate_known_year])
    follow_up_on = DayField(
        label=_("Follow up on"),
        required=False,
        validators=[validate_known_year],
        help_text=_("We show it in your list, without a reminder."),
    )
    tags = forms.CharField(
        label=_("Tags"),
        max_length=TAGS_LENGTH,
        required=False,
        help_text=_("Separate them by commas, such as remote, Berlin."),
    )

    class Meta:
        model = Vacancy
        fields = [
            *("title", "url", "source", "was_advertised", "place", "salary", "applied_on"),
            *("applied_via", "follow_up_on", "notes", "advert_text", "declared_state"),
        ]
        error_messages = {"title": {"required": _("Enter the job title.")}}

    def __init__(self, *args: Any, has_interviews: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.agency is not None:
            self.initial["agency_name"] = self.instance.agency.name
        said = {True: "true", False: "false"}
        self.initial["was_advertised"] = said.get(self.instance.was_advertised, "")
        self.fields["salary"].help_text = _("As the ad or the employer said it.")
        self.fields["advert_text"].help_text = _("Keep a copy. Job ads vanish.")
        self.fields["advert_text"].widget.attrs["rows"] = 6
        self.fields["notes"].widget.attrs["rows"] = 3
        self.fields["declared_state"].required = False
        self._lay_out(has_interviews=has_interviews)

    def _lay_out(self, *, has_interviews: bool) -> None:
        """Where it stands is asked while there is no interview that tells."""
        state = self.fields["declared_state"]
        assert isinstance(state, forms.ChoiceField)
        state.label = _("Where does it stand?")
        state.choices = [each for each in Vacancy.State.choices if each[0] != Vacancy.State.CLOSED]
        if has_interviews:
            del self.fields["declared_state"]
        stands = [name for name in ("declared_state",) if name in self.fields]
        self.lay_out(
            section(_("Position"), "title", "url", "source"),
            section(_("Application"), *stands, pair("applied_on", "applied_via"), "follow_up_on"),
            self._details(),
        )

    def _details(self) -> More:
        agency = ("agency_name", *self.ask(self.instance.candidate))
        told = ("place", "salary", "was_advertised", "tags", "notes", "advert_text")
        return More(_("More"), *agency, *told, usual={})

    def clean_declared_state(self) -> str:
        """Not sent by a smaller form: the earlier choice stays."""
        return str(self.cleaned_data["declared_state"] or self.instance.declared_state)

    @property
    def tag_names(self) -> list[str]:
        return [name.strip() for name in self.cleaned_data["tags"].split(",") if name.strip()]


class PositionForm(SubmissionMixin, VacancyForm):
    """A new position with its company, each known or new; links fill it in."""

    asked_names: tuple[str, ...] = ("company_name", "agency_name")

    company_name = company_field(_("Company"), required=True)

    def __init__(self, *args: Any, candidate: Candidate, **kwargs: Any) -> None:
        self.candidate = candidate
        super().__init__(*args, instance=Vacancy(candidate=candidate), **kwargs)

    def _lay_out(self, *, has_interviews: bool) -> None:
        del self.fields["declared_state"]
        asked = self.ask(self.candidate)
        told = ("source", "was_advertised", "place", "salary", "agency_name")
        self.lay_out(
            "submission_id",
            section(_("Position"), "company_name", *asked, "title", "url"),
            pair("applied_on", "applied_via"),
            More(_("More"), "follow_up_on", *told, "tags", "notes", "advert_text", usual={}),
        )

    def build(self) -> Vacancy:
        """Return the position with its companies, all unsaved; its key is the form's."""
        vacancy: Vacancy = self.instance
        vacancy.pk = self.cleaned_data["submission_id"] or vacancy.pk
        vacancy.company = known_or_new(self.candidate, self.cleaned_data["company_name"])
        if name := self.cleaned_data["agency_name"]:
            vacancy.agency = known_or_new(
                self.candidate, name, kind=Company.Kind.AGENCY, besides=[vacancy.company]
            )
        return vacancy


class CloseForm(PageForm):
    closing_reason = radio(
        [
            each
            for each in Vacancy.ClosingReason.choices
            if each[0] not in (Vacancy.ClosingReason.ACCEPTED, Vacancy.ClosingReason.DECLINED)
        ],
        label=_("Why?"),
    )
    closed_on = DayField(
        label=_("Closed on"), error_messages={"required": _("Enter a date, such as 2026-11-30.")}
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lay_out("closing_reason", "closed_on")
