"""What a mail says, and which wait it is about, as the candidate says."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dashboard.forms.base import PageForm, choices, radio
from dashboard.mail_proposals.shown import Wait
from interviews.text.mail_proposals import KINDS


class MailAnswerForm(PageForm):
    kind = radio(KINDS.items(), label=_("What does it say?"))
    wait = forms.ChoiceField(
        label=_("Which interview is it about?"),
        error_messages={"required": _("Choose one of the options listed.")},
    )

    def __init__(self, *args: Any, waits: Sequence[tuple[str, Wait]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [("", _("None chosen")), *((value, str(wait)) for value, wait in waits)]
        self.fields["wait"].choices = offered  # type: ignore[attr-defined]
        self.lay_out("wait", choices("kind", "tall"))
