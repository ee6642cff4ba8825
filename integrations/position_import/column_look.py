"""One column as it is looked at: its heading, its cells, and the columns around it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from .cell_kinds import Profile
from .headings import Heading


@dataclass(frozen=True, slots=True)
class Context:
    """What the other columns tell."""

    senses: frozenset[str]
    has_company: bool
    has_position: bool
    has_link: bool
    has_applied_days: bool
    is_rounds: bool
    linked: frozenset[int]
    formulas: frozenset[int]
    companies: int
    own: frozenset[str]

    @property
    def has_talks(self) -> bool:
        return any(sense.startswith("talk.") for sense in self.senses)


@dataclass(frozen=True, slots=True)
class Look:
    """One column: its number, heading and cells, and the others around it."""

    number: int
    head: Heading
    profile: Profile
    cells: Sequence[str]
    context: Context

    @property
    def is_empty(self) -> bool:
        return not self.profile.count

    @property
    def has_days(self) -> bool:
        return self.is_empty or self.profile.days >= 0.3

    def knows(self, meaning: Callable[[str], str]) -> bool:
        known = sum(bool(meaning(cell)) for cell in self.cells[:300])
        return known * 2 >= min(len(self.cells), 300) > 0


def flag_or_notes(look: Look) -> str:
    return "state" if look.profile.flags >= 0.6 else "notes"
