"""The URLs by which pages and mails call people or write to them."""

import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import quote

# The fewest digits of a national number with its area code; an extension has fewer.
DIGITS_MIN = 7
# A word may also begin another number: “030 5550012 mobil 0170 1234567”.
SEPARATOR = re.compile(
    r"(\s*(?:[|/;&\n]|,(?!,)|\b(?:or|and|oder|und|ou|et|или)\b)\s*|\s+(?=[^\W\d_]))", re.IGNORECASE
)
FAX = re.compile(r"\b(?:tele)?fax\b", re.IGNORECASE)
EXTENSION = re.compile(
    r";\s*ext\s*=|(?:内線|內線|分机|分機|转|轉|내선|"
    r"(?<![^\W\d_])(?:ext(?:ension|n)?|extensi[oó]n|extens[aã]o|extensie|durchwahl|dw|app(?:arat)?|"
    r"nebenstelle|nst|klappe|poste|toestel|tst|wew(?:nętrzny)?|linka|klapka|anexo|ramal|intern[ao]?|int|"
    r"internal|lokal|anknytning|dahili|mellék|доб(?:авочный)?|дод|внутр(?:енний)?|שלוחה|تحويلة)(?![^\W\d_]))"
    r"[.:\s]*(?:(?:nr|no|num)\b[.:\s]*)?[#-]?\s*",
    re.IGNORECASE,
)
# Phones write a pause before an extension in this way.
PAUSE = re.compile(r"(?<=\d)\s*[pw]\s*(?=\d+#?\s*$)", re.IGNORECASE)
# 1-800-JOBCALL: upper-case letters after the few digits of a code.
OF_KEYS = re.compile(
    r"(?:\+|00)?(?:[\s().-]*\d){1,6}[\s).-]*(?=(?:[\s\d-]*[A-Z]){4})[A-Z][A-Z\d\s-]*"
)
WORD = re.compile(r"[^\W\d_]+\.?:?")
REMARK = re.compile(r"\((?!\s*(?:ext|x)\b)[^()]*[^\W\d_]{2}[^()]*\)", re.IGNORECASE)
# “030 5550012 / 13”: another last part of the same number.
ENDING = re.compile(
    r"((?:\d\W*){9,}(?=/\W*\d{1,2}\s*$)|(?:\d\W*){10,}(?=/\W*\d{3,4}\s*$))/\W*\d+\s*$"
)
TRUNK_ZERO = re.compile(r"\(\s*0\s*\)")


@dataclass(frozen=True, slots=True)
class Number:
    """A phone number as it was typed, and the URL that dials it (RFC 3966)."""

    said: str
    url: str


def numbers_in(said: str, *, country: str) -> list[Number]:
    """The numbers typed into one field; `country` applies to numbers without a country code."""
    parts = _parts(said)
    phones = [part for part in parts if not FAX.search(part)] or parts
    numbers = [Number(part.strip(), _tel(part, country)) for part in phones]
    dialled = [number for number in numbers if number.url]
    return [Number(said.strip(), dialled[0].url)] if len(dialled) == 1 else dialled


def _parts(said: str) -> list[str]:
    """Split at characters that separate numbers, which may also separate an area code."""
    first, *rest = SEPARATOR.split(said)
    parts = [first]
    for separator, part in zip(rest[::2], rest[1::2], strict=True):
        if min(_digits(parts[-1]), _digits(part)) >= DIGITS_MIN:
            parts.append(part)
        else:
            parts[-1] += separator + part
    return parts


def _digits(text: str) -> int:
    return sum(sign.isdecimal() for sign in text)


def _tel(said: str, country: str) -> str:
    # Imported when a number is first dialled, since most requests dial none.
    import phonenumbers

    plain = _plain(said)
    written = [said] if said.strip().startswith("tel:") else []
    written += [plain, f"+{plain[2:]}"] if plain.startswith("00") else [plain]
    for each in written:
        try:
            number = phonenumbers.parse(each, country or None)
        except phonenumbers.NumberParseException:
            continue
        is_whole = each.startswith("+") and phonenumbers.is_possible_number(number)
        if is_whole or phonenumbers.is_valid_number(number):
            extension = f";ext={number.extension}" if number.extension else ""
            return f"tel:{phonenumbers.format_number(number, 0)}{extension}"
    return _as_typed(plain)


def _plain(said: str) -> str:
    """Remove texts beside the number."""
    text = PAUSE.sub(" ext. ", unicodedata.normalize("NFKC", said))
    text = REMARK.sub("", EXTENSION.sub(" ext. ", text)).strip()
    number, *extension = re.split(r"\sext\. |(?<=[\d(])\s*[xX](?=\s*\d)", text)
    if not OF_KEYS.fullmatch(number.strip()):
        number = _without_words(number, DIGITS_MIN)
    number = re.sub(r"\(\s*\)", "", ENDING.sub(r"\1", number)).strip(" ,;:(")
    return number + "".join(f" ext. {_without_words(part, 1).strip()}" for part in extension[:1])


def _without_words(text: str, enough: int) -> str:
    """Drop digits after a word, once there are enough for a number: “Zimmer 34”."""
    for word in WORD.finditer(text):
        if _digits(text[: word.start()]) >= enough:
            return text[: word.start()]
    return WORD.sub("", text)


def _as_typed(plain: str) -> str:
    """A short number, or one of no known country: its digits as a phone dials them."""
    from phonenumbers import convert_alpha_characters_in_number

    number = convert_alpha_characters_in_number(plain.partition(" ext. ")[0])
    if number.startswith(("+", "00")):
        number = TRUNK_ZERO.sub("", number)
    dialled = (
        str(unicodedata.decimal(sign)) if sign.isdecimal() else sign
        for sign in number
        if sign.isdecimal() or sign in "+*#"
    )
    found = "".join(dialled)
    return f"tel:{quote(found, safe='+*')}" if _digits(found) else ""


def mailto(email: str) -> str:
    """Escaped, so that it cannot name another recipient (RFC 6068)."""
    return f"mailto:{quote(email, safe='@')}"


def mailto_with(email: str, *, subject: str, body: str) -> str:
    """Open a letter in the reader's mail program; without a recipient if no address is known.

    RFC 6068: a line ends with %0D%0A, and a space is %20.
    """
    lines = body.replace("\r\n", "\n").replace("\n", "\r\n")
    return f"{mailto(email)}?subject={quote(subject, safe='')}&body={quote(lines, safe='')}"
