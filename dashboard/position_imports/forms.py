"""The mapping of a file: what each column holds, and what each word of state means."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2s
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dashboard.forms.base import PageForm, choices, radio
from dashboard.position_imports.labels import (
    INTERVIEW_PARTS,
    MEANINGS,
    PERSON_PARTS,
    POSITION_FIELDS,
    STATE_FIELDS,
    field_label,
)
from integrations.position_import import FIELDS, Column, Proposal, StateWord
from integrations.position_import_runs import Choices, Upload

# The rest of a wide file stays as we understood it: no list of positions is so wide.
COLUMNS_MAX = 100
WORDS_MAX = 100
WORD_SIGNS = 200
YEARS = 6
COMPANY_FIELDS = {"company", "position_and_company", "company_and_position"}
POSITION_NAMES = {"position", "position_and_company", "company_and_position"}
DAY_FIRST = {"day": True, "month": False}


@dataclass(frozen=True, slots=True)
class Options:
    """A group of a column's choices: its label, and (field, label) of each."""

    label: str
    fields: list[tuple[str, str]]


class MappingForm(PageForm):
    """Its selects stand in the page's own lists; only the questions are laid out as fields.

    A changed field may change the words and the questions, so they follow what was sent.
    """

    sometimes_needed = ("day_first", "year")

    def __init__(self, data: QueryDict | None, *, upload: Upload, is_final: bool = False) -> None:
        super().__init__(data)
        self.upload, self.is_final = upload, is_final
        before = upload.choices
        self.proposal: Proposal = upload.with_fields(self.chosen_fields)
        questions = {column.question for column in self.proposal.columns}
        if "day_or_month" in questions:
            self.fields["day_first"] = _day_first_field(self._example, before.day_first)
            self.fields["day_first"].required = is_final
        if "year" in questions:
            self.fields["year"] = _year_field(upload.today.year, before.year)
        self.lay_out(
            *(choices(name, "tall") if name == "day_first" else name for name in self.fields)
        )

    @cached_property
    def chosen_fields(self) -> dict[int, str]:
        """Fields that differ from those which we proposed."""
        proposed = {column.number: column.field for column in self.upload.proposed.columns}
        if not self.is_bound:
            return dict(self.upload.choices.fields)
        sent = {n: self.data.get(f"column-{n}", "") for n in proposed}
        stored = self.upload.choices.fields
        wanted = {n: sent[n] if sent[n] in FIELDS else stored.get(n, proposed[n]) for n in proposed}
        return {n: field for n, field in wanted.items() if field != proposed[n]}

    @property
    def _example(self) -> str:
        """A date from the file that reads both ways."""
        asked = (column for column in self.proposal.columns if column.question == "day_or_month")
        return next((text for column in asked for text in column.samples), "")

    @cached_property
    def chosen(self) -> Choices:
        """What was sent, if the form is valid."""
        meanings = {
            word.text: self.meaning_of(word)
            for word in self._shown_words
            if self.meaning_of(word) != word.meaning
        }
        return Choices(
            fields=self.chosen_fields,
            meanings=meanings,
            day_first=DAY_FIRST.get(self.cleaned_data.get("day_first", "")),
            year=int(self.cleaned_data.get("year") or 0) or None,
        )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        held = {column.field for column in self.proposal.columns}
        if self.is_final and not held & COMPANY_FIELDS:
            self.add_error(None, _("Choose which column holds the company."))
        if self.is_final and not held & POSITION_NAMES:
            self.add_error(None, _("Choose which column holds the position."))
        return cleaned

    # --- what the page lists --------------------------------------------------------------------

    @property
    def columns(self) -> list[tuple[Column, str, bool]]:
        """Each column with the label of its field, and whether it may hold passwords."""
        secrets = self.upload.table.secrets
        shown = self.proposal.columns[:COLUMNS_MAX]
        return [(one, field_label(one.field), one.number in secrets) for one in shown]

    @property
    def further_columns(self) -> int:
        return max(len(self.proposal.columns) - COLUMNS_MAX, 0)

    @cached_property
    def options(self) -> list[Options]:
        used = [column.field for column in self.proposal.columns]
        talks, people = (_highest(used, name) + 1 for name in ("interview", "person"))
        groups = [
            Options("", [("ignored", field_label("ignored"))]),
            Options(_("Position"), _labelled(POSITION_FIELDS)),
            Options(_("State and result"), _labelled(STATE_FIELDS)),
            Options(_("Interviews"), _numbered("interview", INTERVIEW_PARTS, talks)),
            Options(_("Contacts"), _numbered("person", PERSON_PARTS, people)),
        ]
        groups[3].fields.append(("interviews", field_label("interviews")))
        groups[4].fields.append(("people", field_label("people")))
        return groups

    @property
    def words(self) -> list[tuple[StateWord, str, str]]:
        """Each word with the name of its select and what is chosen."""
        return [(word, name_of(word), self.meaning_of(word)) for word in self._shown_words]

    @property
    def meanings(self) -> list[tuple[str, str]]:
        return [(value, str(label)) for value, label in MEANINGS.items()]

    @cached_property
    def _shown_words(self) -> list[StateWord]:
        """Unknown words first, since they need an answer."""
        short = [word for word in self.proposal.words if len(word.text) <= WORD_SIGNS]
        return sorted(short, key=lambda word: (word.meaning != "", -word.rows))[:WORDS_MAX]

    def meaning_of(self, word: StateWord) -> str:
        stored = self.upload.choices.meanings.get(word.text, word.meaning)
        sent = self.data.get(name_of(word), stored) if self.is_bound else stored
        return sent if sent in MEANINGS else stored


def name_of(word: StateWord) -> str:
    """A word may be long, and hold any sign."""
    return f"word-{blake2s(word.text.encode(), digest_size=8).hexdigest()}"


def _labelled(fields: Mapping[str, object]) -> list[tuple[str, str]]:
    return [(field, str(label)) for field, label in fields.items()]


def _numbered(kind: str, parts: Mapping[str, object], last: int) -> list[tuple[str, str]]:
    return [(field, field_label(field)) for field in _fields_of(kind, parts, last)]


def _fields_of(kind: str, parts: Mapping[str, object], last: int) -> Iterator[str]:
    for number in range(1, last + 1):
        for part in parts:
            field = f"{kind}[{number}]" + (f".{part}" if part else "")
            if field in FIELDS:
                yield field


def _highest(fields: list[str], kind: str) -> int:
    found = [re.match(rf"{kind}\[(\d+)\]", field) for field in fields]
    return max((int(each[1]) for each in found if each), default=0)


def _day_first_field(example: str, chosen: bool | None) -> forms.ChoiceField:
    label = _("In dates such as %(example)s, which comes first?") % {"example": example}
    said = [("day", _("The day")), ("month", _("The month"))]
    initial = None if chosen is None else ("day" if chosen else "month")
    field = radio(said, label=label, initial=initial)
    field.error_messages["required"] = _("Choose whether the day or the month comes first.")
    return field


def _year_field(this_year: int, chosen: int | None) -> forms.ChoiceField:
    years = [(str(year), str(year)) for year in range(this_year, this_year - YEARS, -1)]
    latest = gettext_lazy("The latest that isn’t in the future")
    return forms.ChoiceField(
        choices=[("", latest), *years],
        initial=str(chosen or ""),
        label=gettext_lazy("Year of dates without a year"),
        required=False,
    )
