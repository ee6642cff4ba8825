from django.utils.translation import gettext_lazy as _

from dashboard.companies.forms import AskedCompanyMixin, company_field
from dashboard.forms.base import PageModelForm, link_field
from interviews.models import Vacancy


class VacancyForm(AskedCompanyMixin, PageModelForm):
    """The content of the job ad; the agency is found by name, or created."""

    asked_names: tuple[str, ...] = ("agency_name",)

    agency_name = company_field(_("Recruitment agency"))
    url = link_field(_("Link to the job ad"))

    class Meta:
        model = Vacancy
        fields = ["title", "url", "source"]
        error_messages = {"title": {"required": _("Enter the job title.")}}

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.agency is not None:
            self.initial["agency_name"] = self.instance.agency.name
        agency = ("agency_name", *self.ask(self.instance.candidate))
        self.lay_out("title", *agency, "url", "source")
