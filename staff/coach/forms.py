"""A coach's forms: a note, a comment on a letter's draft, a proposal, an address, and a day."""

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.addresses import AddressField
from dashboard.forms.base import PageForm, PageModelForm, choices, radio
from dashboard.forms.moments import DayField
from interviews.models import Coaching, CoachNote, Interview, Proposal
from interviews.text import dates
from staff.coach import suggestion

# Nobody was coached before; earlier days would overflow in zones west of Greenwich.
EARLIEST = date(2000, 1, 1)


class NoteForm(PageModelForm):
    """Private, unless the coach shares it."""

    is_shared = forms.BooleanField(label=_("Show this note to the candidate"), required=False)

    class Meta:
        model = CoachNote
        fields = ["text", "is_shared"]
        widgets = {"text": forms.Textarea(attrs={"rows": 3})}
        error_messages = {
            "text": {
                "required": _("Enter a note."),
                "max_length": _("Use 5,000 characters or fewer."),
            }
        }

    def __init__(
        self, *args: Any, coaching: Coaching, interview: Interview | None = None, **kwargs: Any
    ) -> None:
        about = CoachNote.About.INTERVIEW if interview else CoachNote.About.CANDIDATE
        note = CoachNote(coaching=coaching, interview=interview, about=about)
        super().__init__(*args, instance=note, auto_id="id_note_%s", **kwargs)
        self.lay_out("text", "is_shared")

    def build(self) -> CoachNote:
        note: CoachNote = self.instance
        return note


class CommentForm(PageModelForm):
    """On a letter's draft; the candidate sees it."""

    class Meta:
        model = CoachNote
        fields = ["text"]
        labels = {"text": _("Comment (the candidate will see it)")}
        widgets = {"text": forms.Textarea(attrs={"rows": 3})}
        error_messages = {
            "text": {
                "required": _("Enter a comment."),
                "max_length": _("Use 5,000 characters or fewer."),
            }
        }

    def __init__(self, *args: Any, coaching: Coaching, interview: Interview, **kwargs: Any) -> None:
        about = CoachNote.About.LETTER
        note = CoachNote(coaching=coaching, interview=interview, about=about, is_shared=True)
        super().__init__(*args, instance=note, auto_id="id_comment_%s", **kwargs)
        self.lay_out("text")

    def build(self) -> CoachNote:
        note: CoachNote = self.instance
        return note


class ProposalForm(PageModelForm):
    """Begins with what the row says is due; of that, what is no action is sent in words."""

    action = radio((), label=_("What do you suggest?"))
    by_on = DayField(label=_("Due date"), required=False)

    class Meta:
        model = Proposal
        fields = ["action", "by_on", "words"]
        labels = {"words": _("Your words")}
        widgets = {"words": forms.Textarea(attrs={"rows": 2})}
        error_messages = {"words": {"max_length": _("Use 500 characters or fewer.")}}

    def __init__(
        self, *args: Any, coaching: Coaching, interview: Interview, now: datetime, **kwargs: Any
    ) -> None:
        proposal = Proposal(coaching=coaching, interview=interview)
        is_whole = coaching.shares == Coaching.Shares.INTERVIEWS
        self.draft = suggestion.draft_of(interview, is_whole=is_whole, now=now)
        if self.draft is not None:
            kwargs["initial"] = {
                "action": self.draft.value,
                "by_on": self.draft.by_on,
                "words": str(self.draft.words),
            }
        super().__init__(*args, instance=proposal, auto_id="id_proposal_%s", **kwargs)
        can_call = not is_whole or suggestion.may_call(interview)
        is_ahead = interview.ends_at > now
        action = self.fields["action"]
        assert isinstance(action, forms.ChoiceField)
        action.choices = suggestion.choices_of(self.draft, can_call=can_call, is_ahead=is_ahead)
        if not can_call:
            action.help_text = _("They asked not to be called.")
        self.lay_out(choices("action"), "by_on", "words")

    def clean(self) -> dict[str, Any]:
        """The draft's words go with the draft's choice only. What is no action is named by its
        label if the words were cleared."""
        cleaned: dict[str, Any] = super().clean() or {}
        action, draft = cleaned.get("action"), self.draft
        if action is None:
            return cleaned
        if draft is not None:
            if action != draft.value and cleaned.get("words") == str(draft.words):
                cleaned["words"] = ""
            if action not in Proposal.Action.values:
                cleaned["action"] = Proposal.Action.OTHER
                cleaned["words"] = cleaned.get("words") or str(draft.label)
        if cleaned["action"] == Proposal.Action.OTHER and not cleaned.get("words"):
            self.add_error("words", _("Enter what you suggest."))
        return cleaned

    def build(self) -> Proposal:
        proposal: Proposal = self.instance
        return proposal


class AskForm(PageForm):
    address = AddressField(
        label=_("Their email address"),
        error_messages={
            "required": _("Enter the email address of the person you want to coach."),
            "invalid": _("Enter an email address, such as name@example.org."),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lay_out("address")


class SinceForm(PageForm):
    """The first day that the page tells about."""

    since = DayField(
        label=_("Show since"),
        error_messages={"required": _("Enter a date.")},
    )

    def __init__(
        self, *args: Any, today: date, last: date, has_spoken: bool, **kwargs: Any
    ) -> None:
        """`last` is when they last spoke, or began."""
        super().__init__(*args, initial={"since": last}, **kwargs)
        self.today = today
        began = _("Coaching began on %(day)s, and no earlier talk is recorded.")
        said = _("You last spoke on %(day)s.") if has_spoken else began
        day = dates.row_day(last, now=datetime.combine(today, time()))
        self.fields["since"].help_text = said % {"day": day}
        self.lay_out("since")

    def clean_since(self) -> date:
        since: date = self.cleaned_data["since"]
        if not EARLIEST <= since <= self.today:
            raise forms.ValidationError(_("Choose a date up to today."))
        return since
