"""What happened since the interview: calls, letters and messages in either direction."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from crispy_forms.layout import Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from dashboard.forms.base import (
    More,
    PageForm,
    PageModelForm,
    SubmissionMixin,
    choices,
    offer_groups,
    radio,
)
from dashboard.forms.moments import happened_field
from interviews import queries
from interviews.models import Channel, Contact, Interlocutor, Interview
from interviews.rules import Step

Direction, Outcome, Purpose = Contact.Direction, Contact.Outcome, Contact.Purpose


class ContactKind(NamedTuple):
    """One kind of contact, as one choice."""

    label: object
    direction: str
    purpose: str
    # None: sent if it was written, reached if it was spoken.
    outcome: str | None = None
    channel: str | None = None


KINDS = {
    "missed": ContactKind(
        _("I missed their call"),
        *(Direction.IN, Purpose.FOLLOW_UP, Outcome.NO_ANSWER, Channel.PHONE),
    ),
    "still_open": ContactKind(
        _("They got in touch, no decision yet"),
        *(Direction.IN, Purpose.FOLLOW_UP, Outcome.REACHED),
    ),
    "asked": ContactKind(_("I followed up"), Direction.OUT, Purpose.FOLLOW_UP),
    "no_answer": ContactKind(
        _("I called, no answer"),
        *(Direction.OUT, Purpose.FOLLOW_UP, Outcome.NO_ANSWER, Channel.PHONE),
    ),
    "thanks": ContactKind(_("I thanked them"), Direction.OUT, Purpose.THANKS),
    "other_in": ContactKind(
        _("They got in touch about something else"), Direction.IN, Purpose.OTHER, Outcome.REACHED
    ),
    "other_out": ContactKind(
        _("I got in touch about something else"), Direction.OUT, Purpose.OTHER
    ),
}


class FactForm(SubmissionMixin, PageModelForm):
    """What every contact form asks: with whom, when, and notes. With `is_by_link` it may be opened
    by anybody who has the mail, so it shows only the people of its interview."""

    at = happened_field(_("When was it?"))

    class Meta:
        model = Contact
        fields = ["at", "person", "notes"]

    def __init__(
        self,
        *args: Any,
        interview: Interview,
        now: datetime,
        is_by_link: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, instance=Contact(interview=interview), **kwargs)
        self.now = now
        self._ask_whom(interview, is_by_link=is_by_link)
        self.initial["at"] = None
        self.fields["notes"].widget.attrs["rows"] = 2

    def _ask_whom(self, interview: Interview, *, is_by_link: bool) -> None:
        field = self.fields["person"]
        assert isinstance(field, forms.ModelChoiceField)
        candidate = interview.candidate
        person = self.initial.get("person") or interview.step_person_id
        if is_by_link:
            field.queryset = queries.people_in(interview)
            people = list(field.queryset)
        else:
            field.queryset = queries.interlocutors_of(candidate)
            people = queries.people_near(candidate, interview=interview, besides=[person])
        field.empty_label = str(_("No one in particular"))
        near = [each for each in people if getattr(each, "farness", 0) < queries.OF_OTHERS]
        others = [each for each in people if each not in near]
        here = str(interview.vacancy.company.name)
        offer_groups(field, [(here, near), (str(_("Other contacts")), others)])
        self.people = people
        if not people:
            del self.fields["person"]
        else:
            self.initial["person"] = person

    def _more(self, *names: str) -> More:
        return More(_("Different time, or a note"), *self._named(*names))

    def _named(self, *names: str) -> list[str]:
        return [name for name in names if name in self.fields]

    def fill(self, *, direction: str, outcome: str, purpose: str, channel: str) -> Contact:
        contact: Contact = self.instance
        contact.submission_id = self.cleaned_data["submission_id"]
        contact.at = self.cleaned_data["at"] or self.now
        contact.direction, contact.outcome = direction, outcome
        contact.purpose, contact.channel = purpose, channel
        return contact


class ContactForm(FactForm):
    """Any contact, chosen by its kind."""

    kind = radio([(name, kind.label) for name, kind in KINDS.items()], label=_("What happened?"))
    channel = radio(Channel.choices, label=_("How?"), initial=Channel.PHONE)
    has_new_day = forms.BooleanField(
        label=_("They gave a new date (you’ll enter it next)"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lay_out(
            "submission_id",
            choices("kind", "tall bare"),
            choices("channel"),
            "has_new_day",
            *self._named("person"),
            self._more("at", "notes"),
        )

    def build(self) -> Contact:
        kind = KINDS[self.cleaned_data["kind"]]
        channel = kind.channel or self.cleaned_data["channel"]
        is_said = kind.direction == Direction.IN or channel == Channel.PHONE
        return self.fill(
            direction=kind.direction,
            purpose=kind.purpose,
            channel=channel,
            outcome=kind.outcome or (Outcome.REACHED if is_said else Outcome.SENT),
        )


class CallForm(FactForm):
    """The outcome of a call, in two taps."""

    NOBODY, OPEN, NEW_DAY, DECIDED = "nobody", "open", "new_day", "decided"
    OUTCOMES = (
        (NOBODY, _("No answer")),
        (OPEN, _("We spoke, no decision yet")),
        (NEW_DAY, _("They gave a new date")),
        (DECIDED, _("They’ve decided")),
    )
    # To somebody who kept the papers, the candidate speaks of future openings.
    OUTCOMES_ON_FILE = (
        (NOBODY, _("No answer")),
        (OPEN, _("We spoke, nothing open right now")),
        (DECIDED, _("They have a position for me")),
    )
    outcome = radio(OUTCOMES, label=_("How did it go?"))

    def __init__(self, *args: Any, interview: Interview, **kwargs: Any) -> None:
        super().__init__(*args, interview=interview, **kwargs)
        self.is_on_file = interview.step == Step.RECONTACT
        if self.is_on_file:
            self.fields["outcome"].choices = self.OUTCOMES_ON_FILE  # type: ignore[attr-defined]
        self.more = self._more("person", "at", "notes")
        self.lay_out("submission_id", choices("outcome", "tall"), self.more)

    def use_buttons(self) -> None:
        """Each outcome is a button, so the rest is folded away before them."""
        self.helper.layout = Layout("submission_id", self.more)

    @property
    def is_decided(self) -> bool:
        """A decision is recorded as a result, with its own form."""
        return not self.is_on_file and bool(self.cleaned_data["outcome"] == self.DECIDED)

    @property
    def has_new_day(self) -> bool:
        return bool(self.cleaned_data["outcome"] == self.NEW_DAY)

    @property
    def has_position(self) -> bool:
        return self.is_on_file and bool(self.cleaned_data["outcome"] == self.DECIDED)

    @property
    def called_at(self) -> datetime:
        moment: datetime | None = self.cleaned_data["at"]
        return moment or self.now

    def build(self) -> Contact:
        is_reached = self.cleaned_data["outcome"] != self.NOBODY
        return self.fill(
            direction=Direction.OUT,
            purpose=Purpose.OTHER if self.is_on_file else Purpose.FOLLOW_UP,
            channel=Channel.PHONE,
            outcome=Outcome.REACHED if is_reached else Outcome.NO_ANSWER,
        )


class MissedCallForm(SubmissionMixin):
    """One button: they called just now, and the candidate missed it."""

    def __init__(self, *args: Any, interview: Interview, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.interview, self.now = interview, now

    def build(self) -> Contact:
        return Contact(
            interview=self.interview,
            at=self.now,
            person=self.interview.step_person,
            direction=Direction.IN,
            purpose=Purpose.FOLLOW_UP,
            outcome=Outcome.NO_ANSWER,
            channel=Channel.PHONE,
            submission_id=self.cleaned_data["submission_id"],
        )


class OwnLetterForm(PageForm):
    """The candidate's own template for an occasion, saved from the letter's page."""

    subject = forms.CharField(label=_("Subject"), max_length=400, required=False)
    notes = forms.CharField(
        label=_("Letter"),
        max_length=5_000,
        strip=False,
        error_messages={
            "required": _("Write the letter before you save it."),
            "max_length": _("Use 5,000 characters or fewer."),
        },
    )


class PersonSelect(forms.Select):
    """Each choice carries its email address, so that the letter's link can follow the choice."""

    emails: Mapping[str, str] = {}

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        option["attrs"]["data-email"] = self.emails.get(str(value), "")
        return option


