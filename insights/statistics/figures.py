"""The figures of the Insights page, as stored with the candidate (`Statistics.figures`).

Only values: no names of models, no sentences. Cancelled interviews are not counted; days are whole
days of the candidate's calendar from the end of the interview.
"""

from dataclasses import asdict, dataclass, field, fields
from typing import Any

# Raise it when a stored figure changes its meaning: older ones are computed again.
VERSION = 1
# Later answers are counted in one last bin.
DAYS_SHOWN = 60


@dataclass(frozen=True, slots=True)
class DayCounts:
    """Answers by day: `positive[d]` and `negative[d]` came on day d; the last entry holds all from
    DAYS_SHOWN on."""

    positive: list[int] = field(default_factory=list)
    negative: list[int] = field(default_factory=list)
    median: float | None = None


@dataclass(frozen=True, slots=True)
class WaitCounts:
    """Interviews that have ended: answered, still open, closed without an answer (no response, or
    silence that meant no), or withdrawn by the candidate."""

    ended: int = 0
    answered: int = 0
    positive: int = 0
    open: int = 0
    given_up: int = 0
    withdrawn: int = 0


@dataclass(frozen=True, slots=True)
class FollowUpCounts:
    """What came after a call, a letter, or no contact. `what` is "call", "letter" or "nothing".

    Of `waits` that were still silent then (for "nothing": on the fifth day, and not contacted for a
    week), `within_3` and `within_7` had an answer that many days later; `median` is over those that
    ever had one. `in_vain` are calls that nobody answered.
    """

    what: str
    waits: int = 0
    within_3: int = 0
    within_7: int = 0
    answered: int = 0
    in_vain: int = 0
    median: float | None = None


@dataclass(frozen=True, slots=True)
class StageCounts:
    """One stage of the funnel (`Interview.Stage`), in order."""

    stage: str
    held: int = 0
    went_on: int = 0  # next stage or offer
    offers: int = 0
    refused: int = 0
    silent: int = 0  # closed without an answer
    withdrawn: int = 0
    open: int = 0


@dataclass(frozen=True, slots=True)
class PromiseCounts:
    """Promises of one company, role, stage or channel. `label` is a company's name, or the key of a
    role, stage or channel. `days_late` is the median of late ones. Open ones are not counted."""

    label: str
    kept: int = 0
    late: int = 0
    broken: int = 0
    days_late: float | None = None

    @property
    def made(self) -> int:
        return self.kept + self.late + self.broken


@dataclass(frozen=True, slots=True)
class PromiseTables:
    """Companies by normalised name; the table shows the first ones, the note at a new agreement
    finds any."""

    all: PromiseCounts = field(default_factory=lambda: PromiseCounts(""))
    companies: dict[str, PromiseCounts] = field(default_factory=dict)
    roles: list[PromiseCounts] = field(default_factory=list)
    stages: list[PromiseCounts] = field(default_factory=list)
    channels: list[PromiseCounts] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class SkillGap:
    """A competence that was missing in `times` results. Since the candidate works on it: of `since`
    results, without withdrawals, it was missing in `since_lacking`; before that, in
    `before_lacking` of `before`. Days as ISO dates."""

    competence: str  # key
    name: str
    times: int
    last_on: str
    working_since_on: str | None = None
    before: int = 0
    before_lacking: int = 0
    since: int = 0
    since_lacking: int = 0


@dataclass(frozen=True, slots=True)
class MonthCounts:
    """`month` is "2026-11". Results by the month in which they became known."""

    month: str
    interviews: int = 0
    answers: int = 0
    positive: int = 0
    median: float | None = None


@dataclass(frozen=True, slots=True)
class HelpedCounts:
    """Waits in silence compared with waits with follow-ups, by `insights/forecast/compare.py`.
    `known_10` and `known_20`: known by day 10 and 20, of those that lasted as long."""

    what: str  # "silence" or "steps"
    waits: int = 0
    median: float | None = None
    half_on: int | None = None  # by which day half were known (Kaplan-Meier)
    known_10: int = 0
    of_10: int = 0
    known_20: int = 0
    of_20: int = 0
    calls: int = 0
    calls_in_vain: int = 0


@dataclass(frozen=True, slots=True)
class Figures:
    waits: WaitCounts = field(default_factory=WaitCounts)
    days: DayCounts = field(default_factory=DayCounts)
    followed: list[FollowUpCounts] = field(default_factory=list)
    helped: list[HelpedCounts] = field(default_factory=list)
    stages: list[StageCounts] = field(default_factory=list)
    promises: PromiseTables = field(default_factory=PromiseTables)
    lacking: list[SkillGap] = field(default_factory=list)
    months: list[MonthCounts] = field(default_factory=list)
    version: int = VERSION

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "Figures":
        """Return the figures if this version stored them, or else None."""
        if stored.get("version") != VERSION:
            return cls()
        promises = stored["promises"]
        return cls(
            waits=WaitCounts(**stored["waits"]),
            days=DayCounts(**stored["days"]),
            followed=[FollowUpCounts(**each) for each in stored["followed"]],
            helped=[HelpedCounts(**each) for each in stored["helped"]],
            stages=[StageCounts(**each) for each in stored["stages"]],
            promises=PromiseTables(
                all=PromiseCounts(**promises["all"]),
                companies={
                    name: PromiseCounts(**each) for name, each in promises["companies"].items()
                },
                **{
                    each.name: [PromiseCounts(**row) for row in promises[each.name]]
                    for each in fields(PromiseTables)
                    if each.name in ("roles", "stages", "channels")
                },
            ),
            lacking=[SkillGap(**each) for each in stored["lacking"]],
            months=[MonthCounts(**each) for each in stored["months"]],
        )
