"""The agreement's form: thirty seconds after the door closes, without a keyboard."""

from datetime import date, datetime, timedelta
from typing import Any

from crispy_forms.layout import Div
from django import forms
from django.utils import dateformat
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from dashboard.forms.base import More, PageModelForm, SubmissionMixin, choices, radio
from dashboard.forms.moments import ClockField, DayField, happened_field, noted_at
from interviews.models import Agreement, Channel, Contact, Interlocutor, Interview
from interviews.text import dates

NO_DAY = "none"
OTHER_DAY = "other"
MONDAY, FRIDAY = 0, 4


def day_choices(today: date) -> list[tuple[str, str | SafeString]]:
    """Return the most common days, each once; a choice carries its date, not its name."""
    tomorrow, in_a_week = today + timedelta(days=1), today + timedelta(days=7)
    named = _next(FRIDAY, after=tomorrow)
    if named >= in_a_week:
        named = _next(MONDAY, after=tomorrow)
    return [
        _day_choice(_("Tomorrow"), tomorrow),
        _day_choice(dates.weekday(named), named),
        _day_choice(_("In a week"), in_a_week),
        (NO_DAY, _("No date given")),
        (OTHER_DAY, _("Another day")),
    ]


def _next(weekday: int, *, after: date) -> date:
    return after + timedelta(days=(weekday - after.weekday() - 1) % 7 + 1)


def _day_choice(name: str, day: date) -> tuple[str, SafeString]:
    said = dateformat.format(day, pgettext("format of a short day", "j M"))
    return day.isoformat(), format_html("<span>{}</span> <small>{}</small>", name, said)


def parse_day(value: str) -> date | None:
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


class AgreementForm(SubmissionMixin, PageModelForm):
    sometimes_needed = ("due_on",)

    due = forms.ChoiceField()  # the choices depend on the day
    due_on = DayField(label=gettext_lazy("Date"), required=False)
    due_time = ClockField(label=gettext_lazy("Time"), required=False)
    initiator = radio(
        [
            ("employer", gettext_lazy("They’ll contact me")),
            ("candidate", gettext_lazy("I’ll contact them")),
        ],
        label=gettext_lazy("Who will get in touch?"),
        initial=Agreement.Initiator.EMPLOYER,
    )
    channel = radio(Channel.choices, label=gettext_lazy("How?"), initial=Channel.PHONE)
    may_call = radio(
        Agreement.MayCall.choices,
        label=gettext_lazy("May you call if you hear nothing?"),
        initial=Agreement.MayCall.NOT_ASKED,
    )
    silence = radio(
        [("no", gettext_lazy("no")), ("yes", gettext_lazy("yes"))],
        label=gettext_lazy("If you hear nothing, does that mean no?"),
        initial="no",
    )
    responsible = radio([], label=gettext_lazy("Who will give you the answer?"), required=False)
    feedback_via = radio(
        Agreement.FeedbackVia.choices,
        label=gettext_lazy("How will you get the answer?"),
        initial=Agreement.FeedbackVia.DIRECT,
    )
    made_at = happened_field(gettext_lazy("When did you agree on this?"))

    class Meta:
        model = Agreement
        fields = [
            *("due_on", "due_time", "initiator", "channel", "may_call"),
            *("responsible", "feedback_via", "made_at", "notes"),
        ]

    def __init__(
        self,
        *args: Any,
        interview: Interview,
        now: datetime,
        contact: Contact | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, instance=Agreement(interview=interview, contact=contact), **kwargs)
        self.contact, self.now = contact, now
        self._ask_due(now.date())
        self._ask_who(interview)
        self.fields["notes"].widget.attrs["rows"] = 2
        self.initial["made_at"] = suggested_made_at(interview, now=now)
        if contact is not None:
            del self.fields["made_at"]
        self.lay_out("submission_id", *self._questions(), self._rest())

    def _ask_due(self, today: date) -> None:
        offered = day_choices(today)
        said = self.data.get(self.add_prefix("due")) or self.initial.get("due", "")
        posted = parse_day(said)
        if posted is not None and posted.isoformat() not in dict(offered):
            # Chosen on another day and still valid, or said by a typed line.
            offered.insert(0, _day_choice(dates.weekday(posted), posted))
        self.fields["due"] = radio(offered, label=_("When will you hear back?"))

    def _ask_who(self, interview: Interview) -> None:
        """Offer the participants, the lead first and preselected, and somebody else."""
        people = interview.interlocutors.order_by("participations__position")
        self.people = {str(person.pk): person for person in people}
        if not self.people:
            del self.fields["responsible"]
            return
        named = [(key, person.name) for key, person in self.people.items()]
        self.fields["responsible"].choices = [  # type: ignore[attr-defined]
            *named,
            ("", _("They didn’t say")),
        ]
        self.initial["responsible"] = named[0][0]

    def _questions(self) -> list[object]:
        who = [choices("responsible")] if "responsible" in self.fields else []
        return [
            choices("due", "due"),
            Div("due_on", css_class="if-other-day"),
            Div("due_time", css_class="if-day"),
            *(choices(name) for name in ("initiator", "channel", "may_call", "silence")),
            *who,
            choices("feedback_via"),
        ]

    def _rest(self) -> More:
        names = [name for name in ("made_at", "notes") if name in self.fields]
        return More(_("Different time, or a note"), *names)

    def clean_responsible(self) -> Interlocutor | None:
        return self.people.get(self.cleaned_data["responsible"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        due = cleaned.get("due")
        if due == NO_DAY:
            cleaned["due_on"] = cleaned["due_time"] = None
        elif due == OTHER_DAY:
            if not cleaned.get("due_on") and "due_on" not in self.errors:
                self.add_error("due_on", _("Choose the promised date."))
        elif due:
            cleaned["due_on"] = date.fromisoformat(due)
        if cleaned.get("initiator") == Agreement.Initiator.CANDIDATE:
            # Not asked if the candidate makes contact (static/css/forms.css hides them).
            cleaned |= {"may_call": Agreement.MayCall.NOT_ASKED, "silence": "no"}
        return cleaned

    def build(self) -> Agreement:
        agreement: Agreement = self.instance
        agreement.submission_id = self.cleaned_data["submission_id"]
        agreement.silence_is_refusal = self.cleaned_data["silence"] == "yes"
        agreement.made_at = self.cleaned_data.get("made_at") or noted_at(
            self.data.get("noted_ago", ""), now=self.now
        )
        return agreement


def suggested_made_at(interview: Interview, *, now: datetime) -> datetime | None:
    """Return the interview's end for its first agreement, if recorded later; None means now."""
    is_noted_late = interview.ends_at <= now
    is_first = not interview.agreements.exists() and not interview.contacts.exists()
    return interview.ends_at if is_noted_late and is_first else None
