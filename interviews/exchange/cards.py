"""Business cards: read from a .vcf file (vCard 2.1, 3.0, 4.0), and written as one (3.0)."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.core import signing
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from icalendar.parser import Contentline

from interviews.exchange.lines import (
    Line,
    UnreadableError,
    Upload,
    escape,
    read_lines,
    split,
    unescape,
)
from interviews.models import Candidate, Company, Interlocutor, normalise_name
from interviews.services.cards import BusinessCard

CARDS_MAX = 100
NOTES_MAX = 2000
REVIEW_SECONDS = 24 * 60 * 60
# Pictures and keys; and what phones add of their own, which can be as long.
DROPPED = frozenset({"PHOTO", "LOGO", "SOUND", "KEY", "X-ANDROID-CUSTOM", "AGENT"})
NOT_FOR_TALKING = {"FAX", "PAGER", "MODEM", "BBS"}
DIGITS_MIN = 3


# --- in -----------------------------------------------------------------------------------------


def read_cards(upload: Upload) -> list[BusinessCard]:
    """Every card with a name, each once; raises UnreadableError."""
    cards: dict[tuple[str, str, str], BusinessCard] = {}
    for number, lines in enumerate(_each_card(upload), start=1):
        if number > CARDS_MAX:
            raise UnreadableError(
                _("There are more than %(count)d cards in this file; export fewer at a time.")
                % {"count": CARDS_MAX}
            )
        card = _card(lines)
        if card is not None:
            key = (normalise_name(card.name), normalise_name(card.company), card.email.casefold())
            cards.setdefault(key, card)
    if not cards:
        raise UnreadableError(_("There is no card with a name in this file."))
    return list(cards.values())


def _each_card(upload: Upload) -> Iterator[list[Line]]:
    lines: list[Line] | None = None
    for line in read_lines(upload, kind="VCARD", dropped=DROPPED):
        is_edge = line.value.strip().upper() == "VCARD"
        if line.name == "BEGIN" and is_edge:
            lines = []
        elif line.name == "END" and is_edge and lines is not None:
            yield lines
            lines = None
        elif lines is not None:
            lines.append(line)
    if lines is not None:
        raise UnreadableError(_("This file ends in the middle of a card; export it anew."))


def _card(lines: list[Line]) -> BusinessCard | None:
    company = _first(lines, "ORG", _first_part)
    name = _first(lines, "FN", _one_line) or _first(lines, "N", _structured_name) or company
    if not name:
        return None
    return BusinessCard(
        name=shortened(name, _length(Interlocutor, "name")),
        company=shortened(company, _length(Company, "name")),
        position=shortened(_first(lines, "TITLE", _one_line), _length(Interlocutor, "position")),
        phone=_first(lines, "TEL", _phone),
        email=_first(lines, "EMAIL", _email),
        notes=shortened(_first(lines, "NOTE", lambda line: line.text.strip()), NOTES_MAX),
    )


def _first(lines: list[Line], name: str, read: Any) -> str:
    """What the first line of this name that says anything says."""
    found = (read(line) for line in lines if line.name == name)
    return next((value for value in found if value), "")


def _one_line(line: Line) -> str:
    return " ".join(line.text.split())


def _first_part(line: Line) -> str:
    """An organisation, without its departments."""
    return " ".join(unescape(split(line.value, ";")[0]).split())


def _structured_name(line: Line) -> str:
    """Family; given; more given; prefix; suffix: as they are said."""
    parts = [" ".join(unescape(part).split()) for part in split(line.value, ";")]
    family, given, more, prefix, suffix = (*parts, "", "", "", "", "")[:5]
    return " ".join(part for part in (prefix, given, more, family, suffix) if part)


def _phone(line: Line) -> str:
    said = _one_line(line)
    if said.lower().startswith("tel:"):
        said = said[4:].partition(";")[0]
    digits = sum(sign.isdecimal() for sign in said)
    is_sensible = digits >= DIGITS_MIN and len(said) <= _length(Interlocutor, "phone")
    return said if is_sensible and not line.types() & NOT_FOR_TALKING else ""


def _email(line: Line) -> str:
    said = _one_line(line)
    said = said[7:] if said.lower().startswith("mailto:") else said
    try:
        validate_email(said)
    except ValidationError:
        return ""
    return said if len(said) <= _length(Interlocutor, "email") else ""


def shortened(text: str, length: int) -> str:
    """Cut where it is seen: the last sign is then an ellipsis."""
    return text if len(text) <= length else f"{text[: length - 1]}…"


def _length(model: type[Interlocutor] | type[Company], field: str) -> int:
    length: int = model._meta.get_field(field).max_length  # type: ignore[assignment,union-attr]
    return length


# --- between reading and saving -----------------------------------------------------------------


def sign_cards(cards: Iterable[BusinessCard], *, candidate: Candidate) -> str:
    """What the page for review carries, so that nothing is stored before it is saved."""
    return signing.dumps([card.to_json() for card in cards], salt=_salt(candidate), compress=True)


def read_signed(signed: str, *, candidate: Candidate) -> list[BusinessCard] | None:
    """None for what was altered, is another candidate's, or a day old."""
    try:
        rows = signing.loads(signed, salt=_salt(candidate), max_age=REVIEW_SECONDS)
    except signing.BadSignature:
        return None
    return [BusinessCard(**row) for row in rows]


def _salt(candidate: Candidate) -> str:
    return f"hearback.cards.{candidate.pk.hex}"


# --- out ----------------------------------------------------------------------------------------


def write_cards(people: Iterable[Interlocutor]) -> bytes:
    """Version 3.0, which phones and Outlook read alike (docs/calendar.md). Her notes stay out:
    a card is made to be passed on."""
    return b"".join(_written(person) for person in people)


def _written(person: Interlocutor) -> bytes:
    # Which part of a name is the family's is not known, and not guessed.
    lines = ["BEGIN:VCARD", "VERSION:3.0", f"UID:urn:uuid:{person.pk}"]
    lines += [f"FN:{escape(person.name)}", f"N:;{escape(person.name)};;;"]
    optional = {
        "ORG": person.company.name if person.company else "",
        "TITLE": person.position,
        "TEL;TYPE=WORK,VOICE": person.phone,
        "EMAIL;TYPE=INTERNET": person.email,
    }
    lines += [f"{name}:{escape(value)}" for name, value in optional.items() if value]
    return b"".join(Contentline(line).to_ical() + b"\r\n" for line in [*lines, "END:VCARD"])
