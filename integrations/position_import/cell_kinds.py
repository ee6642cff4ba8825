"""What the cells of a column look like."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from .days import read_day, read_time
from .table import clean, is_blank
from .vocabulary import listed, words_of

EMAIL = re.compile(r"[\w.+\-']{1,64}@[\w\-]{1,63}(?:\.[\w\-]{1,63})+")
PHONE = re.compile(r"(?<![\w/.\-])(?:\+|00|0|\(\+?0?)?\(?\d[\d\s()/.\-–]{5,18}\d(?![\w/])")
ADDRESS = re.compile(r"(?i)^(?:https?://\S+|(?:www\.)?[\w\-]+(?:\.[\w\-]+)+(?:[/?#]\S*)?)$")
NUMBER = re.compile(r"^[+\-]?\d{1,3}(?:[\s.,']?\d{3})*(?:[.,]\d+)?%?$")
MONEY = re.compile(
    r"(?i)(?:[€$£¥₽₴₹]|\b(?:eur|usd|gbp|chf|rub|brl|r\$|pln|sek|euro|руб|тыс)\b)|\d\s?k\b|\d\s?т\.?р"
)
CLOCK_ONLY = re.compile(
    r"(?i)^\s*\d{1,2}(?:[:.h]\s?\d{2}(?::\d{2})?|h|\s?uhr)?\s*(?:[ap]\.?m\.?|uhr|h)?\s*(?:[–\-].*)?$"
)
SAMPLE = 400


@dataclass(frozen=True, slots=True)
class Profile:
    """Shares of the cells that say something."""

    count: int = 0
    days: float = 0.0
    times: float = 0.0
    numbers: float = 0.0
    emails: float = 0.0
    phones: float = 0.0
    addresses: float = 0.0
    money: float = 0.0
    flags: float = 0.0
    several: float = 0.0
    distinct: float = 0.0
    length: float = 0.0
    nested: float = 0.0
    mixed: float = 0.0


def profile_of(cells: Sequence[str]) -> Profile:
    """Describe the cells of a column; they are clean, and none is blank."""
    if not cells:
        return Profile()
    step = max(len(cells) // SAMPLE, 1)
    sample = cells[::step]
    kinds = Counter(kind for cell in sample for kind in kinds_of(cell[:400]))
    return Profile(
        count=len(cells),
        distinct=len(set(cells)) / len(cells),
        length=sum(map(len, sample)) / len(sample),
        **{
            name: kinds[name] / len(sample)
            for name in (
                *("days", "times", "numbers", "emails", "phones", "addresses", "money", "flags"),
                *("several", "nested", "mixed"),
            )
        },
    )


@lru_cache(maxsize=20_000)
def kinds_of(cell: str) -> frozenset[str]:
    """Return the names of the fields of Profile that count this cell."""
    kinds = set()
    if NUMBER.match(cell):
        kinds.add("numbers")
    if is_day(cell):
        kinds.add("days")
    elif CLOCK_ONLY.match(cell) and read_time(cell):
        kinds.add("times")
    if EMAIL.search(cell):
        kinds.add("emails")
        bare = EMAIL.sub("", cell).strip(" <>()[],;:|/-\n")
        if bare:
            kinds.add("mixed")
    elif ADDRESS.match(cell) or cell.lower().startswith(("http://", "https://", "=hyperlink")):
        kinds.add("addresses")
    elif is_phone(cell):
        kinds.add("phones")
        if re.search(r"[^\W\d_]{3,}", PHONE.sub("", cell)):
            kinds.add("mixed")
    if MONEY.search(cell) and re.search(r"\d", cell):
        kinds.add("money")
    if " ".join(words_of(cell)) in listed("yes") | listed("no"):
        kinds.add("flags")
    if "\n" in cell or ";" in cell or len(EMAIL.findall(cell)) > 1:
        kinds.add("several")
    if cell[0] in "[{" and cell[-1] in "]}":
        kinds.add("nested")
    return frozenset(kinds)


def is_day(cell: str) -> bool:
    """A day stands at the beginning, and a plain number is none."""
    day = read_day(cell) if len(cell) < 80 else None
    if day is None or len(day.rest) > 40:
        return False
    if re.fullmatch(r"\d+[.,]\d+", cell):
        return day.year is not None
    return True


def is_phone(cell: str) -> bool:
    found = PHONE.search(cell)
    return bool(found) and 6 <= len(re.sub(r"\D", "", found[0])) <= 16 if found else False


def said(cells: Sequence[str]) -> list[str]:
    """Return cells that are clean and say something."""
    return [text for cell in cells if not is_blank(text := clean(cell))]
