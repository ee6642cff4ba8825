"""The short forms behind a mail's links, where the pages' own forms ask too much."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from dashboard.contacts.forms import FactForm
from dashboard.forms.base import PageForm, choices, radio
from interviews.models import Channel, Contact

Direction, Outcome, Purpose = Contact.Direction, Contact.Outcome, Contact.Purpose


class ConfirmForm(PageForm):
    """No fields: only the button acts."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lay_out()


class WroteForm(FactForm):
    """A letter or message that the candidate sent."""

    channel = radio(
        [(Channel.EMAIL, _("by email")), (Channel.MESSAGE, _("by message"))],
        label=_("How did you send it?"),
        initial=Channel.EMAIL,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lay_out("submission_id", choices("channel"), *self._named("person"), "at", "notes")

    def build(self) -> Contact:
        return self.fill(
            direction=Direction.OUT,
            purpose=Purpose.FOLLOW_UP,
            channel=self.cleaned_data["channel"],
            outcome=Outcome.SENT,
        )


class RecontactForm(FactForm):
    """The candidate called or wrote to somebody who kept the papers."""

    channel = radio(Channel.choices, label=_("How?"), initial=Channel.PHONE)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lay_out("submission_id", choices("channel"), *self._named("person"), "at", "notes")

    def build(self) -> Contact:
        channel = self.cleaned_data["channel"]
        is_call = channel == Channel.PHONE
        return self.fill(
            direction=Direction.OUT,
            purpose=Purpose.OTHER,
            channel=channel,
            outcome=Outcome.REACHED if is_call else Outcome.SENT,
        )
