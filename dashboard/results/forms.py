"""How it ended, how that became known, and what it taught."""

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from crispy_forms.layout import Div
from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.sanitize import readable
from dashboard.forms.base import More, PageModelForm, SubmissionMixin, choices, radio, section
from dashboard.forms.moments import DayField, happened_field
from interviews import queries
from interviews.models import Agreement, Interview, Result

Kind = Result.Kind
OFFER_FIELDS = ("offer_answer_by_on", "offer_starts_on", "offer_answer")
KEPT_FIELDS = ("kind", "via", "feedback", "recommended_to", "recontact_on", *OFFER_FIELDS)
SKILL_GAP_MAX = 120
# Results by which the candidate closed a wait: a late answer replaces them rather than corrects
# them.
CLOSED_IN_SILENCE = (Kind.ASSUMED_REFUSAL, Kind.NO_RESPONSE)


class NamesField(forms.MultipleChoiceField):
    """Names to tap. Other names may have become more frequent since the page was opened, so any
    valid name is accepted."""

    def valid_value(self, value: str) -> bool:
        return len(value) <= SKILL_GAP_MAX and value == readable(value, has_lines=False)


class ResultForm(SubmissionMixin, PageModelForm):
    """A result; filled in from the earlier one, which it replaces. With `is_by_link` it may be
    opened by anybody who has the mail, so it shows no other results."""

    kind = radio(
        [
            (Kind.OFFER, _("They made an offer")),
            (Kind.NEXT_STAGE, _("They want to see me again")),
            (Kind.REFUSAL, _("They said no")),
            (Kind.WITHDRAWN, _("I withdrew")),
            (Kind.ASSUMED_REFUSAL, _("Counted as a no")),
            (Kind.NO_RESPONSE, _("No response")),
        ],
        label=_("How did it end?"),
    )
    via = radio(
        [(each.value, each.label) for each in Result.Via if each != Result.Via.SILENCE],
        label=_("How did you hear?"),
        required=False,
    )
    known_at = happened_field(_("When did you hear?"))
    lacking_before = NamesField(
        label=_("What was missing"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    lacking = forms.CharField(
        label=_("What was missing, in your own words"),
        help_text=_("One per line, or separated by commas."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    is_skipped = forms.BooleanField(label=_("There’s nothing to ask or learn here"), required=False)
    recontact_on = DayField(label=_("Kept on file: get in touch again on"), required=False)
    offer_answer_by_on = DayField(label=_("Your answer is due"), required=False)
    offer_starts_on = DayField(label=_("Start date"), required=False)

    class Meta:
        model = Result
        fields = [
            *("kind", "known_at", "via", "feedback", "recommended_to", "recontact_on"),
            *OFFER_FIELDS,
        ]

    def __init__(
        self,
        *args: Any,
        interview: Interview,
        now: datetime,
        initial: dict[str, Any] | None = None,
        is_by_link: bool = False,
        **kwargs: Any,
    ) -> None:
        self.earlier = Result.of(interview)
        proposed = {name: value for name, value in (initial or {}).items() if value}
        super().__init__(
            *args,
            instance=Result(interview=interview),
            initial={"known_at": None, "via": _agreed_via(interview), **self._kept(), **proposed},
            **kwargs,
        )
        # In memory the instance above became the interview's result; the stored one is unchanged.
        interview._state.fields_cache.pop("result", None)
        self.now = now
        self.fields["feedback"].widget.attrs["rows"] = 3
        self._offer_skill_gaps(interview, is_by_link=is_by_link)
        self.lay_out("submission_id", choices("kind", "tiles"), *self._details())

    def _kept(self) -> dict[str, Any]:
        if self.earlier is None or self.earlier.kind == Kind.NEXT_STAGE:
            return {}
        kept = {name: getattr(self.earlier, name) for name in KEPT_FIELDS}
        if self.earlier.kind in CLOSED_IN_SILENCE:
            kept |= {"kind": "", "via": ""}
        return kept | {
            "known_at": self.earlier.known_at,
            "lacking_before": [row.name for row in self.earlier.competences.all()],
            "is_skipped": self.earlier.lessons == Result.Lessons.SKIPPED,
        }

    def _offer_skill_gaps(self, interview: Interview, *, is_by_link: bool) -> None:
        """Offer the most frequent ones, each with its count; the chosen ones first."""
        chosen = self.initial.get("lacking_before", [])
        counted = (
            [(name, 0) for name in chosen]
            if is_by_link
            else queries.skill_gap_counts(interview.candidate, also=chosen)
        )
        self.fields["lacking_before"].choices = list(_choices_of(counted))  # type: ignore[attr-defined]
        if not counted:
            del self.fields["lacking_before"]

    def _details(self) -> list[object]:
        is_known = "lacking_before" in self.fields
        before = [choices("lacking_before", "taps")] if is_known else []
        taught = (*before, "lacking", "feedback", "is_skipped")
        left = More(_("Staying in touch"), "recommended_to", "recontact_on")
        return [
            Div(choices("via", "taps"), css_class="if-told"),
            section(_("Offer"), *OFFER_FIELDS, css_class="if-offer"),
            section(_("What you learned"), *taught, css_class="if-no"),
            Div(left, css_class="if-refused"),
            More(_("You heard earlier"), "known_at"),
        ]

    @property
    def is_next_stage(self) -> bool:
        """A next stage is recorded by adding the next interview, not here."""
        return self.data.get(self.add_prefix("kind")) == Kind.NEXT_STAGE

    def clean_lacking(self) -> list[str]:
        names = [part.strip() for part in re.split(r"[,;\n]", self.cleaned_data["lacking"])]
        if any(len(name) > SKILL_GAP_MAX for name in names):
            raise forms.ValidationError(
                _("Keep each one to %(count)d characters. Put the rest under feedback."),
                params={"count": SKILL_GAP_MAX},
            )
        return [name for name in names if name]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "lacking" in cleaned:
            cleaned["lacking"] = [*cleaned.get("lacking_before", []), *cleaned["lacking"]]
        if cleaned.get("kind") != Kind.OFFER:
            cleaned |= {"offer_answer_by_on": None, "offer_starts_on": None, "offer_answer": ""}
        elif not cleaned.get("offer_answer"):
            cleaned["offer_answer"] = Result.Answer.OPEN
        if cleaned.get("kind") in CLOSED_IN_SILENCE:
            cleaned["via"] = Result.Via.SILENCE
        elif cleaned.get("kind") == Kind.WITHDRAWN:
            cleaned["via"] = ""
        if cleaned.get("kind") == Kind.OFFER and "known_at" in cleaned:
            self._check_offer_days(cleaned)
        self._check_recontact(cleaned)
        return cleaned

    def _check_offer_days(self, cleaned: dict[str, Any]) -> None:
        known_on = self._known_at().astimezone(self.now.tzinfo).date()
        said = _("Choose the date you heard about the offer, or a later one.")
        for name in ("offer_answer_by_on", "offer_starts_on"):
            if cleaned.get(name) is not None and cleaned[name] < known_on:
                self.add_error(name, said)

    def _check_recontact(self, cleaned: dict[str, Any]) -> None:
        day = cleaned.get("recontact_on")
        if "known_at" not in cleaned or day is None or "recontact_on" not in self.changed_data:
            return  # a day recorded long ago may have passed
        if day <= self._known_at().astimezone(self.now.tzinfo).date():
            self.add_error("recontact_on", _("Choose a date after the one you heard on."))

    def build(self) -> Result:
        result: Result = self.instance
        result.submission_id = self.cleaned_data["submission_id"]
        result.known_at = self._known_at()
        earlier = self.earlier
        is_same_day = earlier is not None and result.known_at == earlier.known_at
        result.is_day_known = earlier.is_day_known if earlier and is_same_day else True
        if self.cleaned_data["is_skipped"]:
            result.lessons = Result.Lessons.SKIPPED
        return result

    def _known_at(self) -> datetime:
        """As typed. An existing time keeps its seconds if the kind stays the same; for another kind
        it is not the time of the new answer."""
        typed: datetime | None = self.cleaned_data["known_at"]
        if typed is None:
            return self.now
        is_earlier = self.earlier is not None and self.initial["known_at"] == self.earlier.known_at
        if self.earlier is None or not is_earlier or "known_at" in self.changed_data:
            return typed
        is_same = self.cleaned_data["kind"] == self.earlier.kind
        return self.earlier.known_at if is_same else self.now


def _agreed_via(interview: Interview) -> str:
    """As it was agreed that they answer."""
    agreement = interview.agreements.last()
    if agreement is None:
        return ""
    if agreement.feedback_via == Agreement.FeedbackVia.RECRUITER:
        return Result.Via.RECRUITER
    return str(agreement.channel)


def _choices_of(counted: Iterable[tuple[str, int]]) -> Iterable[tuple[str, str]]:
    for name, count in counted:
        times = ngettext("%(name)s (once)", "%(name)s (%(count)s times)", count)
        yield name, (times % {"name": name, "count": count} if count else name)
