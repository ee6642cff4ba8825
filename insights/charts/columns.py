"""Bar charts of counts, each bar in one part or two: days to a result, and months.

The height is fixed in px; horizontal positions are percents of the page's width.
"""

from collections.abc import Sequence
from dataclasses import dataclass

HEIGHT = 120  # of the highest bar, in px
ROOM = 18  # above it for its number, in px
WIDE = 0.62  # share of a bar's slot


@dataclass(frozen=True, slots=True)
class Count:
    """`lower` is drawn filled, `upper` hatched on top of it, so that colour is not needed."""

    label: str
    lower: int
    upper: int = 0

    @property
    def total(self) -> int:
        return self.lower + self.upper


@dataclass(frozen=True, slots=True)
class Bar:
    y: int
    height: int


@dataclass(frozen=True, slots=True)
class Column:
    label: str
    x: str
    width: str
    middle: str
    lower: Bar | None
    upper: Bar | None
    number: str
    number_y: int


@dataclass(frozen=True, slots=True)
class Columns:
    columns: tuple[Column, ...]
    base: int
    height: int


def draw_columns(counts: Sequence[Count]) -> Columns:
    most = max((each.total for each in counts), default=0) or 1
    place = 100 / max(len(counts), 1)
    base = ROOM + HEIGHT
    columns = tuple(_column(each, n, place, most, base) for n, each in enumerate(counts))
    return Columns(columns, base, base + ROOM)


def _column(count: Count, n: int, place: float, most: int, base: int) -> Column:
    lower = round(HEIGHT * count.lower / most)
    upper = round(HEIGHT * count.upper / most)
    return Column(
        label=count.label,
        x=f"{n * place + place * (1 - WIDE) / 2:.2f}%",
        width=f"{place * WIDE:.2f}%",
        middle=f"{(n + 0.5) * place:.2f}%",
        lower=Bar(base - lower, lower) if lower else None,
        upper=Bar(base - lower - upper, upper) if upper else None,
        number=str(count.total) if count.total else "",
        number_y=base - lower - upper - 5,
    )
