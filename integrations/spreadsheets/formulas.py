"""Formulas as text: nothing is computed."""

import re

HYPERLINK = re.compile(
    r"^=\s*(?:HYPERLINK|LIEN_HYPERTEXTE|HIPERVINCULO|HIPERVÍNCULO|HIPERLIGAÇÃO|ГИПЕРССЫЛКА)\s*\("
    r'\s*"((?:[^"]|"")+)"\s*(?:[;,]\s*"((?:[^"]|"")*)"\s*)?\)\s*$',
    re.IGNORECASE,
)
RUN_BY_SPREADSHEETS = ("=", "+", "-", "@", "\t", "\r")


def hyperlink_of(text: str) -> str:
    """Return the address of `=HYPERLINK("…";"…")`, or ""."""
    found = HYPERLINK.match(text.strip())
    return found[1].replace('""', '"') if found else ""


def hyperlink_label(text: str) -> str:
    """Return what such a formula shows, or ""."""
    found = HYPERLINK.match(text.strip())
    return (found[2] or "").replace('""', '"') if found else ""


def guarded(text: str) -> str:
    """Return text that no spreadsheet program takes for a formula."""
    return f"'{text}" if text.startswith(RUN_BY_SPREADSHEETS) else text
