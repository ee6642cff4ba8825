"""Decode the text of mails, whose labels may be missing, unknown or wrong."""

import codecs
import re

from integrations.charsets import likeliest

# Others that Python knows, such as "hex" and "utf-7", are not for text in mails.
KNOWN = re.compile(
    r"(?i)^(utf-?8|utf-?16(le|be)?|us-ascii|ascii|iso-?8859-?\d+|latin-?1|(windows-|cp|x-cp)\d{3,4}|koi8-[ru]|"
    r"gb2312|gbk|gb18030|big5|shift_jis|euc-(jp|kr)|iso-2022-jp|macintosh|mac-?roman)$"
)
SINGLE = re.compile(r"(?i)^(us-ascii|ascii|iso-?8859|latin|windows-|cp|x-cp|koi8|mac)")
# Hardly a language in Latin letters has more accented letters than this; Cyrillic has.
ACCENTED_MAX = 0.3
SAMPLE = 4096


def decoded(raw: bytes, charset: str) -> str:
    """Return the text; a label is trusted as far as the bytes bear it out."""
    charset = charset.strip().strip("\"'").lower().replace("x-cp", "cp")
    if not raw:
        return ""
    if charset.startswith(("utf-16", "utf16", "iso-2022")) and KNOWN.match(charset):
        return _tried(raw, charset)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # Cut off by our own limits: the last letter alone is broken.
        if error.start > len(raw) - 4:
            return raw[: error.start].decode("utf-8-sig")
    if not KNOWN.match(charset) or charset in ("utf-8", "utf8", "us-ascii", "ascii"):
        return _tried(raw, _mostly(raw))
    if SINGLE.match(charset) and _share_of_high(raw) > ACCENTED_MAX:
        return _tried(raw, likeliest(_letters(raw)))
    return _tried(raw, "cp1252" if charset in ("iso-8859-1", "latin1", "latin-1") else charset)


def _mostly(raw: bytes) -> str:
    """Return UTF-8 if most of what is not ASCII is that, else the likeliest code page."""
    broken = raw[:SAMPLE].decode("utf-8", "replace").count("\ufffd")
    high = sum(byte > 127 for byte in raw[:SAMPLE])
    return "utf-8" if broken * 4 < high else likeliest(_letters(raw))


def _share_of_high(raw: bytes) -> float:
    sample = _letters(raw)
    letters = sum(chr(byte).isalpha() or byte > 127 for byte in sample)
    return sum(byte > 127 for byte in sample) / max(1, letters)


def _letters(raw: bytes) -> bytes:
    """Return a sample without tags, addresses and styles, whose Latin letters say nothing."""
    return re.sub(
        rb"<[^<>]{0,300}>|\{[^{}]{0,300}\}|[\w.+-]{1,80}@[\w.-]{1,80}|&\w{1,9};", b" ", raw[:60_000]
    )[:SAMPLE]


def _tried(raw: bytes, charset: str) -> str:
    try:
        codecs.lookup(charset)
        return raw.decode(charset, "replace")
    except (LookupError, UnicodeError, ValueError):
        return raw.decode("cp1252", "replace")
