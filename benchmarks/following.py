"""Does following the steps help? Made-up candidates wait in silence, or follow Hearback's steps.

The steps are those of the real rules (`interviews.rules.decide`). The effect of a call on an
employer is assumed, and varied, since nobody has measured it: of the employers reached, a share
that would have answered later answers at once, and half that share of those who never would have
answered. A letter has half the effect of a call. Everything else is as the forecast assumes.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache

import numpy as np

from benchmarks.employers import NEVER, Answer, World
from benchmarks.waiting import SEED
from insights.forecast.compare import Comparison, Strategy, compare
from interviews.rules import (
    Agreement,
    Candidate,
    Case,
    Channel,
    Contact,
    ContactResult,
    Direction,
    Interlocutor,
    Interview,
    NextStep,
    Role,
    Step,
    Vacancy,
    decide,
)

WAITS = 4_000
OBSERVED = 60  # days, for both
MOVED = (0.0, 0.1, 0.25, 0.5)
REACHED = 0.6
MONDAY = date(2026, 3, 2)
END = time(15)
STEPS_MAX = 60
CANDIDATE = Candidate(UTC)

PartyCase = Case[str]


@dataclass(slots=True)
class _Run:
    """One simulated wait: what is recorded, and when the employer would answer."""

    case: PartyCase
    began: datetime
    answer: int
    calls: int = 0
    calls_in_vain: int = 0
    letters: int = 0

    def day_of(self, moment: datetime) -> int:
        return (moment.date() - self.began.date()).days

    @property
    def waited(self) -> Strategy:
        known = self.answer if self.answer <= OBSERVED else None
        return Strategy(known, OBSERVED, self.calls, self.calls_in_vain, self.letters)


def in_silence(answer: Answer) -> Strategy:
    return Strategy(answer.day if answer.day <= OBSERVED else None, OBSERVED)


def by_the_steps(answer: Answer, moved: float, rng: np.random.Generator) -> Strategy:
    """Follow the steps until the answer comes, nothing is left to do, or the days are over."""
    began = datetime.combine(MONDAY + timedelta(days=int(rng.integers(5))), END, UTC)
    run = _Run(_case_of(answer, began), began, answer.day)
    now = began
    for _ in range(STEPS_MAX):
        step = decide(run.case, now=now)
        moment = _moment_of(step, now)
        if moment is None or run.day_of(moment) > OBSERVED or run.answer < run.day_of(moment):
            break
        if step.step in ACTS:
            ACTS[step.step](run, moment, moved, rng)
        elif step.step == Step.CLOSE:
            break  # the candidate stops waiting; an answer that comes later still counts
        now = moment + timedelta(minutes=1)
    return run.waited


def _case_of(answer: Answer, began: datetime) -> PartyCase:
    interlocutors = (Interlocutor("Anna", Role.RECRUITER),)
    agreements: tuple[Agreement[str], ...] = ()
    if answer.promised_in is not None:
        due = began.date() + timedelta(days=answer.promised_in)
        agreements = (Agreement(began, due),)
    starts = began - timedelta(minutes=60)
    return Case(
        candidate=CANDIDATE,
        interview=Interview(starts, 60, interlocutors, nothing_agreed=not agreements),
        vacancy=Vacancy(4, 4),
        agreements=agreements,
    )


def _moment_of(step: NextStep[str], now: datetime) -> datetime | None:
    is_action = step.step in ACTS or step.step == Step.CLOSE
    moment = step.due if is_action else step.expires
    return None if moment is None else max(moment, now)


def _call(run: _Run, moment: datetime, moved: float, rng: np.random.Generator) -> None:
    run.calls += 1
    is_reached = bool(rng.random() < REACHED)
    outcome = ContactResult.REACHED if is_reached else ContactResult.NO_ANSWER
    _note(run, moment, Channel.PHONE, outcome)
    if not (is_reached and _moves(run, moment, moved, rng)):
        run.calls_in_vain += 1


def _write(run: _Run, moment: datetime, moved: float, rng: np.random.Generator) -> None:
    run.letters += 1
    _note(run, moment, Channel.EMAIL, ContactResult.SENT)
    _moves(run, moment, moved / 2, rng)


ACTS: dict[Step, Callable[[_Run, datetime, float, np.random.Generator], None]] = {
    Step.CALL: _call,
    Step.WRITE: _write,
}


def _note(run: _Run, at: datetime, channel: Channel, outcome: ContactResult) -> None:
    contact = Contact(at, Direction.OUT, channel, outcome, "Anna")
    run.case = replace(run.case, contacts=(*run.case.contacts, contact))


def _moves(run: _Run, moment: datetime, moved: float, rng: np.random.Generator) -> bool:
    """Return whether they answer on this day or the next because they were asked."""
    is_willing = run.answer < NEVER
    if rng.random() >= (moved if is_willing else moved / 2):
        return False
    run.answer = min(run.answer, run.day_of(moment) + int(rng.integers(2)))
    return True


@cache
def compared() -> dict[str, Comparison]:
    """Compare both on the same employers, for each share of employers that a call moves."""
    rng = np.random.default_rng(SEED)
    answers = [World(rng).answers(1)[0] for _ in range(WAITS)]
    ways = {"in silence": compare(in_silence(each) for each in answers)}
    for moved in MOVED:
        again = np.random.default_rng(SEED + 1)
        played = [by_the_steps(each, moved, again) for each in answers]
        ways[f"by the steps, a call moves {moved:.0%}"] = compare(played)
    return ways
