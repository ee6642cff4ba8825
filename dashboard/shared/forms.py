"""What a phone or the bookmarklet shares: texts of other programs, read and not stored."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dashboard.forms.base import readable_data
from integrations.job_posting import PAGE_MAX, JobAd, UnreadablePageError, read_page, read_share

SHARED_MAX = 20_000
UNREADABLE = _("We found no job ad in what was shared. Add the position yourself.")
TOO_LONG = {"max_length": UNREADABLE}


class SharedForm(forms.Form):
    """Either a page as the bookmarklet tells it, or what a share sheet gives."""

    page = forms.CharField(
        max_length=PAGE_MAX, required=False, error_messages=TOO_LONG, widget=forms.Textarea
    )
    title = forms.CharField(max_length=SHARED_MAX, required=False, error_messages=TOO_LONG)
    text = forms.CharField(
        max_length=SHARED_MAX, required=False, error_messages=TOO_LONG, widget=forms.Textarea
    )
    url = forms.CharField(max_length=SHARED_MAX, required=False, error_messages=TOO_LONG)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.data = readable_data(self)
        self.ad = JobAd()

    def clean(self) -> dict[str, Any]:
        super().clean()
        said = self.cleaned_data
        if self.errors:
            return said
        try:
            if said["page"]:
                self.ad = read_page(said["page"])
            else:
                self.ad = read_share(title=said["title"], text=said["text"], url=said["url"])
        except UnreadablePageError as error:
            raise forms.ValidationError(UNREADABLE) from error
        return said
