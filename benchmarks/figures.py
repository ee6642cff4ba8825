"""python -m benchmarks.figures: draw the figures of docs/waiting.md from the simulator.

Plain SVG, readable on light and dark pages, with the numbers in title and description.
"""

import sys
from collections.abc import Callable, Iterable, Sequence
from html import escape

from benchmarks.employers import EMPLOYERS
from benchmarks.following import compared
from benchmarks.waiting import SEED, Tenth, drift_errors, open_waits, tenths
from benchmarks.waiting_figures import ASSUMED, EVER
from insights.forecast import PUBLISHED, Employer, Silence, curve
from insights.forecast.fit import fit
from scripts.environment import ROOT

IMAGES = ROOT / "docs" / "images"
WIDTH, HEIGHT, LEFT, TOP = 560, 300, 48, 16
PLOT_WIDTH, PLOT_HEIGHT = WIDTH - LEFT - 16, HEIGHT - TOP - 44
# Grey and two hues of medium lightness, visible on white and on black.
STYLE = """
text { font: 12px system-ui, sans-serif; fill: #7a828c; }
.grid { stroke: #7a828c; stroke-opacity: 0.3; fill: none; }
.one { stroke: #3f7fd0; fill: #3f7fd0; }
.two { stroke: #c07a1e; fill: #c07a1e; }
.three { stroke: #3a9a5f; fill: #3a9a5f; }
polyline { fill: none !important; stroke-width: 2.5; }
.two polyline { stroke-dasharray: 7 4; }
.three polyline { stroke-dasharray: 2 4; }
.band { stroke: none; fill-opacity: 0.18; }
"""

Point = tuple[float, float]


def main() -> int:
    IMAGES.mkdir(parents=True, exist_ok=True)
    _keep("waiting-curve", waiting_curve())
    _keep("calibration", calibration())
    _keep("own-waits", own_waits())
    _keep("following", following())
    return 0


def waiting_curve() -> str:
    """The published figures alone, without a promise and with one for a week ahead."""
    posterior = fit({}, {}, PUBLISHED)
    plain = curve(posterior, Silence(0), last=30)
    promised = curve(posterior, Silence(0, Employer.UNKNOWN, 7), last=30)
    x_of = _across(30)
    highs = [(x_of(each.day), each.ever.high) for each in plain]
    lows = [(x_of(each.day), each.ever.low) for each in reversed(plain)]
    shapes = [
        f'<polygon class="one band" points="{_points([*highs, *lows])}"/>',
        _line("one", [(x_of(each.day), each.ever.middle) for each in plain]),
        _line("two", [(x_of(each.day), each.ever.middle) for each in promised]),
        _line("three", [(x_of(each.day), each.ever_positive.middle) for each in plain]),
        *_key(["any answer, no day named", "a day named, a week ahead", "good news, no day named"]),
    ]
    title = "The chance that an answer still comes, by silent days; published figures alone"
    return _svg(title, shapes, [(x_of(day), str(day)) for day in range(0, 31, 5)], "silent days")


def calibration() -> str:
    """Forecast chances against the shares answered: equal on the diagonal."""
    shapes = [f'<polyline class="grid" points="{_points([(0, 0), (1, 1)])}"/>']
    for kind, world in zip(("one", "two"), EMPLOYERS, strict=True):
        rows = tenths(open_waits(world), EVER)
        shapes += [_dot(kind, row) for row in rows]
    names = [f"employers {world}" for world in EMPLOYERS]
    shapes += _key(names)
    title = f"Chances given and shares answered, 20,000 open waits each (seed {SEED})"
    ticks = [(n / 10, f"{n * 10} %") for n in range(0, 11, 2)]
    return _svg(title, shapes, ticks, f"chance given; {ASSUMED} should lie on the line")


def own_waits() -> str:
    """How own waits correct the forecast if employers are far from the published figures."""
    errors = drift_errors()
    places = {own: (n + 0.5) / len(errors) for n, own in enumerate(errors)}
    shapes = [_bar("one", places[own], 0.09, error / 0.25) for own, error in errors.items()]
    shapes += [_word(places[own], error / 0.25, f"{error:.3f}") for own, error in errors.items()]
    title = "Mean error of the chance at slow and silent employers, by own waits"
    ticks = [(place, f"{own}") for own, place in places.items()]
    return _svg(title, shapes, ticks, "own waits", up=("0", "0.125", "0.25"))


