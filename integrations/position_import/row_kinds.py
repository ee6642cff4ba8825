"""Tell rows that are no positions: headings again, sums, remarks, rows that lack a name."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from integrations.spreadsheets import limits
from integrations.spreadsheets.sheet import SourceRow

from .cell_texts import cell_text, name_text
from .composites import split_cell
from .days import month_named, weekday_named
from .position_rows import Draft
from .table import Table, clean, is_blank, letters
from .vocabulary import listed, stems, words_of

WITH_LETTERS = re.compile(r"[^\W\d_]")
# A row of sums has a name or two, and numbers.
MOST_WORDS = 3


class RowKinds:
    def __init__(self, table: Table, by_field: Mapping[str, Sequence[int]]) -> None:
        self._table, self._by_field = table, by_field
        self._headings = [letters(text) for text in table.headings]
        self._names = {
            number
            for field in ("company", "position", "position_and_company", "company_and_position")
            for number in by_field.get(field, ())
        }

    def reason(self, row: SourceRow) -> str:
        """Return why a row is none, whatever it holds; "" if it may be a position."""
        said = {n: clean(cell) for n, cell in enumerate(row.cells, 1) if not is_blank(clean(cell))}
        if self._is_heading(said):
            return "heading_again"
        if self._is_sum(row, said):
            return "summary"
        if len(said) == 1:
            (number, text) = next(iter(said.items()))
            if number not in self._names or _is_span(text):
                return "note_line"
        return ""

    def missing(self, row: SourceRow, draft: Draft) -> str:
        """Return why a row with these names cannot be taken."""
        for field in ("position_and_company", "company_and_position"):
            for number in self._by_field.get(field, ()):
                if split_cell(cell_text(row.cell(number))) == ("", ""):
                    return "ambiguous"
        if not draft.company:
            return "no_company"
        if not draft.position:
            return "no_position"
        too_long = max(len(draft.company), len(draft.position)) > limits.NAME_SIGNS
        return "too_long" if too_long else ""

    def _is_heading(self, said: Mapping[int, str]) -> bool:
        same = sum(
            n <= len(self._headings) and letters(text) == self._headings[n - 1]
            for n, text in said.items()
        )
        return same > 1 and same * 5 >= len(said) * 3

    def _is_sum(self, row: SourceRow, said: Mapping[int, str]) -> bool:
        """A word for sums, and beside it only numbers."""
        if sum(bool(WITH_LETTERS.search(text)) for text in said.values()) > MOST_WORDS:
            return False
        sums = [text for text in said.values() if _is_sum_word(text)]
        others = [
            text
            for n, text in said.items()
            if text not in sums
            and (row.number, n) not in self._table.formulas
            and WITH_LETTERS.search(name_text(text))
        ]
        return bool(sums) and not others


@lru_cache(maxsize=20_000)
def _is_sum_word(text: str) -> bool:
    if len(text) > 60:
        return False
    words = words_of(text)
    starts = {" ".join(words[:n]) for n in range(1, 4)}
    if starts & listed("sums") or (words and words[0].startswith(stems("sums"))):
        return True
    return bool(set(words) & listed("sums")) and any(word.isdigit() for word in words)


def _is_span(text: str) -> bool:
    """A month, a week, a quarter, a year."""
    words = words_of(text)
    return bool(words) and all(
        word.isdigit()
        or word in listed("spans")
        or month_named(word) is not None
        or weekday_named(word) is not None
        or re.fullmatch(r"(?:kw|q|w|s)\d{1,2}|\d{1,2}(?:th|st|nd|rd)", word)
        for word in words
    )
