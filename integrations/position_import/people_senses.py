"""Settle what a column about people holds."""

from .column_look import Look
from .people import one_person, several_people
from .states import role_of


def name_sense(look: Look) -> str:
    profile = look.profile
    if look.is_empty:
        return "person.name"
    if is_own(look):
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


def is_own(look: Look) -> bool:
    """The same address in every row, whatever the company, is the candidate's own."""
    one = len(set(look.cells)) == 1 and look.profile.count >= 4 and look.context.companies >= 3
    return one or (look.profile.count > 0 and set(look.cells) <= look.context.own)


def email_sense(look: Look) -> str:
    if look.is_empty:
        return "person.email"
    if is_own(look):
        return "ignored"
    if look.profile.emails < 0.2:
        return "person.phone" if look.profile.phones >= 0.5 else "notes"
    return "person." if look.profile.mixed >= 0.5 else "person.email"


def phone_sense(look: Look) -> str:
    if not look.is_empty and is_own(look):
        return "ignored"
    if look.profile.emails >= 0.3:
        return "person." if look.profile.phones or look.profile.mixed >= 0.5 else "person.email"
    if look.profile.days >= 0.5 and not look.profile.phones:
        return "talk.starts"
    if look.profile.mixed >= 0.5 and look.profile.phones:
        return "person."
    return "notes" if look.profile.flags >= 0.6 else "person.phone"


def role_sense(look: Look) -> str:
    if not look.context.has_position:
        return "position"
    has_people = bool(look.context.senses & {"name", "first_name", "last_name"})
    is_role = look.is_empty or has_people or look.knows(role_of)
    return "person.role" if is_role else "notes"
