"""Settle what a column holds: what its heading says, corrected by what its cells look like."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from .cell_kinds import Profile, kinds_of
from .composites import firm_share, job_share, splits_names
from .headings import Heading
from .people import one_person, several_people
from .states import meaning_of, role_of, stage_of


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


def _flag_or_notes(look: Look) -> str:
    return "state" if look.profile.flags >= 0.6 else "notes"


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


def _history(look: Look) -> str:
    profile = look.profile
    if profile.numbers >= 0.6 and profile.days < 0.3:
        return "ignored"
    if not look.is_empty and profile.days >= 0.8 and not profile.several and profile.length < 30:
        return "talk.starts"
    return "interviews"


def _starts(look: Look) -> str:
    profile = look.profile
    if profile.several >= 0.3 and profile.days and profile.length > 25:
        return "interviews"
    if look.has_days:
        is_part = look.context.is_rounds and "talk.time" in look.context.senses
        return "talk.date" if is_part else "talk.starts"
    if profile.nested >= 0.5:
        return "interviews"
    choices = (
        (profile.times >= 0.5, "talk.time"),
        (profile.flags >= 0.5, "state"),
        (profile.addresses >= 0.5, "talk.link"),
        (profile.emails >= 0.5, "person.email"),
        (look.knows(meaning_of) and not look.knows(stage_of), "state"),
        (look.knows(stage_of) and profile.length < 30, "talk.stage"),
        (profile.numbers >= 0.6, "ignored"),
        (profile.days > 0, "talk.starts"),
        (
            bool(look.head.concepts & {"recruiter", "manager"}) and profile.length < 30,
            "person.name",
        ),
    )
    return next((sense for fits, sense in choices if fits), "notes")


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


def _name(look: Look) -> str:
    profile = look.profile
    if look.is_empty:
        return "person.name"
    if _is_own(look):
        return "ignored"
    if profile.nested >= 0.5 or _hold_several(look):
        return "people"
    if profile.mixed >= 0.2 or _hold_parts(look):
        return "person."
    choices = (
        (profile.emails >= 0.5, "person.email"),
        (profile.addresses >= 0.5, "notes"),
        (profile.flags >= 0.5, "ignored"),
        (profile.days >= 0.5, "ask"),
        (profile.phones >= 0.5, "person.phone"),
    )
    return next((sense for fits, sense in choices if fits), "person.name")


def _hold_several(look: Look) -> bool:
    several = sum(len(several_people(cell)) > 1 for cell in look.cells[:200])
    return several > 0 and several * 5 >= min(len(look.cells), 200)


def _hold_parts(look: Look) -> bool:
    """A name with an address, a number or a role beside it in the same cell."""
    people = [one_person(cell) for cell in look.cells[:200]]
    rich = sum(bool(one.name and (one.email or one.phone)) for one in people)
    return rich > 0 and rich * 5 >= len(people)


def _is_own(look: Look) -> bool:
    """The same address in every row, whatever the company, is the candidate's own."""
    one = len(set(look.cells)) == 1 and look.profile.count >= 4 and look.context.companies >= 3
    return one or (look.profile.count > 0 and set(look.cells) <= look.context.own)


def _email(look: Look) -> str:
    if look.is_empty:
        return "person.email"
    if _is_own(look):
        return "ignored"
    if look.profile.emails < 0.2:
        return "person.phone" if look.profile.phones >= 0.5 else "notes"
    return "person." if look.profile.mixed >= 0.5 else "person.email"


def _phone(look: Look) -> str:
    if not look.is_empty and _is_own(look):
        return "ignored"
    if look.profile.emails >= 0.3:
        return "person." if look.profile.phones or look.profile.mixed >= 0.5 else "person.email"
    if look.profile.days >= 0.5 and not look.profile.phones:
        return "talk.starts"
    if look.profile.mixed >= 0.5 and look.profile.phones:
        return "person."
    return "notes" if look.profile.flags >= 0.6 else "person.phone"


def _role(look: Look) -> str:
    if not look.context.has_position:
        return "position"
    has_people = bool(look.context.senses & {"name", "first_name", "last_name"})
    return "person.role" if has_people or look.knows(role_of) else "notes"


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


def _date(look: Look) -> str:
    context = look.context
    if context.is_rounds:
        return "talk.date" if "talk.time" in context.senses else "talk.starts"
    if not look.has_days:
        return "talk.time" if look.profile.times >= 0.5 and context.has_talks else "notes"
    if not context.has_applied_days:
        return "applied_on"
    return "state_on" if "status" in context.senses and "answered" not in context.senses else "ask"


def _time(look: Look) -> str:
    if look.context.is_rounds or "talk.starts" in look.context.senses:
        return "talk.time" if look.is_empty or look.profile.times or look.profile.days else "notes"
    return "ignored"


def _end(look: Look) -> str:
    return "talk.ends" if look.context.is_rounds else "ignored"


def _talk_result(look: Look) -> str:
    if look.profile.days >= 0.6:
        return "state_on"
    known = look.knows(meaning_of) or look.is_empty
    return "result.kind" if known else _flag_or_notes(look)


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
        (profile.emails >= 0.6 and not _is_own(look), "person.email"),
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
    "history": _history,
    "talk.starts": _starts,
    "talk.result": _talk_result,
    "talk.end": _end,
    "talk.time": _time,
    "talk.zone": lambda look: "talk.zone" if look.context.has_talks else "ignored",
    "link": _link,
    "website": _website,
    "source": _source,
    "name": _name,
    "first_name": lambda look: "person.first_name",
    "last_name": lambda look: "person.last_name",
    "email": _email,
    "phone": _phone,
    "role": _role,
    "card": _card,
    "position": _position,
    "company": _company,
    "date": _date,
    "salary": _salary,
    "place": _place,
}
