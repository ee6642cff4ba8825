"""Decide state, closing day and result of a row from all that it says."""

from datetime import date

from .headings import Heading
from .people import Person
from .position_rows import Draft, Outcome, PositionRow
from .states import RESULTS, state_of
from .talks import without_repeats

# The furthest of several states in a row counts.
RANKS = {"nothing": 0, "saved": 1, "applied": 2, "in_talks": 3, "next_stage": 3, "offer": 4}


def implied_by(field: str, head: Heading) -> str:
    """A day below *Rejected on* says that the position is closed, and why."""
    if field == "closed_on":
        return "closed:refused" if "refused" in head.concepts else "closed"
    return "offer" if field == "result.on" and "offer" in head.concepts else ""


def furthest(meanings: list[str]) -> str:
    return max(meanings, key=_rank, default="")


def _rank(meaning: str) -> int:
    if meaning.startswith("closed:"):
        return 6
    return 5 if meaning == "closed" else RANKS.get(meaning, 0)


def finished(draft: Draft) -> PositionRow:
    meaning = furthest(draft.meanings)
    talks = tuple(without_repeats(draft.talks))
    state, reason = _state(draft, meaning, has_talks=bool(talks))
    closed_on = None
    if state == "closed":
        closed_on = draft.days.get("closed_on") or _past(draft)
    return PositionRow(
        row=draft.row,
        company=draft.company,
        position=draft.position,
        advert_url=draft.advert_url,
        source=", ".join(dict.fromkeys(draft.sources)),
        place=", ".join(dict.fromkeys(draft.places)),
        salary=" – ".join(dict.fromkeys(draft.salaries)),
        applied_on=draft.days.get("applied_on"),
        state=state,
        closed_on=closed_on,
        closing_reason=reason,
        follow_up_on=draft.days.get("follow_up_on"),
        interviews=talks,
        people=tuple(_different(draft.people)),
        result=_result(draft, meaning, state, closed_on) if talks else None,
        notes="\n".join(dict.fromkeys(draft.notes)),
        left_out=tuple(draft.left_out),
        joined=tuple(sorted(draft.joined)),
    )


def _past(draft: Draft) -> date | None:
    """The day of the state is that of closing, unless it lies before applying."""
    on, applied = draft.days.get("state_on"), draft.days.get("applied_on")
    return None if on and applied and on < applied else on


def _state(draft: Draft, meaning: str, *, has_talks: bool) -> tuple[str, str | None]:
    state, reason = state_of(meaning)
    if state in ("", "nothing"):
        state = "applied" if "applied_on" in draft.days else "saved"
        if draft.has_talked:
            state = "in_talks"
    if has_talks and state in ("saved", "applied"):
        state = "in_talks"
    return state, reason


def _result(draft: Draft, meaning: str, state: str, closed_on: date | None) -> Outcome | None:
    kind = RESULTS.get(meaning, "")
    if not kind and draft.result_meaning == "next_stage":
        kind = "next_stage"
    if not kind:
        return None
    on = draft.days.get("result.on")
    if on is None and kind == "offer" and state == "offer":
        on = draft.days.get("state_on")
    if on is None and kind not in ("offer", "next_stage"):
        on = closed_on
    return Outcome(kind, on)


def _different(people: list[Person]) -> list[Person]:
    """The same person is not there twice; what one lacks the other fills."""
    kept: list[Person] = []
    for person in people:
        for n, other in enumerate(kept):
            if _is_same(other, person):
                kept[n] = Person(
                    other.name or person.name,
                    person.email or other.email,
                    person.phone or other.phone,
                    person.role or other.role,
                )
                break
        else:
            kept.append(person)
    return [
        Person(one.name or one.email or one.phone, one.email, one.phone, one.role) for one in kept
    ]


def _is_same(one: Person, other: Person) -> bool:
    if one.email and other.email:
        return one.email.casefold() == other.email.casefold()
    if one.name and other.name:
        return one.name.casefold() == other.name.casefold()
    return bool(one.phone and one.phone == other.phone)
