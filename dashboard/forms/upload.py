"""A file that is read, shown for review, and not stored."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dashboard.forms.base import PageForm


class UploadForm(PageForm):
    """`accept` is the browser's filter only; the content is not trusted."""

    file = forms.FileField(
        allow_empty_file=True,
        error_messages={
            "required": _("Choose a file."),
            "invalid": _("Choose a file."),
            "missing": _("Choose a file."),
        },
    )

    def __init__(self, *args: Any, label: object, accept: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].label = label  # type: ignore[assignment]
        self.fields["file"].widget.attrs["accept"] = accept
        self.lay_out("file")
