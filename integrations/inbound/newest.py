"""Cut a letter down to what its author wrote anew: no quotations, no signature, no boilerplate.

A kept library was tried for this (docs/decisions/inbound-mail.md): its expressions take seconds on
ten kilobytes of the wrong text.
"""

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from integrations.inbound import layout
from integrations.inbound.headers import Address
from integrations.inbound.phrases import DATA
from integrations.inbound.words import fold, words_of

SIGN_OFF_WORDS = 7
LINES_MAX = 1500
LINE_MAX = 20_000
# A name below the text has no more words than this.
NAME_WORDS = 6


@cache
def endings() -> dict[str, tuple[str, ...]]:
    with (DATA / "endings.toml").open("rb") as file:
        return {name: tuple(each) for name, each in tomllib.load(file).items()}


@cache
def _sign_offs() -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(words_of(each)) for each in endings()["sign_off"])


@cache
def _disclaimers() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, endings()["disclaimer"])))


@dataclass(frozen=True, slots=True)
class Parts:
    """`text` is what counts, `signature` what stands below it, `older` what was quoted."""

    text: str
    signature: str
    older: str


def newest(body: str, sender: Address, reader: str = "") -> Parts:
    """Return the parts of a letter; `reader` is who it was written to."""
    lines = body.split("\n")[:LINES_MAX]
    own, older = _without_quotations(lines)
    kept, signature = _without_signature(own, sender)
    kept = [line for line in kept if not layout.is_mobile_line(line)]
    text, boilerplate = _without_boilerplate("\n".join(kept))
    return Parts(text, "\n".join([*signature, *boilerplate]), "\n".join(older))


def _without_quotations(lines: Sequence[str]) -> tuple[list[str], list[str]]:
    own: list[str] = []
    older: list[str] = []
    number = 0
    while number < len(lines):
        line = lines[number]
        intro = _introduction(lines, number)
        if intro:
            if not _is_quoted_next(lines, number + intro):
                return own, [*older, *lines[number:]]
            older += lines[number : number + intro]
            number += intro
            continue
        if layout.depth_of(line):
            older.append(line)
        elif layout.is_original_marker(line) or _is_cut(lines, number):
            return own, [*older, *lines[number:]]
        else:
            own.append(line)
        number += 1
    return own, older


def _introduction(lines: Sequence[str], number: int) -> int:
    """Return over how many lines an introduction of a quotation goes, else 0."""
    if not lines[number].strip():
        return 0
    if layout.is_wrote_line(lines[number]):
        return 1
    together = lines[number].strip()
    for more in (1, 2):
        if number + more >= len(lines) or not lines[number + more].strip() or len(together) > 200:
            return 0
        together += " " + lines[number + more].strip()
        opens = fold(together).split(" ")[0] in OPENERS or together[:1].isdigit()
        if opens and layout.is_wrote_line(together):
            return more + 1
    return 0


OPENERS = {
    "on",
    "am",
    "le",
    "el",
    "em",
    "no",
    "в",
    "il",
    "den",
    "op",
    "a",
    "пн,",
    "вт,",
    "ср,",
    "чт,",
    "пт,",
    "сб,",
    "вс,",
}


def _is_quoted_next(lines: Sequence[str], number: int) -> bool:
    following = next((line for line in lines[number:] if line.strip()), "")
    return layout.depth_of(following) > 0


def _is_cut(lines: Sequence[str], number: int) -> bool:
    """Tell whether older mail begins: a line of underscores, or the head of another mail."""
    if layout.RULE.match(lines[number]):
        return any(line.strip() for line in lines[:number])
    label = layout.label_of(lines[number])
    if not label or label[0] == "other":
        return False
    return layout.block_at(lines, number) is not None


def _without_signature(lines: Sequence[str], sender: Address) -> tuple[list[str], list[str]]:
    cut = _signature_at(lines, sender)
    if cut is None:
        return list(lines), []
    kept, signature = list(lines[:cut]), list(lines[cut:])
    for number, line in enumerate(signature):
        if fold(line).strip().startswith(endings()["postscript"]):
            end = next(
                (n for n in range(number, len(signature)) if not signature[n].strip()),
                len(signature),
            )
            return [*kept, "", *signature[number:end]], [*signature[:number], *signature[end:]]
    return kept, signature


def _signature_at(lines: Sequence[str], sender: Address) -> int | None:
    seen = 0
    names = set(words_of(sender.name))
    for number, line in enumerate(lines):
        words = words_of(line)
        if line.rstrip() in ("--", "—", "- --") or line == "-- ":
            return number if seen else None
        if not words:
            continue
        if seen >= 2 and layout.is_mobile_line(line):
            return number
        if (
            seen
            and len(words) <= SIGN_OFF_WORDS
            and _is_sign_off(words, line)
            and _has_end(lines, number)
        ):
            return number
        is_name = len(words) <= NAME_WORDS and len(words[0]) > 1 and set(words) <= names
        if (
            seen
            and is_name
            and not line.rstrip().endswith((",", "!", ":", "?"))
            and _is_last_block(lines, number)
        ):
            return number
        seen += 1
    return None


def _is_sign_off(words: Sequence[str], line: str) -> bool:
    for each in _sign_offs():
        if tuple(words[: len(each)]) == each:
            # "Thank you for coming" is a sentence, "Thank you" and "Thanks, Anna" are farewells.
            rest = line.strip()
            is_short = len(words) <= len(each) + 1
            return (
                is_short
                or (len(each) >= 2 and not rest.endswith((".", "?", ":")))
                or ("," in rest[:-1] and len(words) <= len(each) + 3)
            )
    return False


def _has_end(lines: Sequence[str], number: int) -> bool:
    """A farewell is not followed by long lines of letter, but for postscripts and boilerplate."""
    return sum(len(words_of(line)) > 8 for line in lines[number + 1 : number + 4]) < 2


def _is_last_block(lines: Sequence[str], number: int) -> bool:
    """A name stands alone: the line above ended a sentence or is blank."""
    above = lines[number - 1].strip() if number else ""
    return not above or above.endswith((".", "!", "?", ",", ")"))


def _without_boilerplate(text: str) -> tuple[str, list[str]]:
    kept: list[str] = []
    dropped: list[str] = []
    for line in _pieces(text):
        low = fold(line)
        is_boilerplate = bool(_disclaimers().search(low))
        (dropped if is_boilerplate else kept).append(line)
    return "".join(kept).strip("\n"), dropped


def _pieces(text: str) -> Iterator[str]:
    """Yield lines or sentences, with what stands between them."""
    for line in text[:LINE_MAX].split("\n"):
        begin = 0
        for place in range(1, len(line)):
            if line[place - 1] in ".!?" and line[place] == " ":
                yield line[begin:place]
                begin = place
        yield line[begin:] + "\n"
