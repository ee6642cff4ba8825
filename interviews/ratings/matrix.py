"""A chart of open positions by attractiveness and desire.

A square for each pair of ratings contains a numbered dot for each position. The numbers are those
of the table below the chart, which says the same in words.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from interviews.models import Vacancy

# In units of the chart, which is drawn at 320 px to fit a phone.
LEFT, TOP, CELL, CELLS = 30, 6, 50, 5
WIDTH, HEIGHT = LEFT + CELL * CELLS + 8, TOP + CELL * CELLS + 36
# Up to four dots in a square; of more, three and the number of the rest.
SLOTS = ((13, 14), (37, 14), (13, 37), (37, 37))


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One row of the table."""

    number: int
    vacancy: Vacancy
    is_this: bool


@dataclass(frozen=True, slots=True)
class MatrixDot:
    x: int
    y: int
    text: str
    is_this: bool = False


@dataclass(frozen=True, slots=True)
class Tick:
    at: int
    text: str


@dataclass(frozen=True, slots=True)
class RatingMatrix:
    rows: tuple[MatrixRow, ...]
    dots: tuple[MatrixDot, ...]

    width = WIDTH
    height = HEIGHT
    left = LEFT
    top = TOP
    right = LEFT + CELL * CELLS
    bottom = TOP + CELL * CELLS
    lines = tuple(CELL * n for n in range(CELLS + 1))
    across = tuple(Tick(LEFT + CELL * n - CELL // 2, str(n)) for n in range(1, CELLS + 1))
    up = tuple(Tick(TOP + CELL * (CELLS - n) + CELL // 2, str(n)) for n in range(1, CELLS + 1))


def rating_matrix(vacancies: Sequence[Vacancy], *, this: Vacancy) -> RatingMatrix:
    """In the given order; the current position is drawn first in a full square."""
    rows = tuple(
        MatrixRow(number, vacancy, vacancy.pk == this.pk)
        for number, vacancy in enumerate(vacancies, 1)
    )
    squares: dict[tuple[int, int], list[MatrixRow]] = {}
    for row in sorted(rows, key=lambda row: not row.is_this):
        if row.vacancy.attractiveness and row.vacancy.desire:
            place = (row.vacancy.attractiveness, row.vacancy.desire)
            squares.setdefault(place, []).append(row)
    dots = tuple(dot for place, group in squares.items() for dot in _dots(place, group))
    return RatingMatrix(rows=rows, dots=dots)


def _dots(place: tuple[int, int], group: Sequence[MatrixRow]) -> list[MatrixDot]:
    attractiveness, desire = place
    x, y = LEFT + CELL * (attractiveness - 1), TOP + CELL * (CELLS - desire)
    if len(group) == 1:
        return [MatrixDot(x + CELL // 2, y + CELL // 2, str(group[0].number), group[0].is_this)]
    shown = group if len(group) <= len(SLOTS) else group[: len(SLOTS) - 1]
    dots = [
        MatrixDot(x + dx, y + dy, str(row.number), row.is_this)
        for row, (dx, dy) in zip(shown, SLOTS, strict=False)
    ]
    if rest := len(group) - len(shown):
        dx, dy = SLOTS[-1]
        dots.append(MatrixDot(x + dx, y + dy, f"+{rest}"))
    return dots
