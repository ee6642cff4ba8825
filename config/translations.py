"""The message catalogues, with Babel: python -m config.translations extract|compile.

Django's own commands need the gettext programs. Templates go through Django's templatize, which
turns them into Python-like source for the extractor.
"""

import io
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "locale"
FOLDERS = ["accounts", "interviews", "reminders", "integrations", "insights", "coaching"]
FOLDERS += ["personal_data", "dashboard", "staff", "demo", "config", "templates"]
KEYWORDS = ["gettext_noop", "gettext_lazy", "ngettext_lazy:1,2", "pgettext_lazy:1c,2"]
KEYWORDS += ["npgettext_lazy:1c,2,3", "pgettext:1c,2", "npgettext:1c,2,3", "_"]


def extract_django(
    fileobj: BinaryIO, keywords: Any, comment_tags: Any, options: Any
) -> Iterator[tuple[Any, ...]]:
    """Babel's extractor for Django templates ("django" in babel.cfg)."""
    import django
    from django.conf import settings
    from django.utils.translation import templatize

    if not settings.configured:
        settings.configure()
        django.setup()
    source = templatize(fileobj.read().decode(options.get("encoding", "utf-8")))
    # Within brackets Python's tokenizer ignores the template's indentation.
    in_brackets = io.BytesIO(f"({source})".encode())
    yield from extract_python(in_brackets, keywords, comment_tags, options)


def extract_duties(
    fileobj: BinaryIO, keywords: Any, comment_tags: Any, options: Any
) -> Iterator[tuple[Any, ...]]:
    """Babel's extractor for the texts of interviews/duties/data ("duties" in babel.cfg)."""
    lines = fileobj.read().decode().splitlines()
    for number, line in enumerate(lines, 1):
        if line.startswith(("title = ", "text = ")):
            yield number, "gettext", *tomllib.loads(line).values(), []


def compile_changed() -> None:
    """Compile each catalogue whose .po is newer than its .mo."""
    for source in LOCALE.glob("*/LC_MESSAGES/*.po"):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            _compile(source, target)


def _compile(source: Path, target: Path) -> None:
    with source.open("rb") as read:
        catalogue = read_po(read, locale=source.parent.parent.name)
    written = io.BytesIO()
    write_mo(written, catalogue)
    target.write_bytes(written.getvalue())


def extract() -> None:
    """Rewrite locale/django.pot and update every language's catalogue."""
    LOCALE.mkdir(exist_ok=True)
    template = str(LOCALE / "django.pot")
    named = [part for word in KEYWORDS for part in ("-k", word)]
    options = ["-F", "babel.cfg", "--add-comments=Translators:", "--project=Hearback"]
    _pybabel("extract", *options, "--omit-header", *named, "-o", template, *FOLDERS)
    if any(LOCALE.glob("*/LC_MESSAGES/django.po")):
        _pybabel(
            "update",
            "-D",
            "django",
            "-i",
            template,
            "-d",
            str(LOCALE),
            "-N",
            "--ignore-pot-creation-date",
        )


def _pybabel(*arguments: str) -> None:
    command = [sys.executable, "-m", "babel.messages.frontend", *arguments]
    subprocess.run(command, cwd=ROOT, check=True)


def main() -> None:
    match sys.argv[1:]:
        case ["extract"]:
            extract()
        case ["compile"]:
            compile_changed()
        case _:
            sys.exit("python -m config.translations extract|compile")


if __name__ == "__main__":
    main()
