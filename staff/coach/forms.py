"""A coach's forms: a note, a comment on a letter's draft, a proposal, an address, and a day."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.addresses import AddressField
from dashboard.forms.base import PageForm, PageModelForm, choices, radio
from dashboard.forms.moments import DayField
from interviews.models import Coaching, CoachNote, Interview, Proposal

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
    action = radio(Proposal.Action.choices, label=_("What do you suggest?"))
    by_on = DayField(label=_("Due date"), required=False)

    class Meta:
        model = Proposal
        fields = ["action", "by_on", "words"]
        labels = {"words": _("Details")}
        widgets = {"words": forms.Textarea(attrs={"rows": 2})}
        error_messages = {"words": {"max_length": _("Use 500 characters or fewer.")}}

    def __init__(self, *args: Any, coaching: Coaching, interview: Interview, **kwargs: Any) -> None:
        proposal = Proposal(coaching=coaching, interview=interview)
        super().__init__(*args, instance=proposal, auto_id="id_proposal_%s", **kwargs)
        self.lay_out(choices("action"), "by_on", "words")

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
    """The day on which coach and candidate last spoke."""

    since = DayField(
        label=_("You last spoke on"),
        error_messages={"required": _("Enter the date on which you last spoke.")},
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.lay_out("since")

    def clean_since(self) -> date:
        since: date = self.cleaned_data["since"]
        if not EARLIEST <= since <= self.today:
            raise forms.ValidationError(_("Choose a date up to today."))
        return since
