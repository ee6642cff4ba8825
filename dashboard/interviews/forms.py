from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from dashboard.companies.forms import AskedCompanyMixin, company_field, known_or_new
from dashboard.forms.base import (
    More,
    PageForm,
    PageModelForm,
    SubmissionMixin,
    link_field,
    number_messages,
    offer_rows,
    pair,
    section,
)
from dashboard.forms.moments import MomentField
from integrations.invitations import SEQUENCE_MAX
from interviews import queries
from interviews.models import Candidate, Company, Interview, Vacancy
from interviews.rules import limits
from interviews.rules.facts import MINUTES_DEFAULT
from interviews.services.interviews import Version

VERSION_FIELDS = ("invitation_sequence", "invitation_stamped_at")
OF_POSITION = (
    *("vacancy", "title", "company_name", "agency_name", "is_other_company"),
    "advertisement",
)
Stage = Interview.Stage
# Of what is folded away; everything else is usually empty.
USUAL = {"stage": Stage.FIRST.value, "minutes": MINUTES_DEFAULT}
# Suggestions for the next stage.
NEXT_STAGE = {
    Stage.SCREENING: Stage.FIRST,
    Stage.FIRST: Stage.SECOND,
    Stage.SECOND: Stage.MANAGEMENT,
    Stage.TEST: Stage.SECOND,
    Stage.MANAGEMENT: Stage.FINAL,
}
MINUTES = number_messages(
    format_lazy(
        _("Enter a length from {least} to {most} minutes."),
        least=limits.MINUTES_MIN,
        most=limits.MINUTES_MAX,
    )
)


class VersionMixin(forms.Form):
    """The version of the invitation that filled in the form."""

    invitation_sequence = forms.IntegerField(
        required=False, min_value=0, max_value=SEQUENCE_MAX, widget=forms.HiddenInput
    )
    invitation_stamped_at = forms.DateTimeField(required=False, widget=forms.HiddenInput)

    @property
    def version(self) -> Version | None:
        """None if no invitation filled in the form."""
        sequence = self.cleaned_data.get("invitation_sequence")
        stamped_at = self.cleaned_data.get("invitation_stamped_at")
        return None if sequence is None else Version(sequence, stamped_at)


class InvitationMixin(VersionMixin):
    """What later identifies a changed or cancelled invitation of this interview."""

    invitation_uid = forms.CharField(required=False, max_length=255, widget=forms.HiddenInput)


