"""Guess the encoding of text that should be UTF-8 and is not.

A business card holds a name or two, too little for letter statistics: charset-normalizer takes
“Иванов” for Korean and “Müller” for Polish. In such short texts the position of letters tells the
code pages apart: no word changes its alphabet midway, none has a capital after a small letter, and
few consist of accented letters only.
"""

import re
import unicodedata
from collections.abc import Iterable
from itertools import pairwise

# If two make words of the same bytes, the earlier one wins.
CODE_PAGES = (
    *("cp1252", "cp1250", "cp1251", "koi8_r", "cp1253", "cp1254", "cp1255", "cp1256"),
    *("cp932", "gb18030", "cp949", "big5", "euc_jp"),
)
# The code page that Windows uses in the candidate's country is the likeliest.
OF_COUNTRIES = {
    "cp1250": "AL BA CZ HR HU ME PL RO SI SK",
    "cp1251": "BG BY KG KZ MK MN RS RU TJ UA UZ",
    "cp1253": "CY GR",
    "cp1254": "AZ TR",
    "cp1255": "IL",
    "cp1256": "AE BH DZ EG IQ IR JO KW LB LY MA OM PK QA SA SY TN YE",
    "cp1257": "EE LT LV",
    "cp932": "JP",
    "gb18030": "CN SG",
    "cp949": "KR",
    "big5": "HK MO TW",
}
SAMPLE = 4096
WORD = re.compile(r"[^\W\d_]+")
BETWEEN_LETTERS = re.compile(r"(?<=[^\W\d_])[^\w\s'’.·&/,;:@()-](?=[^\W\d_])")
ACCENTED_ALONE = re.compile(r"[\u0080-\u024f]{3,}")
CONSONANTS = re.compile(r"(?i)[бвгджзйклмнпрстфхцчшщъь]{5,}")
JAPANESE = {"CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA"}


def likeliest(sample: bytes, country: str = "") -> str:
    """Return the code page in which the bytes look most like words; prefer the country's."""
    own = next(
        (page for page, countries in OF_COUNTRIES.items() if country in countries.split()), ""
    )
    pages = dict.fromkeys(filter(None, (own, *CODE_PAGES)))
    texts = ((page, _decoded(sample[:SAMPLE], page)) for page in pages)
    odd = {page: _oddities(text) - (page == own) for page, text in texts if text is not None}
    return min(odd, key=lambda page: odd[page], default="cp1252")


def _decoded(sample: bytes, page: str) -> str | None:
    try:
        return sample.decode(page)
    except UnicodeDecodeError as error:
        # The sample may end within a letter.
        return sample[: error.start].decode(page) if error.start >= SAMPLE - 4 else None


def _oddities(text: str) -> int:
    words = [word for word in WORD.findall(text) if not word.isascii()]
    signs = sum(not _is_of_texts(sign, before) for before, sign in pairwise(f" {text}"))
    return 2 * (signs + len(BETWEEN_LETTERS.findall(text)) + sum(map(_odd, words))) + _weakly(words)


def _is_of_texts(sign: str, before: str) -> bool:
    kind = unicodedata.category(sign)[0]
    is_mark = kind == "M" and unicodedata.category(before)[0] in "LM"
    return sign.isascii() or is_mark or kind in "LPZ" or sign in "€°®©№"


def _odd(word: str) -> int:
    scripts = [_script(letter) for letter in word]
    mixed = sum(one != other for one, other in pairwise(scripts))
    capitals = sum(one.islower() and other.isupper() for one, other in pairwise(word))
    half_wide = scripts.count("HALFWIDTH")
    runs = len(ACCENTED_ALONE.findall(word)) + len(CONSONANTS.findall(word))
    return mixed + capitals + half_wide + runs


def _script(letter: str) -> str:
    script = unicodedata.name(letter, "NONE").split()[0]
    return "CJK" if script in JAPANESE else script


def _weakly(words: Iterable[str]) -> int:
    """Weak evidence: Icelandic letters, and lower case only, which names do not have."""
    cased = [word for word in words if word.lower() != word.upper()]
    has_icelandic = any(letter in "þðÞÐ" for word in cased for letter in word)
    return has_icelandic + bool(cased and not any(word[0].isupper() for word in cased))
