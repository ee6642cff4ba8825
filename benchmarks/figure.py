"""A measurement: a value and its target."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

MET = {True: "yes", False: "NO", None: ""}


@dataclass(frozen=True, slots=True)
class Figure:
    """`yardstick` says what was measured, and against what. More than the target is better, or,
    with `is_most`, worse."""

    name: str
    value: float
    unit: str
    yardstick: str
    target: float | None = None
    is_most: bool = False

    @property
    def is_met(self) -> bool | None:
        """Return None without a target."""
        if self.target is None:
            return None
        return self.value <= self.target if self.is_most else self.value >= self.target

    def to_json(self) -> dict[str, object]:
        told = asdict(self) | {"met": self.is_met}
        del told["is_most"]
        return told


def table(figures: Sequence[Figure]) -> str:
    heads = ("figure", "value", "target", "unit", "met", "measured against")
    rows = [
        (
            figure.name,
            written(figure.value),
            written(figure.target),
            figure.unit,
            MET[figure.is_met],
            figure.yardstick,
        )
        for figure in figures
    ]
    return columns(heads, rows)


def written(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def columns(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Format lines of text with aligned columns."""
    widths = [max(len(row[n]) for row in [heads, *rows]) for n in range(len(heads))]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in [heads, *rows]
    ]
    return "\n".join(lines)
