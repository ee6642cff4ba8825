"""What a mail says, and which wait it is about, as the candidate says."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from crispy_forms.layout import Div
from django import forms
from django.utils.translation import gettext_lazy as _

from dashboard.forms.base import PageForm, choices, radio
from dashboard.forms.moments import DayField
from dashboard.mail_proposals.shown import Wait
from interviews.models import MailProposal
from interviews.text.mail_proposals import KINDS

Kind = MailProposal.Kind
# The field with the day that a kind may name.
DAYS = {Kind.NOT_YET: "answer_by_on", Kind.OFFER: "offer_answer_by_on"}


class MailAnswerForm(PageForm):
    kind = radio(KINDS.items(), label=_("What does it say?"))
    wait = forms.ChoiceField(
        label=_("Which interview is it about?"),
        error_messages={"required": _("Choose one of the options listed.")},
    )
    answer_by_on = DayField(label=_("They’ll answer by"), required=False)
    offer_answer_by_on = DayField(label=_("Your answer is due"), required=False)

    def __init__(self, *args: Any, waits: Sequence[tuple[str, Wait]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [("", _("None chosen")), *((value, str(wait)) for value, wait in waits)]
        self.fields["wait"].choices = offered  # type: ignore[attr-defined]
        self.lay_out(
            "wait",
            choices("kind", "tall"),
            Div("answer_by_on", css_class="if-not-yet"),
            Div("offer_answer_by_on", css_class="if-offer"),
        )

    @property
    def day(self) -> date | None:
        """Of the kind that was chosen."""
        day: date | None = self.cleaned_data.get(DAYS.get(self.cleaned_data["kind"], ""))
        return day
