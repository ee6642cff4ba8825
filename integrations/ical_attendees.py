"""The people and the company of an invitation."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from email.utils import parseaddr
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import unquote

import idna
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from accounts.addresses import canonical_address
from integrations.content_lines_read import ContentLine
from integrations.ical_zones_read import Component
from integrations.vcard import shortened

if TYPE_CHECKING:
    from publicsuffixlist import PublicSuffixList

NAME_MAX = 200
MAILTO = re.compile(r"(?i)(?:mailto:\s*)+/*")
# After a name: Anna Lang <anna@acme.example>, Anna Lang (anna@acme.example).
ADDRESS = re.compile(r"\s*[<(\[](?:mailto:)?[^\s<>()\[\]]+@[^\s<>()\[\]]+[>)\]]$", re.IGNORECASE)
# Placeholders that programs write instead of a missing name.
NO_NAMES = {"undefined", "null", "none", "nan"}
NOBODY = re.compile(
    r"(?i)^(?:[^@]*[+._-])?(?:no|do[._-]?not)[._-]?reply\d*[+@._-]|"
    r"^(?:unknownorganizer|calendar-notification|notifications?|mailer(?:-daemon)?|bounces?)[+@._-]|"
    r"@(?:group|resource)\.calendar\.google\.com$"
)
# Relays that hide the sender's own address.
RELAY = re.compile(r"(?i)@imip\.me\.com$|\.invalid$")
NO_PERSON = {"ROOM", "RESOURCE", "GROUP"}
NOT_COMING = {"DECLINED", "DELEGATED"}
# Names in Notes and directories: CN=Anna Lang/OU=HR/O=Acme, and Anna Lang/HR/Acme.
DIRECTORY = re.compile(
    r"(?i)CN=([^/,=]+)(?:[/,].*)?|([^/]+\s[^/]*[^/\s])/(?:[^/]*/)*[^\W\d_]{2}[^/\s]*", re.DOTALL
)
FREE_MAIL = {
    *("gmail", "googlemail", "outlook", "hotmail", "live", "msn", "icloud", "me", "mac", "yahoo"),
    *("aol", "gmx", "web", "proton", "protonmail", "pm", "mail", "posteo", "mailbox", "fastmail"),
    *("appleid", "ymail", "rocketmail", "zoho", "tuta", "tutanota", "hey", "duck", "t-online"),
    *("freenet", "arcor", "bluewin", "hispeed", "orange", "wanadoo", "free", "laposte", "sfr"),
    *("libero", "virgilio", "tiscali", "yandex", "rambler", "inbox", "qq", "163", "126", "naver"),
    *("daum", "hanmail", "comcast", "verizon", "att", "sbcglobal", "btinternet", "rediffmail"),
    *("seznam", "centrum", "wp", "onet", "o2", "interia", "ukr", "abv"),
    # Mailboxes that send invitations for many people.
    *("calendly", "greenhouse", "lever", "ashbyhq", "smartrecruiters", "cal", "goodtime"),
    *("greenhouse-mail", "myworkday", "doodle", "workablemail", "teamtailor-mail", "recruitee"),
    *("savvycal", "youcanbook", "oncehub", "chilipiper", "icims", "taleo", "successfactors"),
    *("jobvite", "breezy-mail", "applytojob", "zohorecruit", "linkedin", "xing", "indeed"),
}
# Domains with a subdomain for each customer that are no public suffixes.
OF_TENANTS = {"onmicrosoft"}
DOTLESS = {"gmail.com", "googlemail.com"}


@dataclass(frozen=True, slots=True)
class Invited:
    """`email` is empty for somebody named without one."""

    name: str
    email: str


@dataclass(frozen=True, slots=True)
class Own:
    """The reader: somebody with this name or one of these addresses is no interlocutor."""

    emails: Collection[str]
    name: str = ""

    def has(self, email: str) -> bool:
        return mailbox(email) in map(mailbox, self.emails)

    def is_called(self, name: str) -> bool:
        return bool(self.name) and name.casefold().split() == self.name.casefold().split()


def mailbox(email: str) -> str:
    """Return one spelling for addresses of the same mailbox: anna+jobs@…"""
    local, _at, domain = canonical_address(email).rpartition("@")
    local = local.partition("+")[0] or local
    return f"{local.replace('.', '')}@gmail.com" if domain in DOTLESS else f"{local}@{domain}"


def people_of(event: Component, own: Own) -> tuple[list[Invited], str]:
    """Return the organiser and then the other attendees, each once, and the company that their
    addresses suggest."""
    found: dict[str, Invited] = {}
    for line in [*event.all("ORGANIZER"), *filter(_is_coming, event.all("ATTENDEE"))]:
        if line.param("CUTYPE").upper() not in NO_PERSON and (person := _person(line, own)):
            found.setdefault(person.email.casefold() or person.name, person)
    named = {person.name for person in found.values() if person.email}
    people = [each for each in found.values() if each.email or each.name not in named]
    return people, next(filter(None, (company_of(each.email) for each in people)), "")


def _is_coming(line: ContentLine) -> bool:
    """Exclude people who declined, delegated, or get it only for information."""
    has_gone = line.param("PARTSTAT").upper() in NOT_COMING or bool(line.param("DELEGATED-TO"))
    return not has_gone and line.param("ROLE").upper() != "NON-PARTICIPANT"


def _person(line: ContentLine, own: Own) -> Invited | None:
    """Identify a person by the address, or by EMAIL, SENT-BY or the name."""
    name = _common_name(line.param("CN"))
    said = _address(line.value), _address(line.param("EMAIL"))
    if any(map(own.has, said)):
        return None
    email = next(filter(_is_persons, said), "")
    if not email and _is_persons(sent_by := _address(line.param("SENT-BY"))):
        name, email = "", sent_by  # the name belongs to whom it was sent for
    if own.has(email) or (not email and (own.is_called(name) or own.has(name))):
        return None
    if not email and (not name or "@" in name or any(map(NOBODY.search, said))):
        return None
    return Invited(shortened(_name(name, email), NAME_MAX), email)


def _common_name(said: str) -> str:
    plain = ADDRESS.sub("", " ".join(said.split())).strip("'\"").strip()
    if set(plain.casefold().split()) <= NO_NAMES:
        return ""
    found = DIRECTORY.fullmatch(plain)
    return (found[1] or found[2]).strip() if found else plain


def _address(said: str) -> str:
    """Parse mailto:anna@acme.example?subject=…, or “Anna <anna@acme.example>”."""
    plain = said.strip().strip("'\"")
    if found := MAILTO.search(plain):  # some programs put the rest of an unquoted name before it
        plain = unquote(plain[found.end() :].partition("?")[0])
    return (parseaddr(plain)[1] if "<" in plain else plain).strip()


def _is_persons(email: str) -> bool:
    try:
        validate_email(email)
    except ValidationError:
        return False
    return not NOBODY.search(email) and not RELAY.search(email)


def _name(given: str, email: str) -> str:
    """Suggest a name from the local part of the address, for the candidate to correct."""
    if given and "@" not in given:
        return given
    local = email.partition("@")[0].partition("+")[0]
    return " ".join(re.split(r"[._-]+", local)).strip().title()


def company_of(email: str) -> str:
    """Suggest a company from the address's domain; empty for free mail providers."""
    host = email.rpartition("@")[2].casefold().rstrip(".")
    domain = _suffixes().privatesuffix(host) or ""
    label = domain.partition(".")[0]
    if label in OF_TENANTS:
        label = host.removesuffix(domain).partition(".")[0]
    return "" if label in FREE_MAIL else _readable(label).replace("-", " ").title()


@cache
def _suffixes() -> "PublicSuffixList":
    """Loaded on first use: it takes a megabyte and a tenth of a second."""
    from publicsuffixlist import PublicSuffixList

    return PublicSuffixList()


def _readable(label: str) -> str:
    """Decode an internationalised name: bäckerei, not xn--bckerei-…"""
    try:
        return idna.decode(label)
    except idna.IDNAError:
        return label
