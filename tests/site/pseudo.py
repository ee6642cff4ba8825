"""A language in which every text of the project is itself between ⟦ and ⟧.

It replaces Greek: texts of Django and allauth are then in Greek letters, and so is alice's data, so
any Latin letter outside of the brackets is an untranslatable text.
"""

import re
import subprocess
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from config.translations import FOLDERS, KEYWORDS, ROOT

LANGUAGE = "el"
OPEN, CLOSE = "⟦", "⟧"
LATIN = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿ]+")


def extract(folder: Path) -> Catalog:
    """Extract every text as `make messages` does."""
    template = folder / "django.pot"
    named = [part for word in KEYWORDS for part in ("-k", word)]
    command = [sys.executable, "-m", "babel.messages.frontend", "-q", "extract", "-F", "babel.cfg"]
    command += ["--omit-header", *named, "-o", str(template), *FOLDERS]
    subprocess.run(command, cwd=ROOT, check=True)
    with template.open("rb") as read:
        return read_po(read)


def build(folder: Path) -> Path:
    """Compile the catalogue; return the locale path."""
    catalogue = Catalog(locale=LANGUAGE)
    for message in extract(folder):
        if message.id:
            catalogue.add(message.id, _wrapped(message.id), context=message.context)
    target = folder / "locale" / LANGUAGE / "LC_MESSAGES" / "django.mo"
    target.parent.mkdir(parents=True)
    with target.open("wb") as written:
        write_mo(written, catalogue)
    return folder / "locale"


def _wrapped(said: str | tuple[str, ...]) -> str | tuple[str, ...]:
    if isinstance(said, tuple):
        return tuple(f"{OPEN}{each}{CLOSE}" for each in said)
    return f"{OPEN}{said}{CLOSE}"


def untranslated(text: str, *, allowed: re.Pattern[str]) -> list[str]:
    """Return the pieces outside of all brackets that contain a Latin letter."""
    outside, depth = [""], 0
    for sign in text:
        if sign == OPEN:
            depth += 1
            outside.append("")
        elif sign == CLOSE:
            depth -= 1
        elif depth == 0:
            outside[-1] += sign
    assert depth == 0, f"brackets do not match: {text!r}"
    pieces = [" ".join(allowed.sub(" ", piece).split()) for piece in outside]
    return [piece for piece in pieces if LATIN.search(piece)]
