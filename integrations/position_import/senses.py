"""Settle what a column holds: what its heading says, corrected by what its cells look like."""

from collections.abc import Callable, Sequence

from .cell_kinds import Profile, kinds_of
from .column_look import Context, Look
from .composites import firm_share, job_share, splits_names
from .headings import Heading
from .people_senses import email_sense, is_own, name_sense, phone_sense, role_sense
from .states import meaning_of
from .talk_senses import (
    date_sense,
    end_sense,
    history_sense,
    starts_sense,
    talk_result_sense,
    time_sense,
)


def settled(
    number: int, head: Heading, profile: Profile, cells: Sequence[str], context: Context
) -> str:
    """Return a field; talks and people are not numbered yet: `talk.starts`, `person.name`."""
    look = Look(number, head, profile, cells, context)
    decide = DECISIONS.get(head.sense)
    if decide is not None:
        return decide(look)
    return head.sense or _unknown(look)


def _days_or(field: str, otherwise: Callable[[Look], str]) -> Callable[[Look], str]:
    return lambda look: field if look.has_days else otherwise(look)


def _state_or_notes(look: Look) -> str:
    return "state" if look.profile.flags >= 0.6 or look.knows(meaning_of) else "notes"


def _reason_or_notes(look: Look) -> str:
    if look.profile.flags >= 0.6:
        return "state"
    return "closing_reason" if look.knows(meaning_of) else "notes"


def _applied(look: Look) -> str:
    if look.context.is_rounds and look.head.concepts == {"date"}:
        return "talk.date"
    if look.has_days:
        return "applied_on"
    return "advert_url" if look.profile.addresses >= 0.6 else _state_or_notes(look)


def _follow_up(look: Look) -> str:
    if look.has_days:
        return "follow_up_on"
    return "ignored" if look.profile.flags >= 0.6 or look.profile.numbers >= 0.6 else "notes"


def _answered(look: Look) -> str:
    if look.has_days:
        return "state_on"
    words = [cell for cell in look.cells if "flags" not in kinds_of(cell)]
    known = sum(bool(meaning_of(cell)) for cell in words)
    return "state" if words and known * 2 >= len(words) else "notes"


def _offer(look: Look) -> str:
    if look.has_days:
        return "result.on"
    if look.profile.money >= 0.4 or look.profile.numbers >= 0.6:
        return "salary"
    return _state_or_notes(look)


def _status(look: Look) -> str:
    if look.head.key and (look.is_empty or look.profile.days >= 0.6):
        return "talk.starts"
    return "state_on" if look.profile.days >= 0.6 else "state"


def _result(look: Look) -> str:
    if look.profile.days >= 0.6:
        return "result.on"
    if not look.is_empty and not look.knows(meaning_of) and look.profile.length > 25:
        return "notes"
    has_state = "status" in look.context.senses
    return (
        "result.kind"
        if look.context.is_rounds or (has_state and look.context.has_talks)
        else "state"
    )


def _link(look: Look) -> str:
    profile = look.profile
    if look.is_empty or profile.addresses or profile.nested or look.number in look.context.linked:
        return "advert_url"
    if not look.context.has_position and profile.length < 60:
        return "position"
    return "advert_url" if "link" in look.head.order and profile.length < 25 else "notes"


def _website(look: Look) -> str:
    """A bare *Website* without another column of links is where the position was found."""
    if "company" in look.head.concepts or look.context.has_link or look.profile.addresses < 0.5:
        return "ignored"
    deep = sum(cell.rstrip("/").count("/") > 2 for cell in look.cells)
    return "advert_url" if deep * 2 >= len(look.cells) else "ignored"


def _source(look: Look) -> str:
    if look.profile.addresses >= 0.6 and not look.context.has_link and look.profile.distinct > 0.8:
        return "advert_url"
    return "notes" if look.profile.flags >= 0.6 else "source"


def _card(look: Look) -> str:
    context = look.context
    if not context.has_company and not context.has_position:
        return splits_names(look.cells) or "company_and_position"
    if not context.has_position:
        return "position"
    if not context.has_company:
        return "company"
    return (
        "person.name"
        if context.senses & {"email", "phone"} and look.profile.distinct < 1
        else "notes"
    )


def _position(look: Look) -> str:
    if look.context.has_company:
        return "position"
    return splits_names(look.cells) or "position"


def _company(look: Look) -> str:
    if look.context.has_position or "card" in look.context.senses:
        return "company"
    return splits_names(look.cells) or "company"


def _salary(look: Look) -> str:
    return "notes" if look.profile.flags >= 0.6 and look.profile.numbers < 0.6 else "salary"


def _place(look: Look) -> str:
    if "company" in look.head.concepts and not look.context.has_company:
        return "company"
    return "notes" if look.profile.flags >= 0.6 else "place"


def _are_states(look: Look) -> bool:
    known = sum(bool(meaning_of(cell)) for cell in look.cells)
    return known * 10 >= len(look.cells) * 7 and look.profile.length < 40


def _names_a_state(heading: str) -> bool:
    return meaning_of(heading) not in ("", "nothing")


def _unknown(look: Look) -> str:
    """The heading says nothing: only cells that leave no doubt do."""
    profile, context = look.profile, look.context
    if look.is_empty or look.number in context.formulas:
        return "ignored"
    choices = (
        (not context.has_company and firm_share(look.cells) >= 0.3, "company"),
        (not context.has_position and job_share(look.cells) >= 0.4, "position"),
        (profile.emails >= 0.6 and not is_own(look), "person.email"),
        (profile.addresses >= 0.6, "ignored" if context.has_link else "advert_url"),
        (profile.days >= 0.5, "ask"),
        (not context.senses & {"status", "result"} and _are_states(look), "state"),
        (profile.flags >= 0.6 and _names_a_state(look.head.text), "state"),
        (profile.flags >= 0.6 or profile.numbers >= 0.6, "ignored"),
        (any(cell.isalpha() or " " in cell for cell in look.cells), "notes"),
    )
    return next((sense for fits, sense in choices if fits), "ignored")


DECISIONS: dict[str, Callable[[Look], str]] = {
    "applied": _applied,
    "follow_up": _follow_up,
    "next_step": lambda look: "follow_up_on" if look.profile.days >= 0.5 else "notes",
    "answered": _answered,
    "closed": _days_or("closed_on", _reason_or_notes),
    "refused": _days_or("closed_on", _reason_or_notes),
    "offer": _offer,
    "status": _status,
    "numbered_status": lambda look: "state" if _are_states(look) else "ignored",
    "result": _result,
    "reason": lambda look: "closing_reason" if look.is_empty or look.knows(meaning_of) else "notes",
    "history": history_sense,
    "talk.starts": starts_sense,
    "talk.result": talk_result_sense,
    "talk.end": end_sense,
    "talk.time": time_sense,
    "talk.zone": lambda look: "talk.zone" if look.context.has_talks else "ignored",
    "link": _link,
    "website": _website,
    "source": _source,
    "name": name_sense,
    "first_name": lambda look: "person.first_name",
    "last_name": lambda look: "person.last_name",
    "email": email_sense,
    "phone": phone_sense,
    "role": role_sense,
    "card": _card,
    "position": _position,
    "company": _company,
    "date": date_sense,
    "salary": _salary,
    "place": _place,
}
