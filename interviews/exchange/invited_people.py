"""Where an appointment takes place, and with whom."""

import re
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email

from interviews.exchange.cards import shortened
from interviews.exchange.invited_zones import Component

LINK_MAX, NAME_MAX = 500, 200
LINKS = (
    "X-GOOGLE-CONFERENCE",
    "X-MICROSOFT-SKYPETEAMSMEETINGURL",
    "X-MICROSOFT-ONLINEMEETINGEXTERNALLINK",
    "CONFERENCE",
    "URL",
)
CALLS = re.compile(
    r"https://(?:[\w-]+\.)*(?:teams\.microsoft\.com|teams\.live\.com|zoom\.us|meet\.google\.com|"
    r"webex\.com|whereby\.com|gotomeeting\.com|meet\.jit\.si)/[^\s<>\"]+"
)
NOBODY = re.compile(r"^(no-?reply|do-?not-?reply|unknownorganizer)|@group\.calendar\.google\.com$")
NO_PERSON = {"ROOM", "RESOURCE", "GROUP"}
FREE_MAIL = {
    *("gmail", "googlemail", "outlook", "hotmail", "live", "msn", "icloud", "me", "mac", "yahoo"),
    *("aol", "gmx", "web", "proton", "protonmail", "mail", "posteo", "mailbox", "fastmail"),
}
SECOND_LEVEL = {"co", "com", "org", "net", "ac", "gov", "edu"}


@dataclass(frozen=True, slots=True)
class Invited:
    name: str
    email: str


def link_of(event: Component) -> str:
    given = (event.value(name) for name in LINKS)
    written = (event.value(name) for name in ("LOCATION", "DESCRIPTION"))
    calls = (found[0].rstrip(".,;)>") for text in written for found in CALLS.finditer(text))
    alone = (event.value("LOCATION"),)
    return next((link for link in (*given, *calls, *alone) if _is_link(link)), "")


def _is_link(said: str) -> bool:
    if not said.lower().startswith(("https://", "http://")) or len(said) > LINK_MAX:
        return False
    try:
        URLValidator()(said)
    except ValidationError:
        return False
    return True


def people_of(event: Component, own: str) -> tuple[list[Invited], str]:
    """Whoever invites first, then who else is invited, each once; and the inviting address."""
    found: dict[str, Invited] = {}
    organiser = ""
    lines = [line for line in event.lines if line.name in ("ORGANIZER", "ATTENDEE")]
    for line in sorted(lines, key=lambda line: line.name != "ORGANIZER"):
        email = re.sub(r"(?i)^mailto:", "", line.value.strip())
        if line.params.get("CUTYPE", [""])[0].upper() in NO_PERSON or not _is_person(email, own):
            continue
        if line.name == "ORGANIZER":
            organiser = email
        name = " ".join("".join(line.params.get("CN", [])).split())
        person = Invited(shortened(_name(name, email), NAME_MAX), email)
        found.setdefault(email.casefold(), person)
    return list(found.values()), organiser


def _is_person(email: str, own: str) -> bool:
    try:
        validate_email(email)
    except ValidationError:
        return False
    return email.casefold() != own.casefold() and not NOBODY.search(email.casefold())


def _name(given: str, email: str) -> str:
    """What stands before the @ where no name is given, as a proposal to be put right."""
    plain = given.strip("'\"")
    if plain and "@" not in plain:
        return plain
    return " ".join(re.split(r"[._+-]+", email.partition("@")[0])).strip().title()


def company_of(email: str) -> str:
    """A proposal after the address of whoever invites; empty for one of a free mailbox."""
    labels = email.rpartition("@")[2].casefold().split(".")[:-1]
    if len(labels) > 1 and labels[-1] in SECOND_LEVEL:
        labels = labels[:-1]
    label = labels[-1] if labels else ""
    return "" if label in FREE_MAIL else label.replace("-", " ").title()