class LetterForm(FactForm):
    """A draft to edit freely; saving it records that the candidate sent it."""

    sometimes_needed = ("subject", "notes", "person")

    channel = radio(
        [(Channel.EMAIL, _("by email")), (Channel.MESSAGE, _("by message"))],
        label=_("How did you send it?"),
        initial=Channel.EMAIL,
    )
    subject = forms.CharField(label=_("Subject"), max_length=400, required=False)

    def __init__(
        self, *args: Any, to: Interlocutor | None, subject: str, text: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, initial={"person": to.pk if to else None}, **kwargs)
        self.initial.update(notes=text, subject=subject)
        self.fields["notes"].label = _("Letter")
        if "person" in self.fields:
            field = self.fields["person"]
            field.label = _("To")
            field.widget = PersonSelect(choices=field.choices)  # type: ignore[attr-defined]
            field.widget.emails = {str(each.pk): each.email for each in self.people}
        self.fields["notes"].widget.attrs |= {"class": "letter", "rows": 16}
        self.lay_out()

    @property
    def email(self) -> str:
        """The address of the person under "To"."""
        chosen = str(self.data.get("person", self.initial.get("person")))
        return next((each.email for each in self.people if str(each.pk) == chosen), "")

    def build(self, *, purpose: str) -> Contact:
        return self.fill(
            direction=Direction.OUT,
            purpose=purpose,
            channel=self.cleaned_data["channel"],
            outcome=Outcome.SENT,
        )
