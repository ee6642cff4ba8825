"""Which way a reminder takes first, and which one next, for all steps and for some."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dashboard.forms.base import More, PageModelForm, choices, pair, radio
from dashboard.settings.forms import MAILED_STEPS, STEP_LABELS
from interviews.channel_order import ORDER_OF_ALL, order_of
from interviews.models import Candidate, ChannelKind

EMAIL, PUSH = ChannelKind.EMAIL.value, ChannelKind.PUSH.value
# A step's order in one choice: the kinds in their order, with a space between them.
ORDERS: Mapping[str, Promise] = {
    "": _("As for all steps"),
    f"{PUSH} {EMAIL}": _("Notification, then email"),
    PUSH: _("Notification only"),
    f"{EMAIL} {PUSH}": _("Email, then notification"),
    EMAIL: _("Email only"),
}
STEP_FIELDS = {f"order_{step.value}": step for step in MAILED_STEPS}


class NotificationsForm(PageModelForm):
    first = radio([(PUSH, _("Notification")), (EMAIL, _("Email"))], label=_("First"))
    follows = radio(
        [("yes", _("The other one too")), ("no", _("Nothing more"))],
        label=_("Then, if you haven’t opened it within an hour"),
    )

    class Meta:
        model = Candidate
        fields = ["shows_names_on_lock_screen"]
        labels = {"shows_names_on_lock_screen": _("Show companies and people on the lock screen")}

    sometimes_needed = tuple(STEP_FIELDS)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        usual = order_of(self.instance, ORDER_OF_ALL)
        self.initial["first"] = usual[0]
        self.initial["follows"] = "yes" if len(usual) > 1 else "no"
        for name, step in STEP_FIELDS.items():
            self.fields[name] = forms.ChoiceField(
                label=STEP_LABELS[step],  # type: ignore[arg-type]
                choices=ORDERS.items(),
                initial=" ".join(self.instance.channel_order.get(step.value, [])),
                required=False,
            )
        self.lay_out(
            choices("first"),
            choices("follows"),
            More(_("Different for some steps"), pair(*STEP_FIELDS), usual={}),
            "shows_names_on_lock_screen",
        )

    def order(self) -> dict[str, Sequence[str]]:
        """As `set_order` takes it."""
        first = self.cleaned_data["first"]
        other = [EMAIL if first == PUSH else PUSH] if self.cleaned_data["follows"] == "yes" else []
        chosen = {step.value: self.cleaned_data[name] for name, step in STEP_FIELDS.items()}
        of_steps = {step: order.split() for step, order in chosen.items() if order}
        return {ORDER_OF_ALL: [first, *other], **of_steps}
