"""Find the table in the sheets of a file: the sheet, the row of headings, what lies below."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from integrations.spreadsheets.sheet import RefusedError, Sheet, SourceRow

from .headings import Heading, is_secret, language_of, understood
from .table import Source, Table, clean, is_blank, one_line
from .vocabulary import words_of

SEARCHED_ROWS = 40
LONGEST_HEADING = 80
CREDENTIALS = re.compile(
    r"(?i)(?:passwor[dt]|passwd|kennwort|mot de passe|mdp|contraseña|clave|senha|пароль|pwd|pw)"
    r"\s*[:=]\s*\S+"
)
# Senses of headings that need their group's name.
OF_GROUPS = {"date", "place", "name", "link", "email", "phone", "role", "notes", "talk.time"}
# Senses that name what the table is about.
CENTRAL = {"company", "position", "company_and_position", "position_and_company", "card"}


@dataclass(frozen=True, slots=True)
class _Place:
    score: float
    sheet: int
    row: int


def find_table(source: Source, sheets: Sequence[Sheet]) -> Table:
    """Return the table; raise RefusedError if there is none."""
    if not any(sheet.rows for sheet in sheets):
        raise RefusedError("empty")
    places = [place for n, sheet in enumerate(sheets) for place in _places(n, sheet, source)]
    best = max(places, key=lambda place: (place.score, -place.sheet, -place.row), default=None)
    if best is None or best.score < 2:
        raise RefusedError("no_headings")
    table = _below(source, sheets[best.sheet], best.row)
    if not table.rows:
        raise RefusedError("no_positions")
    return table


def _places(number: int, sheet: Sheet, source: Source) -> list[_Place]:
    last = 1 if source.kind == "json" else SEARCHED_ROWS
    found = []
    for index, row in enumerate(sheet.rows[:last]):
        score = _score(row)
        if score and not sheet.is_hidden:
            below = len(sheet.rows) - index - 1
            score += min(below, 10) / 5
        found.append(_Place(score, number, index))
    return found


def _score(row: SourceRow) -> float:
    texts = [one_line(clean(cell)) for cell in row.cells]
    texts = [text for text in texts if text]
    if len(texts) < 2:
        return 0.0
    likely = [
        text for text in texts if len(text) <= LONGEST_HEADING and re.search(r"[^\W\d_]", text)
    ]
    language = language_of(likely)
    heads = [understood(text, language) for text in likely]
    known = [head for head in heads if head.sense and head.coverage >= 0.5 and _is_short(head)]
    senses = {head.sense for head in known}
    if not senses & CENTRAL:
        return 0.0
    clear = len(known) / len(texts)
    return clear * (len(senses) + 2 * len(senses & CENTRAL)) if len(senses) > 1 else 0.0


def _is_short(head: Heading) -> bool:
    return len(words_of(head.text)) <= 8


def _below(source: Source, sheet: Sheet, index: int) -> Table:
    head = sheet.rows[index]
    headings = _headings(sheet, index)
    width = max(len(row.cells) for row in sheet.rows[index:])
    headings += [""] * (width - len(headings))
    secrets = frozenset(number for number, text in enumerate(headings, 1) if is_secret(text))
    rows = tuple(_without(row, secrets) for row in sheet.rows[index + 1 :])
    return Table(
        replace(source, heading_row=head.number),
        tuple(headings),
        tuple(row for row in rows if any(cell.strip() for cell in row.cells)),
        {place: link for place, link in sheet.links.items() if place[1] not in secrets},
        sheet.hidden,
        sheet.formulas,
        secrets,
    )


def _without(row: SourceRow, secrets: frozenset[int]) -> SourceRow:
    """Empty the cells of passwords, and cut passwords out of other cells."""
    cells = tuple(
        "" if number in secrets else CREDENTIALS.sub("", cell)
        for number, cell in enumerate(row.cells, 1)
    )
    return SourceRow(row.number, cells)


def _headings(sheet: Sheet, index: int) -> list[str]:
    """Return the headings; a group's name above several of them is put before their own."""
    head = sheet.rows[index]
    texts = [one_line(clean(cell)) for cell in head.cells]
    above = (
        sheet.rows[index - 1] if index and sheet.rows[index - 1].number == head.number - 1 else None
    )
    if above is None or sum(not is_blank(clean(cell)) for cell in above.cells) < 2:
        return texts
    groups, group = [], ""
    for number in range(1, len(texts) + 1):
        group = one_line(clean(above.cell(number))) or group
        groups.append(group if len(group) <= LONGEST_HEADING else "")
    repeated = {text for text in texts if texts.count(text) > 1}
    named = {name for name, text in zip(groups, texts, strict=True) if text in repeated or not text}
    language = language_of([text for text in texts if text])
    return [
        f"{name} {text}".strip()
        if name in named and (text in repeated or _is_beside(text, language))
        else text
        for name, text in zip(groups, texts, strict=True)
    ]


def _is_beside(text: str, language: str) -> bool:
    """Say whether a heading only says something about what its group is named after."""
    return not text or understood(text, language).sense in OF_GROUPS
