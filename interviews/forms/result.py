"""How it ended, how that was learned, and what it taught."""

import re
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from interviews import access
from interviews.forms.base import PageModelForm, SubmissionMixin, choices, radio, section
from interviews.forms.moments import DayField, happened_field
from interviews.models import Interview, Result

Kind = Result.Kind
OFFER_FIELDS = ("offer_answer_by_on", "offer_starts_on", "offer_answer")
LACKING_MAX = 120


class ResultForm(SubmissionMixin, PageModelForm):  # type: ignore[misc]  # two bases of one kind
    kind = radio(
        [
            (Kind.OFFER, _("An offer")),
            (Kind.NEXT_STAGE, _("They want to see me again")),
            (Kind.REFUSAL, _("A refusal")),
            (Kind.WITHDRAWN, _("I withdrew")),
            (Kind.ASSUMED_REFUSAL, _("Silence that means no")),
            (Kind.NO_RESPONSE, _("No answer, and I close it")),
        ],
        label=_("How did it end?"),
    )
    known_at = happened_field(_("When did you learn it?"))
    lacking = forms.CharField(
        label=_("What was lacking"),
        help_text=_("One thing a line, or with commas between them."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    is_skipped = forms.BooleanField(
        label=_("There is nothing to ask or to learn here"), required=False
    )
    recontact_on = DayField(label=_("On file: get in touch again on"), required=False)
    offer_answer_by_on = DayField(label=_("Answer by"), required=False)
    offer_starts_on = DayField(label=_("Start date"), required=False)

    class Meta:
        model = Result
        fields = [
            *("kind", "known_at", "via", "feedback", "recommended_to", "recontact_on"),
            *OFFER_FIELDS,
        ]

    def __init__(self, *args: Any, interview: Interview, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, instance=Result(interview=interview), **kwargs)
        self.now = now
        self.initial["known_at"] = None
        self.fields["feedback"].widget.attrs["rows"] = 3
        self.known_lacks = list(access.competences_of(interview.candidate))
        self.lay_out(
            "submission_id",
            choices("kind", "tall"),
            "via",
            "known_at",
            section(_("The offer"), *OFFER_FIELDS, css_class="if-offer"),
            section(_("What it taught"), "feedback", "lacking", "is_skipped", css_class="if-no"),
            section(_("What is left of it"), "recommended_to", "recontact_on", css_class="if-no"),
        )

    @property
    def is_next_stage(self) -> bool:
        """That is recorded by adding the next interview, not here."""
        return self.data.get(self.add_prefix("kind")) == Kind.NEXT_STAGE

    def clean_lacking(self) -> list[str]:
        names = [part.strip() for part in re.split(r"[,;\n]", self.cleaned_data["lacking"])]
        if any(len(name) > LACKING_MAX for name in names):
            raise forms.ValidationError(
                _("Keep each to %(count)d letters; the rest fits into what they said."),
                params={"count": LACKING_MAX},
            )
        return [name for name in names if name]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("kind") != Kind.OFFER:
            cleaned |= {"offer_answer_by_on": None, "offer_starts_on": None, "offer_answer": ""}
        elif not cleaned.get("offer_answer"):
            cleaned["offer_answer"] = Result.Answer.OPEN
        return cleaned

    def build(self) -> Result:
        result: Result = self.instance
        result.submission_id = self.cleaned_data["submission_id"]
        result.known_at = self.cleaned_data["known_at"] or self.now
        if self.cleaned_data["is_skipped"]:
            result.lessons = Result.Lessons.SKIPPED
        return result