def following() -> str:
    """Shares known by day 20, waiting in silence and following the steps, by the effect of a
    call."""
    ways = compared()
    shares = {way: each.known_20 / each.of_20 for way, each in ways.items()}
    places = {way: (n + 0.5) / len(shares) for n, way in enumerate(shares)}
    shapes = [
        _bar("two" if way == "in silence" else "one", places[way], 0.09, share)
        for way, share in shares.items()
    ]
    shapes += [_word(places[way], share, f"{share:.0%}") for way, share in shares.items()]
    title = "Results known by day 20: in silence, and by the steps if a call moves some employers"
    ticks = [(place, way.rpartition(" ")[2]) for way, place in places.items()]
    return _svg(title, shapes, ticks, "in silence; by the steps, of employers moved by a call")


# --- drawing -----------------------------------------------------------------------------------


def _across(last: int) -> Callable[[int], float]:
    return lambda day: day / last


def _place(point: Point) -> tuple[float, float]:
    x, y = point
    return LEFT + x * PLOT_WIDTH, TOP + (1 - y) * PLOT_HEIGHT


def _points(points: Iterable[Point]) -> str:
    return " ".join("{:.1f},{:.1f}".format(*_place(point)) for point in points)


def _line(kind: str, points: Sequence[Point]) -> str:
    return f'<g class="{kind}"><polyline points="{_points(points)}"/></g>'


def _dot(kind: str, row: Tenth) -> str:
    x, y = _place((row.given, row.came))
    if kind == "one":
        return f'<circle class="one" cx="{x:.1f}" cy="{y:.1f}" r="5"/>'
    return f'<rect class="two" x="{x - 4:.1f}" y="{y - 4:.1f}" width="8" height="8"/>'


def _bar(kind: str, place: float, half: float, share: float) -> str:
    left, top = _place((place - half / 2 - 0.02, share))
    return (
        f'<rect class="{kind}" x="{left:.1f}" y="{top:.1f}" '
        f'width="{(half + 0.04) * PLOT_WIDTH:.1f}" height="{share * PLOT_HEIGHT:.1f}"/>'
    )


def _word(place: float, share: float, text: str) -> str:
    x, y = _place((place, share))
    return f'<text x="{x:.1f}" y="{y - 5:.1f}" text-anchor="middle">{escape(text)}</text>'


def _key(names: Sequence[str]) -> list[str]:
    lines = []
    for n, (kind, name) in enumerate(zip(("one", "two", "three"), names, strict=False)):
        y = TOP + 14 + 18 * n
        lines.append(f'<rect class="{kind}" x="{WIDTH - 230}" y="{y - 8}" width="14" height="5"/>')
        lines.append(f'<text x="{WIDTH - 208}" y="{y}">{escape(name)}</text>')
    return lines


def _svg(
    title: str,
    shapes: Sequence[str],
    ticks: Sequence[tuple[float, str]],
    below: str,
    up: tuple[str, str, str] = ("0", "50 %", "100 %"),
) -> str:
    grid = " ".join(f"M{LEFT} {_place((0, y))[1]:.1f}h{PLOT_WIDTH}" for y in (0, 0.5, 1))
    words = [
        f'<text x="{LEFT - 6}" y="{_place((0, n / 2))[1] + 4:.1f}" text-anchor="end">{said}</text>'
        for n, said in enumerate(up)
    ]
    words += [
        f'<text x="{_place((x, 0))[0]:.1f}" y="{HEIGHT - 26}" text-anchor="middle">'
        f"{escape(said)}</text>"
        for x, said in ticks
    ]
    words.append(f'<text x="{LEFT}" y="{HEIGHT - 8}">{escape(below)}</text>')
    body = "\n".join([f'<path class="grid" d="{grid}"/>', *shapes, *words])
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img">\n'
        f"<title>{escape(title)}</title>\n<style>{STYLE}</style>\n{body}\n</svg>\n"
    )


def _keep(name: str, drawn: str) -> None:
    path = IMAGES / f"{name}.svg"
    path.write_text(drawn, encoding="utf-8")
    print(path.relative_to(ROOT))


if __name__ == "__main__":
    sys.exit(main())
