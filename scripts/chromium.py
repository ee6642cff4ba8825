"""Find Chromium; on Debian, as root, install it if needed."""

import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from scripts.environment import install_debian_package, may_install_debian_packages

# The headless shell starts fastest, and has no notifications.
SHELL = "chromium-headless-shell"
FULL = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
NAMES = (SHELL, *FULL)
OWN = ("chrome", "headless_shell", "chrome-headless-shell")


def require_chromium() -> str:
    """Return the program's path; exit with one line if it cannot be found."""
    found = find_chromium()
    if found is None and may_install_debian_packages():
        install_debian_package(SHELL, "chromium")
        found = find_chromium()
    if found is None:
        sys.exit("No Chromium for the browser tests: install chromium, or name it in CHROMIUM.")
    return found


def require_full_chromium() -> str:
    """The same for a browser with all that a person's has; CHROMIUM may name the shell."""
    found = _on_path(FULL) or _playwrights_own(OWN[:1])
    if found is None and may_install_debian_packages():
        install_debian_package("chromium")
        found = _on_path(FULL)
    if found is None:
        sys.exit("No whole Chromium for the tests of notifications: install chromium.")
    return found


def find_chromium() -> str | None:
    """Return CHROMIUM's path, or the PATH's, or the one that Playwright downloaded."""
    named = os.environ.get("CHROMIUM")
    if named:
        return shutil.which(named) or sys.exit(f"CHROMIUM names {named}, which is no program.")
    return _on_path(NAMES) or _playwrights_own(OWN)


def _on_path(names: Sequence[str]) -> str | None:
    return next((path for name in names if (path := shutil.which(name))), None)


def _playwrights_own(names: Sequence[str]) -> str | None:
    folder = os.environ.get("PLAYWRIGHT_BROWSERS_PATH", "")
    root = Path(folder) if folder else Path.home() / ".cache" / "ms-playwright"
    programs = sorted(root.glob("chromium*-*/*/*"), reverse=True)
    return next(
        (str(each) for each in programs if each.name in names and os.access(each, os.X_OK)), None
    )
