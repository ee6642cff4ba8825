"""Which way a reminder takes first, and which one next, for all steps and for some."""

from collections.abc import Iterable, Sequence
from itertools import permutations
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dashboard.forms.base import More, PageModelForm, choices, pair, radio
from dashboard.settings.forms import MAILED_STEPS, STEP_LABELS
from interviews.channel_order import ORDER_OF_ALL, order_of
from interviews.models import Candidate, ChannelKind

EMAIL, PUSH = ChannelKind.EMAIL.value, ChannelKind.PUSH.value
NOTHING = "nothing"
STEP_FIELDS = {f"order_{step.value}": step for step in MAILED_STEPS}


def orders(kinds: Iterable[str]) -> list[tuple[str, str]]:
    """A step's order in one choice: the kinds in their order, with a space between them."""
    named = [(kind, str(ChannelKind(kind).label)) for kind in kinds]
    pairs = [
        (f"{first} {second}", _("%(first)s, then %(second)s") % {"first": said, "second": then})
        for (first, said), (second, then) in permutations(named, 2)
    ]
    alone = [(kind, _("%(channel)s only") % {"channel": said}) for kind, said in named]
    return [("", _("As for all steps")), *pairs, *alone]


class NotificationsForm(PageModelForm):
    first = radio([], label=gettext_lazy("First"))
    follows = radio([], label=gettext_lazy("Then, if you haven’t opened it within an hour"))

    class Meta:
        model = Candidate
        fields = ["shows_names_on_lock_screen"]
        labels = {
            "shows_names_on_lock_screen": gettext_lazy(
                "Show companies and people on the lock screen and in messages"
            )
        }

    sometimes_needed = tuple(STEP_FIELDS)

    def __init__(self, *args: Any, kinds: Sequence[str], **kwargs: Any) -> None:
        """`kinds` are the channels that the candidate has set up; email need not be."""
        super().__init__(*args, **kwargs)
        kinds = [*kinds, EMAIL]
        named = [(kind, ChannelKind(kind).label) for kind in kinds]
        self.fields["first"].choices = named  # type: ignore[attr-defined]
        self.fields["follows"].choices = [  # type: ignore[attr-defined]
            *named,
            (NOTHING, _("Nothing more")),
        ]
        usual = _known(order_of(self.instance, ORDER_OF_ALL), kinds) or [EMAIL]
        self.initial["first"] = usual[0]
        self.initial["follows"] = usual[1] if len(usual) > 1 else NOTHING
        of_steps = orders(kinds)
        for name, step in STEP_FIELDS.items():
            order = _known(self.instance.channel_order.get(step.value, []), kinds)
            self.fields[name] = forms.ChoiceField(
                label=STEP_LABELS[step],  # type: ignore[arg-type]
                choices=of_steps,
                initial=" ".join(order[:2]),
                required=False,
            )
        self.lay_out(
            choices("first"),
            choices("follows"),
            More(_("Different for some steps"), pair(*STEP_FIELDS), usual={}),
            "shows_names_on_lock_screen",
        )

    def clean_follows(self) -> str:
        follows: str = self.cleaned_data["follows"]
        if follows == self.cleaned_data.get("first"):
            raise ValidationError(_("Choose another one than the first."))
        return follows

    def order(self) -> dict[str, Sequence[str]]:
        """As `set_order` takes it."""
        usual = [self.cleaned_data[name] for name in ("first", "follows")]
        chosen = {step.value: self.cleaned_data[name] for name, step in STEP_FIELDS.items()}
        of_steps = {step: order.split() for step, order in chosen.items() if order}
        return {ORDER_OF_ALL: [each for each in usual if each != NOTHING], **of_steps}


def _known(order: Sequence[str], kinds: Sequence[str]) -> list[str]:
    return [kind for kind in order if kind in kinds]
