"""The business cards of a file, to tick and save."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from integrations.vcard import CARDS_MAX
from integrations.vcard_import import BusinessCard, read_signed
from interviews.models import Candidate


class CardsForm(forms.Form):
    """`cards` contains all of them, signed; `take` the numbers of the wanted ones."""

    cards = forms.CharField(widget=forms.HiddenInput)
    take = forms.TypedMultipleChoiceField(
        choices=[(number, number) for number in range(CARDS_MAX)],
        coerce=int,
        required=False,
        error_messages={"invalid_choice": _("Choose contacts from this list.")},
    )

    def __init__(self, *args: Any, candidate: Candidate, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.candidate = candidate
        self.read: list[BusinessCard] = []

    def clean_cards(self) -> str:
        signed: str = self.cleaned_data["cards"]
        cards = read_signed(signed, candidate=self.candidate)
        if cards is None:
            raise forms.ValidationError(_("This list has expired. Choose the file again."))
        self.read = cards
        return signed

    @property
    def taken(self) -> list[BusinessCard]:
        wanted = set(self.cleaned_data["take"])
        return [card for number, card in enumerate(self.read) if number in wanted]
