from django.utils.translation import gettext_lazy as _

from dashboard.companies.forms import AskedCompanyMixin, company_field
from dashboard.forms.base import PageModelForm
from interviews.models import Interlocutor


class InterlocutorForm(AskedCompanyMixin, PageModelForm):
    """A person; the company is found by name, or created."""

    company_name = company_field(_("Company"))

    class Meta:
        model = Interlocutor
        fields = ["name", "position", "phone", "email", "origin", "notes"]
        error_messages = {"name": {"required": _("Enter this person’s name.")}}

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.company is not None:
            self.initial["company_name"] = self.instance.company.name
        self.fields["phone"].widget.input_type = "tel"
        self.fields["notes"].widget.attrs["rows"] = 3
        company = ("company_name", *self.ask(self.instance.candidate))
        self.lay_out("name", *company, "position", "phone", "email", "origin", "notes")
