"""The waiting curve: how the chance of an answer falls with each silent day.

The plot is a square of 100 by 100 that a template stretches; labels keep their size, at positions
in percent of the width.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from insights.forecast import Chance, Forecast

# How many labels fit below the plot on a phone.
LABELS_MAX = 5
STEPS = (1, 2, 5, 7, 10, 14, 30, 60)
# From where on a label is aligned inwards, in percent of the width.
EDGE = 6.0


@dataclass(frozen=True, slots=True)
class Label:
    text: str
    x: str
    anchor: str  # "start", "middle" or "end"


@dataclass(frozen=True, slots=True)
class CurveChart:
    """Paths in the square; `now` and `promised` in percent of the width, empty if missing; `dot` is
    the height of today's chance."""

    band: str
    ever: str
    positive: str
    now: str
    dot: str
    promised: str
    labels: tuple[Label, ...]


def draw_curve(days: Sequence[Forecast], *, now: int, promised_in: int | None) -> CurveChart:
    """`days` are consecutive from day 0, `now` among them."""
    last = max(days[-1].day, 1)
    lows = [_point(each.day, each.ever.low, last) for each in days]
    highs = [_point(each.day, each.ever.high, last) for each in days]
    present = next(each for each in days if each.day == now)
    has_promise = promised_in is not None and promised_in <= last
    return CurveChart(
        band=f"M{'L'.join(highs)}L{'L'.join(reversed(lows))}Z",
        ever=_line([(each.day, each.ever) for each in days], last),
        positive=_line([(each.day, each.ever_positive) for each in days], last),
        now=_percent(now, last),
        dot=_number(100 - 100 * present.ever.middle),
        promised=_percent(promised_in, last) if has_promise and promised_in is not None else "",
        labels=tuple(_labels(last)),
    )


def _line(points: Sequence[tuple[int, Chance]], last: int) -> str:
    return f"M{'L'.join(_point(day, chance.middle, last) for day, chance in points)}"


def _point(day: int, chance: float, last: int) -> str:
    return f"{_number(100 * day / last)} {_number(100 - 100 * chance)}"


def _labels(last: int) -> Iterator[Label]:
    """Return the labels of days, in even steps that leave room for each."""
    step = next((each for each in STEPS if last / each <= LABELS_MAX), STEPS[-1] * 2)
    for day in range(0, last + 1, step):
        share = 100 * day / last
        anchor = "start" if share < EDGE else "end" if share > 100 - EDGE else "middle"
        yield Label(str(day), _percent(day, last), anchor)


def _percent(day: int, last: int) -> str:
    return f"{_number(100 * day / last)}%"


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