class InterviewCancelForm(VersionMixin, PageForm):
    """It only carries the invitation that cancels the interview, if there is one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lay_out(*VERSION_FIELDS)


class InterviewChangeForm(InvitationMixin, PageModelForm):
    """When and where; another start is a move."""

    starts_at = MomentField(label=_("Starts"))
    link = link_field(_("Video call link"))

    class Meta:
        model = Interview
        fields = ["stage", "starts_at", "minutes", "place", "link", "notes"]
        error_messages = {"minutes": MINUTES}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["minutes"].label = _("Length in minutes")
        self.fields["notes"].widget.attrs["rows"] = 4
        known = ("stage", "starts_at", "minutes", "place", "link", "notes")
        self.lay_out("invitation_uid", *VERSION_FIELDS, *known)

    def clean(self) -> dict[str, Any]:
        """Update the version only from an invitation of this interview."""
        cleaned = super().clean() or {}
        is_its_own = cleaned.get("invitation_uid") == self.instance.invitation_uid
        if self.version is not None and is_its_own:
            self.instance.invitation_sequence = self.version.sequence
            self.instance.invitation_stamped_at = self.version.stamped_at
        return cleaned


class InterviewForm(SubmissionMixin, InvitationMixin, AskedCompanyMixin, PageModelForm):
    """A new interview with its position and company, each known or new."""

    asked_names: tuple[str, ...] = ("company_name", "agency_name")

    sometimes_needed = ("vacancy", "title", "company_name")

    vacancy = forms.ModelChoiceField(
        queryset=Vacancy.objects.none(),
        label=_("Or a position you’ve added"),
        empty_label=_("A new one"),
        required=False,
    )
    title = forms.CharField(
        label=_("Position"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"list": "positions", "autocomplete": "off"}),
    )
    company_name = company_field(_("Company"))
    agency_name = company_field(_("Recruitment agency"))
    source = forms.CharField(label=_("Where did you find it?"), max_length=200, required=False)
    advertisement = link_field(_("Link to the job ad"))
    starts_at = MomentField(label=_("Starts"))
    link = link_field(_("Video call link"))

    class Meta:
        model = Interview
        fields = ["stage", "starts_at", "minutes", "place", "link", "notes"]
        error_messages = {"minutes": MINUTES}

    def __init__(
        self,
        *args: Any,
        candidate: Candidate,
        continues: Interview | None = None,
        position: Vacancy | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.candidate, self.continues = candidate, continues
        self.position = continues.vacancy if continues else position
        self.fields["minutes"].label = _("Length in minutes")
        if self.position is not None or not self.initial.get("source"):
            del self.fields["source"]  # asked on the position's own page
        if self.position is not None:
            for name in OF_POSITION:
                del self.fields[name]
        if continues is not None:
            self.initial["stage"] = NEXT_STAGE.get(Stage(continues.stage), Stage.OTHER)
        self._offer_vacancies()
        self.fields["notes"].widget.attrs["rows"] = 3
        hidden = ("submission_id", "invitation_uid", *VERSION_FIELDS)
        self.lay_out(*hidden, *self._sections())

    def _offer_vacancies(self) -> None:
        if "vacancy" not in self.fields:
            return
        offered = queries.recent_vacancies_of(self.candidate)
        if not offered:
            del self.fields["vacancy"]
            return
        field = self.fields["vacancy"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = queries.vacancies_of(self.candidate)
        offer_rows(field, offered)

    def _sections(self) -> list[object]:
        """What is always needed, and the rest folded away; of a known position all is in sight."""
        rest = ("stage", "minutes", "place", "link", "notes")
        if self.position is not None:
            return [section(_("Time and place"), "starts_at", *rest)]
        known = [name for name in ("vacancy",) if name in self.fields]
        source = [name for name in ("source",) if name in self.fields]
        new = (pair("company_name", "title"), *self._asked(), *known, "starts_at")
        more = More(
            _("More"),
            "agency_name",
            *source,
            "advertisement",
            *rest,
            usual=USUAL,
        )
        return [section(_("Position and time"), *new, css_class="position"), more]

    def _asked(self) -> list[str]:
        """Ask nothing if a known position is chosen, whose company is known too."""
        if self.data.get(self.add_prefix("vacancy")):
            self.asked_names = ()
        return self.ask(self.candidate)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        is_new = self.position is None and not cleaned.get("vacancy")
        if is_new and "title" not in self.errors and not cleaned.get("title"):
            self.add_error("title", _("Enter the job title."))
        if is_new and "company_name" not in self.errors and not cleaned.get("company_name"):
            self.add_error("company_name", _("Enter the company’s name."))
        return cleaned

    def build(self) -> Interview:
        """Return the interview with its vacancy and companies, all unsaved."""
        interview: Interview = self.instance
        interview.submission_id = self.cleaned_data["submission_id"]
        interview.continues = self.continues
        if uid := self.cleaned_data["invitation_uid"]:
            interview.invitation_uid = uid
            interview.invitation_sequence = self.cleaned_data["invitation_sequence"]
            interview.invitation_stamped_at = self.cleaned_data["invitation_stamped_at"]
        interview.vacancy = self._vacancy()
        return interview

    def _vacancy(self) -> Vacancy:
        if self.position is not None:
            return self.position
        known: Vacancy | None = self.cleaned_data.get("vacancy")
        return known or self._new_vacancy()

    def _new_vacancy(self) -> Vacancy:
        cleaned = self.cleaned_data
        company = known_or_new(self.candidate, cleaned["company_name"])
        agency = None
        if cleaned["agency_name"]:
            agency = known_or_new(
                self.candidate,
                cleaned["agency_name"],
                kind=Company.Kind.AGENCY,
                besides=[company],
            )
        return Vacancy(
            candidate=self.candidate,
            company=company,
            agency=agency,
            title=cleaned["title"],
            source=cleaned.get("source", ""),
            url=cleaned["advertisement"],
        )
