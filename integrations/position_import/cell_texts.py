"""The text of a cell for a field of text."""

import html
import json
import re
from typing import Any

from integrations.spreadsheets.formulas import hyperlink_label

from .table import clean, is_blank, one_line

TAGS = re.compile(
    r"<(?:/?(?:p|br|div|li|ul|ol|h[1-6]|b|i|strong|em|span|a|u|table|tr|td)\b[^<>]*+)>", re.I
)
BREAKS = re.compile(r"</?(?:p|br|div|li|ul|ol|h[1-6]|tr)\b[^<>]*+>", re.I)
NAME_KEYS = ("name", "title", "label", "text", "value", "display_name", "displayName", "city")
NOTION_LINK = re.compile(r"^(.+?) \(https://(?:www\.)?notion\.so/\S+\)$")
MARKDOWN_LINK = re.compile(r"^\[([^\]]+)\]\((?:https?://|mailto:)\S+\)$")


def cell_text(cell: str) -> str:
    """Return what a cell says; "" if it is blank. Nested values become a line."""
    text = clean(cell)
    if is_blank(text):
        return ""
    if text[0] in "{[" and text[-1] in "}]":
        text = _flat(text)
    if "<" in text and TAGS.search(text):
        text = re.sub(r"\n{3,}", "\n\n", html.unescape(TAGS.sub("", BREAKS.sub("\n", text))))
    return text.strip()


def name_text(cell: str) -> str:
    """Return the name in a cell, without an address around it."""
    text = one_line(cell_text(hyperlink_label(cell) or cell))
    for pattern in (NOTION_LINK, MARKDOWN_LINK):
        if found := pattern.match(text):
            text = found[1]
    return text


def _flat(text: str) -> str:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return text
    return _line(found)


def _line(found: Any) -> str:
    if isinstance(found, dict):
        named = next((found[key] for key in NAME_KEYS if isinstance(found.get(key), str)), "")
        if named and "city" not in found:
            return named
        parts = (_line(value) for key, value in found.items() if not str(key).endswith("id"))
        return ", ".join(filter(None, parts))
    if isinstance(found, list):
        return ", ".join(filter(None, map(_line, found)))
    return "" if found is None or isinstance(found, bool) else str(found)
