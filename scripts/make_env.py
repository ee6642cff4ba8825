"""python3 scripts/make_env.py: write .env from .env.example, with a secret for each empty variable.

Standard library only: where containers run, nothing else has to be installed.
"""

import os
import re
import secrets
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
EMPTY = re.compile(r"^(\w+)=$", re.MULTILINE)


def main() -> None:
    sys.exit(make_env(ROOT))


def make_env(folder: Path) -> str | None:
    """Return why it was not written, or None."""
    written = folder / ".env"
    # Letters, digits, - and _ only: they need no escaping in URLs.
    text = EMPTY.sub(_with_secret, (folder / ".env.example").read_text())
    try:
        descriptor = os.open(written, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return f"{written} is there already, and what runs knows its secrets: it is left as it is."
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
    print(f"{written} is written; only you may read it.")
    return None


def _with_secret(variable: re.Match[str]) -> str:
    return f"{variable[1]}={secrets.token_urlsafe(48)}"


if __name__ == "__main__":
    main()
