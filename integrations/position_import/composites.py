"""Company and position in one cell."""

import re
from collections.abc import Sequence

from .vocabulary import listed, words_of

# Signs between the two, the surest first.
SIGNS = (
    r"\s*@\s+|\s+@\s*",
    r"\s*\|\s*",
    r"\s+–\s+|\s+—\s+",
    r"\s+-\s+",
    r"\s*›\s*|\s+>\s+",
    r"\s+/\s+",
    r":\s+",
    r"\s*\n\s*",
    r",\s+",
)
POSITION_FIRST_SIGNS = 1


def _word_sign() -> str:
    words = "|".join(
        sorted(
            (re.escape(word) for word in listed("at") if word not in ("a",)), key=len, reverse=True
        )
    )
    return rf"\s+(?:{words}|chez)\s+"


def split_cell(text: str) -> tuple[str, str] | None:
    """Return the two parts; ("", "") if it is open where to cut, None if there is one part."""
    for n, sign in enumerate((SIGNS[0], *SIGNS[1:])):
        cuts = list(re.finditer(sign, text))
        if len(cuts) == 1:
            return text[: cuts[0].start()].strip(), text[cuts[0].end() :].strip()
        if len(cuts) > 1:
            if n == 0:
                return text[: cuts[-1].start()].strip(), text[cuts[-1].end() :].strip()
            return "", ""
        if n == 1 and (cut := _by_word(text)):
            return cut
    return None


def _by_word(text: str) -> tuple[str, str] | None:
    cuts = list(re.finditer(_word_sign(), text, re.IGNORECASE))
    if len(cuts) != 1:
        return None
    return text[: cuts[0].start()].strip(), text[cuts[0].end() :].strip()


def splits_names(cells: Sequence[str]) -> str:
    """Return which composite a column of names is, or "" if its cells are single names."""
    cut = [parts for cell in cells if (parts := split_cell(cell)) and all(parts)]
    if not cells or len(cut) * 10 < len(cells) * 6:
        return ""
    if sum("@" in cell or bool(_by_word(cell)) for cell in cells) * 2 > len(cells):
        return "position_and_company"
    first = sum(_likeness(one) - _likeness(other) for one, other in cut)
    return "position_and_company" if first > 0 else "company_and_position"


def _likeness(text: str) -> int:
    """How much a name looks like that of a position, and not of a company."""
    words = set(words_of(text))
    return 2 * bool(words & listed("job")) - 2 * bool(words & listed("firm"))


def job_share(cells: Sequence[str]) -> float:
    return _share(cells, listed("job"))


def firm_share(cells: Sequence[str]) -> float:
    return _share(cells, listed("firm"))


def _share(cells: Sequence[str], known: frozenset[str]) -> float:
    hits = sum(bool(set(words_of(cell)) & known) for cell in cells)
    return hits / len(cells) if cells else 0.0
