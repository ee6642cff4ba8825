"""The agreement's form: thirty seconds after the door closes, without a keyboard."""

from datetime import date, datetime, timedelta
from typing import Any

from crispy_forms.layout import HTML, Div
from django import forms
from django.utils import dateformat
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from dashboard.forms.base import More, PageModelForm, SubmissionMixin, choices, radio
from dashboard.forms.moments import ClockField, DayField, happened_field, noted_at
from interviews.models import Agreement, Channel, Contact, Interlocutor, Interview
from interviews.next_step import candidate_facts
from interviews.rules import WorkingCalendar
from interviews.rules.calendar import DAY, next_working_day, nth_working_day
from interviews.text import dates

DATE = "date"
NO_DAY = "none"
OTHER_DAY = "other"
A_WEEK = timedelta(days=7)


def day_choices(today: date, calendar: WorkingCalendar) -> list[tuple[str, str | SafeString]]:
    """Return the most common days, on which somebody works; a choice carries its date, not its
    name."""
    first = nth_working_day(calendar, today, 1)
    third = nth_working_day(calendar, today, 3)
    week = max(next_working_day(calendar, today + A_WEEK - DAY), next_working_day(calendar, third))
    name = _("Tomorrow") if first == today + DAY else dates.weekday(first)
    return [
        _day_choice(name, first),
        _day_choice(dates.weekday(third), third),
        _day_choice(_("In a week"), week, pgettext("format of a short day of the week", "D j M")),
        (OTHER_DAY, _("Another date")),
    ]


def _day_choice(name: str, day: date, form: str = "") -> tuple[str, SafeString]:
    said = dateformat.format(day, form or pgettext("format of a short day", "j M"))
    return day.isoformat(), format_html("<span>{}</span> <small>{}</small>", name, said)


def parse_day(value: str) -> date | None:
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


class AgreementForm(SubmissionMixin, PageModelForm):
    sometimes_needed = ("due", "due_on")

    said = radio(
        [(DATE, gettext_lazy("They gave a date")), (NO_DAY, gettext_lazy("No date given"))],
        label=gettext_lazy("When will you hear back?"),
        initial=DATE,
        required=False,
    )
    due = forms.ChoiceField()  # the choices depend on the day
    due_on = DayField(label=gettext_lazy("Date"), required=False)
    due_time = ClockField(label=gettext_lazy("Promised time"), required=False)
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
        self._ask_due(now.date(), candidate_facts(interview.candidate).calendar)
        self._ask_who(interview)
        self.fields["notes"].widget.attrs["rows"] = 2
        self.initial["made_at"] = suggested_made_at(interview, now=now)
        if contact is not None:
            del self.fields["made_at"]
        self.lay_out("submission_id", *self._questions(), self._rest())

    def _ask_due(self, today: date, calendar: WorkingCalendar) -> None:
        offered = day_choices(today, calendar)
        posted = self.data.get(self.add_prefix("due")) or self.initial.get("due", "")
        day = parse_day(posted)
        if day is not None and day.isoformat() not in dict(offered):
            # Chosen on another day and still valid, or said by a typed line.
            offered.insert(0, _day_choice(dates.weekday(day), day))
        if posted == NO_DAY:  # kept on a device since this was one of the days
            offered.append((NO_DAY, _("No date given")))
        self.fields["due"] = radio(offered, label=_("Promised date"), required=False)

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
        return [
            Div(
                choices("said"),
                HTML('{% include "dashboard/agreements/_nothing_agreed.html" %}'),
                css_class="said-row",
            ),
            Div(choices("due", "bare days"), css_class="if-date"),
            Div("due_on", css_class="if-date if-other-day"),
            choices("initiator", "two"),
            choices("may_call"),
        ]

    def _rest(self) -> More:
        """What is seldom said; each has the usual answer."""
        asked = ("silence", "responsible", "channel", "feedback_via")
        written = ("made_at", "notes")
        return More(
            _("More details"),
            *(choices(name) for name in asked if name in self.fields),
            Div("due_time", css_class="if-date if-day"),
            *(name for name in written if name in self.fields),
        )

    def clean_responsible(self) -> Interlocutor | None:
        return self.people.get(self.cleaned_data["responsible"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        due = cleaned.get("due")
        if NO_DAY in (due, cleaned.get("said")):
            cleaned["due_on"] = cleaned["due_time"] = None
        elif due == OTHER_DAY:
            if not cleaned.get("due_on") and "due_on" not in self.errors:
                self.add_error("due_on", _("Choose the promised date."))
        elif not due and "due" not in self.errors:
            self.add_error("due", _("Choose a date, or “No date given”."))
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
