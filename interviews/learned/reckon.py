"""All that one candidate's facts teach, in a number of queries that does not grow with them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from interviews.chances import Belief, Spell
from interviews.chances.fit import believe
from interviews.learned import counting
from interviews.learned.assumed import assumptions_of
from interviews.learned.figures import Figures
from interviews.learned.kept import promises_of, tabulate
from interviews.learned.lacking import count_lacking
from interviews.learned.spells import count_spells
from interviews.learned.tally import Tally, tally_companies
from interviews.learned.waits import Wait, waits_of
from interviews.models import Candidate

# So young a wait moves from one day to the next; older ones hardly do.
MOVING = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Lesson:
    """`due_at` is when it is to be reckoned anew, if no fact comes before; None: never."""

    figures: Figures
    spells: Mapping[Spell, int]
    belief: Belief
    tallies: list[Tally]
    due_at: datetime | None


def reckon(candidate: Candidate, others: Mapping[Spell, float], *, now: datetime) -> Lesson:
    """`others`: the stretches of silence of everybody who shares."""
    waits = waits_of(candidate, now=now)
    today = now.astimezone(candidate.zone).date()
    spells = count_spells(waits, today=today)
    made = promises_of(waits, now=now)
    return Lesson(
        figures=Figures(
            waits=counting.count_waits(waits),
            days=counting.count_days(waits),
            followed=counting.count_followed(waits, today=today),
            helped=counting.count_helped(waits, today=today),
            stages=counting.count_stages(waits),
            promises=tabulate(made),
            lacking=count_lacking(candidate, waits),
            months=counting.count_months(waits),
        ),
        spells=spells,
        belief=believe(spells, others, assumptions_of(candidate)),
        tallies=tally_companies(waits, made, now=now),
        due_at=_due_at(candidate, waits, now=now),
    )


def _due_at(candidate: Candidate, waits: list[Wait], *, now: datetime) -> datetime | None:
    """The next midnight of hers, while something young is open."""
    if not any(not each.kind and now - each.ended_at < MOVING for each in waits):
        return None
    tomorrow = now.astimezone(candidate.zone).date() + timedelta(days=1)
    return datetime.combine(tomorrow, time(), candidate.zone)
