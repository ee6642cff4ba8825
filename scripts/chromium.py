"""Find Chromium; on Debian, as root, install it if needed."""

import os
import shutil
import sys
from pathlib import Path

from scripts.environment import install_debian_package, may_install_debian_packages

# The headless shell starts fastest.
SHELL = "chromium-headless-shell"
NAMES = (SHELL, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


def require_chromium() -> str:
    """Return the program's path; exit with one line if it cannot be found."""
    found = find_chromium()
    if found is None and may_install_debian_packages():
        install_debian_package(SHELL, "chromium")
        found = find_chromium()
    if found is None:
        sys.exit("No Chromium for the browser tests: install chromium, or name it in CHROMIUM.")
    return found


def find_chromium() -> str | None:
    """Return CHROMIUM's path, or the PATH's, or the one that Playwright downloaded."""
    named = os.environ.get("CHROMIUM")
    if named:
        return shutil.which(named) or sys.exit(f"CHROMIUM names {named}, which is no program.")
    on_path = next((path for name in NAMES if (path := shutil.which(name))), None)
    return on_path or _playwrights_own()


def _playwrights_own() -> str | None:
    folder = os.environ.get("PLAYWRIGHT_BROWSERS_PATH", "")
    root = Path(folder) if folder else Path.home() / ".cache" / "ms-playwright"
    programs = sorted(root.glob("chromium*-*/*/*"), reverse=True)
    is_one = ("chrome", "headless_shell", "chrome-headless-shell")
    return next(
        (str(each) for each in programs if each.name in is_one and os.access(each, os.X_OK)), None
    )
