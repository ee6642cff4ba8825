"""Split a wait into spells of silence (`insights/forecast`): each new agreement begins another."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from insights.forecast import Ending, Silence, Spell
from insights.statistics.spans import GIVEN_UP, AgreedDay, Span
from interviews.models import Result


@dataclass(frozen=True, slots=True)
class OpenSpell:
    """An open spell: since when it has been silent, until which day an answer was promised, and
    whether silence after that day means no by agreement."""

    silence: Silence
    since_on: date
    promised_on: date | None = None
    is_silence_no: bool = False


def open_spell(wait: Span, *, today: date) -> OpenSpell | None:
    """Return None if the outcome is known."""
    if wait.kind:
        return None
    begins, agreed = _stretches(wait)[-1]
    days = max((today - begins).days, 0)
    silence = Silence(days, wait.employer, _promised_in(begins, agreed))
    is_silence_no = agreed is not None and agreed.is_silence_no
    promised_on = None if agreed is None else agreed.due_on
    return OpenSpell(silence, begins, promised_on, is_silence_no)


def spells_of(wait: Span, *, today: date) -> list[Spell]:
    """Return the spells that say something: not those that another agreement ended on the first
    day."""
    stretches = _stretches(wait)
    ends = [begins for begins, _agreed in stretches[1:]]
    end = _end(wait, today)
    ending = Ending.OPEN
    if wait.is_answered:
        ending = Ending.POSITIVE if wait.is_positive else Ending.NEGATIVE
    spells = []
    for number, (begins, agreed) in enumerate(stretches):
        is_last = number == len(stretches) - 1
        until = end if is_last else min(ends[number], end)
        spell = Spell(
            days=(until - begins).days,
            ending=ending if is_last else Ending.OPEN,
            employer=wait.employer,
            promised_in=_promised_in(begins, agreed),
            is_dated=wait.is_day_known or not is_last,
        )
        if spell.days or spell.ending != Ending.OPEN:
            spells.append(spell)
    return spells


def _end(wait: Span, today: date) -> date:
    """The last day of the wait. An answer whose day nobody knows came at the latest when it was
    recorded, or before the next stage; a silence without an end lasted until it was recorded."""
    is_open_end = wait.kind in GIVEN_UP or wait.kind in (Result.Kind.OFFER, Result.Kind.REFUSAL)
    if not wait.is_day_known and is_open_end and wait.recorded_on is not None:
        return wait.recorded_on
    return today if wait.known_on is None else wait.known_on


def count_spells(waits: Iterable[Span], *, today: date) -> Counter[Spell]:
    return Counter(spell for wait in waits for spell in spells_of(wait, today=today))


def _stretches(wait: Span) -> list[tuple[date, AgreedDay | None]]:
    """Yield each spell with its first day and its agreement. The candidate's own promises begin
    none, and neither do agreements after the result."""
    stretches: list[tuple[date, AgreedDay | None]] = [(wait.ended_on, None)]
    for agreed in wait.agreed:
        if not agreed.is_employers:
            continue
        if wait.known_on is not None and agreed.made_on > wait.known_on:
            break
        begins = max(agreed.made_on, wait.ended_on)
        if begins == stretches[-1][0]:
            stretches[-1] = (begins, agreed)
        else:
            stretches.append((begins, agreed))
    return stretches


def _promised_in(begins: date, agreed: AgreedDay | None) -> int | None:
    if agreed is None or agreed.due_on is None:
        return None
    return max((agreed.due_on - begins).days, 0)
