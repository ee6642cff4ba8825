"""The form of an import."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dashboard.forms.upload import UploadForm


class ImportForm(UploadForm):
    takes_name = forms.BooleanField(label=_("Use the name from the export, too"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(
            *args,
            label=_("Export file (.zip)"),
            accept=".zip,application/zip,.json,application/json",
            **kwargs,
        )
        self.lay_out("file", "takes_name")
