"""A table as a file holds it: cells are text, and rows keep the spreadsheet's numbers."""

import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from integrations.spreadsheets.sheet import UNSEEN, Refused, SourceRow

Kind = Literal["csv", "xlsx", "ods", "xls", "json"]
ERROR_VALUES = re.compile(r"#(?:N/A|NV|VALUE!|WERT!|REF!|BEZUG!|DIV/0!|NAME\??|NUM!|NULL!|ERROR!)$")
BLANK = re.compile(
    r"(?:n/?a|n\.\s?a\.|none|null|nil|undefined|nan|[-–—−_.?/*~\s]+|k\.\s?a\.|s/o|н/д|нет данных)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Refusal:
    why: Refused


@dataclass(frozen=True, slots=True)
class Source:
    """How the file was written, so that the rest can be written the same way."""

    kind: Kind
    encoding: str = "utf-8"
    separator: str = ","
    heading_row: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """Headings and rows below them; columns of passwords are emptied before this is made."""

    source: Source
    headings: tuple[str, ...]
    rows: tuple[SourceRow, ...]
    links: Mapping[tuple[int, int], str] = field(default_factory=dict)
    hidden: frozenset[int] = frozenset()
    formulas: frozenset[tuple[int, int]] = frozenset()
    secrets: frozenset[int] = frozenset()

    def column(self, number: int) -> list[str]:
        """Return what is written below a heading, without what means nothing."""
        cells = (clean(row.cell(number)) for row in self.rows)
        return [cell for cell in cells if not is_blank(cell)]


def clean(text: str) -> str:
    """Return text without invisible signs and without an apostrophe that guards a formula."""
    text = UNSEEN.sub("", text).strip()
    text = text.replace("\u200b", "").replace("\u2060", "").replace("\xa0", " ")
    if len(text) > 1 and text[0] == "'" and text[1] in "=+-@\t":
        text = text[1:]
    return text.strip()


def is_blank(text: str) -> bool:
    return not text or bool(BLANK.match(text) or ERROR_VALUES.match(text))


def one_line(text: str) -> str:
    return " ".join(text.split())


def letters(text: str) -> str:
    """Return a name by its letters alone: without case, width and spaces."""
    plain = unicodedata.normalize("NFKC", clean(text)).casefold()
    return "".join(
        sign for sign in plain if not sign.isspace() and unicodedata.category(sign) != "Cf"
    )


def dump_table(table: Table) -> str:
    """Write a table as JSON, to be kept between two requests."""
    return json.dumps(
        {
            "source": asdict(table.source),
            "headings": table.headings,
            "rows": [[row.number, row.cells] for row in table.rows],
            "links": [[*place, address] for place, address in table.links.items()],
            "hidden": sorted(table.hidden),
            "formulas": sorted(table.formulas),
            "secrets": sorted(table.secrets),
        },
        ensure_ascii=False,
    )


def load_table(text: str) -> Table:
    found: dict[str, Any] = json.loads(text)
    return Table(
        source=Source(**found["source"]),
        headings=tuple(found["headings"]),
        rows=tuple(SourceRow(number, tuple(cells)) for number, cells in found["rows"]),
        links={(row, column): address for row, column, address in found["links"]},
        hidden=frozenset(found["hidden"]),
        formulas=frozenset((row, column) for row, column in found["formulas"]),
        secrets=frozenset(found["secrets"]),
    )
