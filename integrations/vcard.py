"""Business cards: read from a .vcf file (vCard 2.1, 3.0, 4.0) and written as 3.0."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from email.utils import parseaddr
from urllib.parse import unquote

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from icalendar.parser import Contentline

from integrations.content_lines_read import (
    ContentLine,
    UnreadableError,
    Upload,
    escape,
    read_lines,
    split,
    unescape,
)
from integrations.vcard_import import BusinessCard
from interviews.models import Company, Interlocutor, normalise_name

CARDS_MAX = 100
NOTES_MAX = 2000
# Images and keys, and long extensions of phones.
DROPPED = frozenset({"PHOTO", "LOGO", "SOUND", "KEY", "X-ANDROID-CUSTOM"})
TAKEN = {"FN", "N", "NICKNAME", "ORG", "TITLE", "ROLE", "TEL", "EMAIL", "NOTE"}
DEPTH_MAX = 2
PREFERENCES = 100
UNREAD_MAX = 80
NOT_FOR_TALKING = {"FAX", "PAGER", "MODEM", "BBS"}
DIGITS_MIN = 3


# --- in -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ReadCard:
    """`remarks` are sentences about what could not be taken over as written."""

    card: BusinessCard
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CardFile:
    read: tuple[ReadCard, ...]
    remarks: tuple[str, ...] = ()

    @property
    def cards(self) -> list[BusinessCard]:
        return [each.card for each in self.read]


def read_cards(upload: Upload, *, country: str = "") -> CardFile:
    """Return every card with a name, each once. `country` is the candidate's. Raise
    UnreadableError."""
    found: dict[tuple[str, str, str], ReadCard] = {}
    nameless = 0
    for number, (lines, is_whole) in enumerate(_each_card(upload, country), start=1):
        if number > CARDS_MAX:
            raise UnreadableError(
                _("This file has more than %(count)d contacts. Export fewer at a time.")
                % {"count": CARDS_MAX}
            )
        if _is_of_many(lines):
            continue
        read = _read(lines, is_whole=is_whole)
        if read is None:
            nameless += 1
            continue
        card = read.card
        key = (normalise_name(card.name), normalise_name(card.company), card.email.casefold())
        found.setdefault(key, read)
    if not found:
        raise UnreadableError(_("We found no named contacts in this file. Choose another file."))
    return CardFile(tuple(found.values()), tuple(_left_out(nameless)))


def _left_out(nameless: int) -> Iterator[str]:
    if nameless:
        yield ngettext(
            "We left out %(count)d contact without a name.",
            "We left out %(count)d contacts without a name.",
            nameless,
        ) % {"count": nameless}


def _each_card(upload: Upload, country: str) -> Iterator[tuple[list[ContentLine], bool]]:
    """Yield each card's lines and whether it is complete; an AGENT's card is nested in another."""
    open_cards: list[list[ContentLine]] = []
    lines = read_lines(upload, kind="VCARD", dropped=DROPPED, country=country)
    for line in lines:
        is_edge = line.value.strip().upper() == "VCARD"
        if line.name == "BEGIN" and is_edge:
            if open_cards and not _is_agents(open_cards[-1]):
                yield open_cards.pop(), False
            open_cards = [*open_cards[-DEPTH_MAX:], []]
        elif line.name == "END" and is_edge and open_cards:
            yield open_cards.pop(), True
        elif open_cards:
            open_cards[-1].append(line)
    yield from ((lines, False) for lines in reversed(open_cards))


def _is_agents(lines: list[ContentLine]) -> bool:
    return bool(lines) and lines[-1].name == "AGENT" and not lines[-1].value.strip()


def _is_of_many(lines: list[ContentLine]) -> bool:
    """Skip a contact list, whose members have cards of their own."""
    kinds = (line.text for line in lines if line.name in ("KIND", "X-ADDRESSBOOKSERVER-KIND"))
    return any(kind.strip().lower() == "group" for kind in kinds)


def _read(lines: list[ContentLine], *, is_whole: bool) -> ReadCard | None:
    company = _first(lines, "ORG", _first_part)
    position = _first(lines, "TITLE", _one_line) or _first(lines, "ROLE", _one_line)
    email, *more_emails = _every(lines, "EMAIL", _email) or [""]
    phone, *more_phones = _every(lines, "TEL", _phone(lines)) or [""]
    name = (
        _first(lines, "FN", _full_name)
        or _first(lines, "N", _structured_name)
        or _first(lines, "NICKNAME", _one_line)
        or company
        or email
    )
    if not name:
        return None
    remarks = [] if is_whole else [_("This contact is incomplete. Check what’s missing.")]
    if any(line.is_guessed for line in lines if line.name in TAKEN):
        remarks.append(_("We had to guess some letters. Check them."))
    more = [*more_phones, *more_emails, *_unread(lines, phone, email)]
    if more:
        remarks.append(_("Added to the notes: %(more)s") % {"more": ", ".join(more)})
    notes = "\n".join(
        [*more, *filter(None, [_first(lines, "NOTE", lambda line: line.text.strip())])]
    )
    card = BusinessCard(
        name=shortened(name, _length(Interlocutor, "name")),
        company=shortened(company, _length(Company, "name")),
        position=shortened(position, _length(Interlocutor, "position")),
        phone=phone,
        email=email,
        notes=shortened(notes, NOTES_MAX),
    )
    return ReadCard(card, tuple(remarks))


def _first(lines: list[ContentLine], name: str, read: Callable[[ContentLine], str]) -> str:
    """Return the value of the preferred property of this name, or the first one with a value."""
    return next(iter(_every(lines, name, read)), "")


def _every(lines: list[ContentLine], name: str, read: Callable[[ContentLine], str]) -> list[str]:
    named = sorted((line for line in lines if line.name == name), key=_preference)
    return list(dict.fromkeys(filter(None, map(read, named))))


def _preference(line: ContentLine) -> int:
    """PREF=1 of vCard 4.0 comes before PREF=2; TYPE=pref of 3.0 and PREF of 2.1 before none."""
    said = line.param("PREF").strip()
    if said.isascii() and said.isdecimal():
        return min(int(said[:4]), PREFERENCES)
    return 1 if "PREF" in line.types() else PREFERENCES + 1


def _one_line(line: ContentLine) -> str:
    return " ".join(line.text.split())


def _full_name(line: ContentLine) -> str:
    """Ignore a name that is only the address, as mail programs collect them."""
    said = _one_line(line)
    return "" if said == _email(line) else said


def _first_part(line: ContentLine) -> str:
    """Return an organisation without its departments."""
    return " ".join(unescape(split(line.value, ";")[0]).split())


def _structured_name(line: ContentLine) -> str:
    """Order the parts (family, given, additional, prefix, suffix) as people say them."""
    parts = [
        " ".join(" ".join(map(unescape, split(part, ","))).split())
        for part in split(line.value, ";")
    ]
    family, given, more, prefix, suffix = (*parts, "", "", "", "", "")[:5]
    return " ".join(part for part in (prefix, given, more, family, suffix) if part)


def _phone(lines: list[ContentLine]) -> Callable[[ContentLine], str]:
    """Return a phone number; cards may label their numbers (item1.X-ABLabel)."""
    labels = {line.group: line.text.upper() for line in lines if line.name == "X-ABLABEL"}

    def read(line: ContentLine) -> str:
        said = _tel_number(line)
        is_for_talking = not line.types() & NOT_FOR_TALKING and not any(
            kind in labels.get(line.group or "-", "") for kind in NOT_FOR_TALKING
        )
        digits = sum(sign.isdecimal() for sign in said)
        fits = digits >= DIGITS_MIN and len(said) <= _length(Interlocutor, "phone")
        return said if fits and is_for_talking else ""

    return read


def _tel_number(line: ContentLine) -> str:
    """Format a tel: URI as people write it, with its extension (RFC 3966)."""
    said = _one_line(line)
    scheme, _colon, address = said.partition(":")
    if scheme.lower() not in ("tel", "callto"):
        return said
    number, *params = unquote(address).strip().split(";")
    told = {
        name.lower(): value for name, _equals, value in (each.partition("=") for each in params)
    }
    context = told.get("phone-context", "")
    number = f"{context} {number}" if context.startswith("+") and number[:1] != "+" else number
    return f"{number} ext. {told['ext']}" if told.get("ext") else number


def _email(line: ContentLine) -> str:
    said = _one_line(line)
    said = unquote(said[7:].partition("?")[0]) if said.lower().startswith("mailto:") else said
    said = parseaddr(said)[1] if "<" in said else said
    try:
        validate_email(said)
    except ValidationError:
        return ""
    return said if len(said) <= _length(Interlocutor, "email") else ""


def _unread(lines: list[ContentLine], phone: str, email: str) -> list[str]:
    """Name a value that is no valid number or address."""
    said = []
    for line in lines:
        read = {"TEL": _phone([]), "EMAIL": _email}.get(line.name)
        text = _one_line(line)
        if read and text and not read(line) and not line.types() & NOT_FOR_TALKING:
            said.append(shortened(text, UNREAD_MAX))
    return said


def shortened(text: str, length: int) -> str:
    """Cut a text visibly: the last character becomes an ellipsis."""
    return text if len(text) <= length else f"{text[: length - 1]}…"


def _length(model: type[Interlocutor] | type[Company], field: str) -> int:
    length: int = model._meta.get_field(field).max_length  # type: ignore[assignment,union-attr]
    return length


# --- out ----------------------------------------------------------------------------------------


def write_cards(people: Iterable[Interlocutor]) -> bytes:
    """Version 3.0, which phones and Outlook read alike (docs/calendar.md). The candidate's notes
    are left out, because cards are shared."""
    return b"".join(_written(person) for person in people)


def _written(person: Interlocutor) -> bytes:
    # Which part of a name is the family name is not known, and not guessed.
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
